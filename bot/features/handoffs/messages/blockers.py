"""What is said of blockers."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Element, Message, actions, button, context, section
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.digests import ON_HOME, DigestSection, Line, Part
from bot.core.render import Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import Sifted, held_back
from bot.features.handoffs.rules.blockers import BlockerSeen, Ended, WhyNot

UNBLOCK: Final = "handoffs.unblock"
AGAIN: Final = "handoffs.block_again"

BLOCKED_USAGE: Final = "blocked @person what you need"
LIST_USAGE: Final = "blockers"
SHOWN: Final = 10
IN_LIST: Final = 15
LONGEST: Final = 200
TITLE: Final = "What blocks you"
OTHERS: Final = "Whom you block"
NOTHING: Final = (
    "Nothing blocks you, and you block nobody. `/handoff blocked @somebody what` notes whom you "
    "wait for."
)
NOT_YOURS: Final = "Only the two whom it concerns can change that."
CLOSED_BEFORE: Final = "That blocks nobody any more."
NOT_AGAIN: Final = "That is noted anew already, or what it was in the way of is done."
OPEN_AGAIN: Final = "It is noted again."

_STANDS: Final = {
    Ended.DECLINED: "declined",
    Ended.UNANSWERED: "not answered in time",
    Ended.TAKEN_BACK: "nobody is asked any more",
    Ended.GONE: "their account is not active any more",
}
_NOT_ANSWERED: Final = "You are still noted as blocked by {who}: {what}. It was {how}."
_ASKED_NO_MORE: Final = "Nobody is asked any more for what you wait for from {who}: {what}."
_ELSE: Final = Mrkdwn("Somebody else may help: `/handoff blocked @person what you need`.")
_WHY_NOT: Final = {
    WhyNot.NOT_A_MEMBER: "I can ask only full members of this workspace, so please tell {who}"
    " yourself.",
    WhyNot.OFF: "I may not write to {who}, so please tell them yourself.",
    WhyNot.CANNOT_SEE: "{who} cannot open this channel, so please tell them yourself.",
    WhyNot.PAUSED: "I am paused here, so please tell {who} yourself.",
    WhyNot.OTHER: "I could not ask {who}, so please tell them yourself.",
}


def noted(found: Sequence[tuple[BlockerSeen, WhyNot | None, bool]]) -> Message:
    """What is noted now: each blocker, why nobody is asked, and whether it was noted before."""
    parts, blocks = [], []
    for shown, why_not, is_new in found:
        line = _noted(shown, why_not, is_new=is_new)
        parts.append(line)
        blocks.append(section(line, accessory=_close(shown, "Not blocked any more")))
    return Message(join("\n", parts), blocks)


def closed(shown: BlockerSeen) -> Message:
    """It is closed; one click takes that back."""
    text = mrkdwn("Closed: {what}", what=_short(shown.what))
    return Message(text, [section(text), actions([button("Undo", AGAIN, shown.id)])])


def listed(by: Sifted[BlockerSeen], of: Sifted[BlockerSeen]) -> Message:
    """What `/handoff blockers` shows: what is in somebody's way, and where they are in others'."""
    notes = [held_back(each.held_back) for each in (by, of) if each.held_back]
    if not by.seen and not of.seen:
        return Message(join("\n", [mrkdwn("{nothing}", nothing=NOTHING), *notes]))
    parts, blocks = [], []
    for title, found, line, label in (
        (TITLE, by, _of_blocked, "Not blocked any more"),
        (OTHERS, of, _of_blocker, "Done"),
    ):
        if not found.seen:
            continue
        head = mrkdwn("*{title}* ({count})", title=title, count=len(found.seen))
        lines = [line(each) for each in found.seen[:IN_LIST]]
        parts += [head, *lines]
        rows = zip(found.seen, lines, strict=False)
        blocks += [section(head)]
        blocks += [section(text, accessory=_close(each, label)) for each, text in rows]
        if len(found.seen) > IN_LIST:
            left = len(found.seen) - IN_LIST
            notes.append(mrkdwn("and {count} more: the oldest stand here.", count=left))
    return Message(join("\n", [*parts, *notes]), [*blocks, *map(context, notes)])


def on_board(found: Sifted[BlockerSeen]) -> BoardSection:
    """What is in the way of a board's owner."""
    return BoardSection(
        "handoffs-blocked",
        BoardPart.BATONS,
        TITLE,
        [Row(_of_blocked(each), _close(each, "Not blocked any more")) for each in found.seen],
        notes=[held_back(found.held_back)] if found.held_back else [],
        is_counted=False,
    )


def in_digest(found: Sifted[BlockerSeen]) -> DigestSection | None:
    """What is in the way of a digest's reader."""
    if not found.seen and not found.held_back:
        return None
    return DigestSection(
        Part.HANDOFFS,
        mrkdwn("{title}", title=TITLE),
        [
            Line(
                _of_blocked(each),
                (_link(each),),
                _close(each, "Not blocked any more"),
                channel_id=each.channel_id,
            )
            for each in found.seen[:SHOWN]
        ],
        held_back=found.held_back,
        more=max(len(found.seen) - SHOWN, 0),
        rest=ON_HOME,
        is_counted=False,
    )


def over_in_digest(found: Sifted[BlockerSeen]) -> DigestSection | None:
    """What stopped blocking a digest's reader."""
    if not found.seen and not found.held_back:
        return None
    return DigestSection(
        Part.ANSWERED,
        mrkdwn("Does not block you any more"),
        [
            Line(
                mrkdwn("{who}: {what}", who=Mention(each.blocker_id), what=_short(each.what)),
                (_link(each),),
                channel_id=each.channel_id,
            )
            for each in found.seen[:SHOWN]
        ],
        held_back=found.held_back,
        more=max(len(found.seen) - SHOWN, 0),
    )


def unblocked(blocker_id: str, what: str, by: str) -> Message:
    """What somebody waited for was answered; by whoever was in the way, or by somebody else."""
    who = Mention(by or blocker_id)
    text = mrkdwn(
        "You are not blocked any more. {who} answered: {what}", who=who, what=_short(what)
    )
    return Message(text, [section(text)])


def closed_for_you(blocker_row: str, by: str, what: str) -> Message:
    """Whoever was in the way says that they are not any more."""
    text = mrkdwn(
        "{who} says that this does not block you any more: {what}",
        who=Mention(by),
        what=_short(what),
    )
    return Message(text, [section(text), actions([button("Still blocked", AGAIN, blocker_row)])])


def still_blocked(blocker_row: str, blocker_id: str, what: str, ended: Ended) -> Message:
    """Nobody will answer what somebody waits for; it stays noted."""
    is_asked_no_more = ended in {Ended.GONE, Ended.TAKEN_BACK}
    told = mrkdwn(
        _ASKED_NO_MORE if is_asked_no_more else _NOT_ANSWERED,
        who=Mention(blocker_id),
        what=_short(what),
        how=_STANDS.get(ended, ""),
    )
    text = join(" ", [told, _ELSE])
    buttons = [button("Not blocked any more", UNBLOCK, blocker_row)]
    return Message(text, [section(text), actions(buttons)])


def _noted(shown: BlockerSeen, why_not: WhyNot | None, *, is_new: bool) -> Mrkdwn:
    who, what = Mention(shown.blocker_id), _short(shown.what)
    if not is_new:
        text = "That is noted already, since {since}: you are blocked by {who}: {what}"
        return mrkdwn(text, since=shown.since, who=who, what=what)
    line = mrkdwn("Noted: you are blocked by {who}: {what}", who=who, what=what)
    if why_not is not None:
        return join("\n", [line, mrkdwn(_WHY_NOT[why_not], who=who)])
    if not shown.due:
        return line
    asked = mrkdwn("I asked {who} in your name, due {due}.", who=who, due=shown.due)
    return join("\n", [line, asked])


def _of_blocked(shown: BlockerSeen) -> Mrkdwn:
    """One line for whoever is blocked."""
    return mrkdwn(
        "{who}, since {since}: {what} ({stands})",
        who=Mention(shown.blocker_id),
        since=shown.since,
        what=_short(shown.what),
        stands=_stands(shown),
    )


def _of_blocker(shown: BlockerSeen) -> Mrkdwn:
    """One line for whoever is in the way."""
    return mrkdwn(
        "{who} waits for this since {since}: {what} ({stands})",
        who=Mention(shown.blocked_id),
        since=shown.since,
        what=_short(shown.what),
        stands=_stands(shown),
    )


def _stands(shown: BlockerSeen) -> str:
    if shown.ended in _STANDS:
        return _STANDS[shown.ended]
    if not shown.is_asked:
        return "not asked by me"
    since = "overdue since" if shown.is_overdue else "due"
    return f"asked, {since} {shown.due}" if shown.due else "asked"


def _link(shown: BlockerSeen) -> Link:
    where = "the channel" if shown.channel_id else "our conversation"
    return Link(shown.address, "the question" if shown.is_asked else where)


def _close(shown: BlockerSeen, label: str) -> Element:
    return button(label, UNBLOCK, shown.id)


def _short(what: str) -> str:
    return shorten(what, LONGEST)
