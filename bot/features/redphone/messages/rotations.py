"""What is said of who is on call."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Element, Message, actions, button, section
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.digests import DigestSection, Line, Part
from bot.core.locales import moment
from bot.core.render import Link, Mention, Mrkdwn, join, mrkdwn
from bot.features.redphone.rules.schedules import Schedule

NEW: Final = "redphone.new_rotation"
CHANGE: Final = "redphone.change_rotation"
SWAP: Final = "redphone.swap"
CALENDAR: Final = "redphone.calendar"
DELETE: Final = "redphone.delete_rotation"
RESTORE: Final = "redphone.restore_rotation"
TAKE_BACK: Final = "redphone.take_swap_back"
SCHEDULE_USAGE: Final = "schedule"
ON_CALL_USAGE: Final = "oncall @person"
SHIFTS: Final = "My Home tab shows who is on call."
GONE: Final = "That rotation is gone. `/redphone schedule` shows those that are there."
NO_MEMBER: Final = "Only full members of this workspace can do that."
NAME_TAKEN: Final = "There is a rotation of that name already. Please pick another name."
NO_ZONE: Final = "I do not know that time zone. Write it like Europe/Berlin or America/New_York."
NOBODY_PICKED: Final = "Please pick at least one person."
NOT_BACK: Final = "It cannot be had back: it is too late, or another rotation has its name by now."
NO_HOURS: Final = "When do they go first? Write it like Mon-Fri 09:00-17:00."
NO_UPPER: Final = "Whose hours are these? Pick people above, or leave this empty."
_HOW: Final = "`/redphone schedule`"


def who(found: Sequence[Schedule]) -> Message:
    """Who is on call in each rotation."""
    if not found:
        return Message(mrkdwn("Nobody is on call. `/redphone oncall @person` changes that."))
    return Message(join("\n", [now(each) for each in found]))


def now(shown: Schedule) -> Mrkdwn:
    """Who is on call in a rotation, and until when in the reader's own time."""
    if not shown.user_id:
        nobody = "{name}nobody is on call. {how} changes that."
        if not shown.name:
            nobody = "Nobody is on call. `/redphone oncall @person` changes that."
        return mrkdwn(nobody, name=_ahead(shown.name), how=mrkdwn(_HOW))
    until = mrkdwn(" until {at}", at=moment(shown.until, shown.locale)) if shown.until else ""
    return mrkdwn(
        "{name}{who} is on call{until}.",
        name=_ahead(shown.name),
        who=Mention(shown.user_id),
        until=until,
    )


def is_on_call_now(user_id: str, untold: Sequence[str], before: Sequence[str]) -> Message:
    """Somebody was put on call; whoever did it tells those whom I may not tell now."""
    parts = [mrkdwn("{who} is on call.", who=Mention(user_id))]
    if before:
        parts.append(
            mrkdwn(
                "Before, {people} took turns; {how} has them do so again.",
                people=people(before),
                how=mrkdwn(_HOW),
            )
        )
    return Message(join(" ", [*parts, *tell_yourself(untold, is_one=untold == [user_id])]))


def tell_yourself(untold: Sequence[str], *, is_one: bool = False) -> list[Mrkdwn]:
    """Whom I may not tell now; nothing if they all know."""
    if not untold:
        return []
    if is_one:
        text = "It is outside their working time, so please tell them yourself."
        return [mrkdwn(text)]
    text = "It is outside the working time of {people}, so please tell them yourself."
    return [mrkdwn(text, people=people(untold))]


def cannot_be_on_call(user_id: str) -> Message:
    """Guests, apps and people who left cannot be on call."""
    return Message(
        mrkdwn("{who} is not a full member and cannot be on call.", who=Mention(user_id))
    )


def unclear_who(text: str) -> Message:
    """No one person was named."""
    return Message(
        mrkdwn(
            "I do not know whom you mean by “{text}”. Type `/redphone oncall @` and pick "
            "one person.",
            text=text,
        )
    )


def not_all_members(names: str) -> str:
    """Under the field of people."""
    return f"Only full members can be on call. Please take out: {names}"


def said(text: str) -> Message:
    """A sentence of ours."""
    return Message(mrkdwn(text))


def saved(name: str, on_call: str, untold: Sequence[str]) -> Message:
    """A rotation was made or changed."""
    whose = (
        mrkdwn("{who} is on call now.", who=Mention(on_call))
        if on_call
        else mrkdwn("Nobody is on call now.")
    )
    text = mrkdwn("{name} is set up. {whose}", name=mrkdwn("*{n}*", n=called(name)), whose=whose)
    return Message(join(" ", [text, *tell_yourself(untold)]))


def deleted(name: str, rotation_id: str) -> Message:
    """A rotation was taken away; for a day it can be had back."""
    text = mrkdwn("{name} is deleted.", name=mrkdwn("*{n}*", n=called(name)))
    return Message(text, [section(text), actions([button("Undo", RESTORE, rotation_id)])])


def restored(name: str) -> Message:
    """It is there again."""
    return Message(mrkdwn("{name} is back.", name=mrkdwn("*{n}*", n=called(name))))


def put_on_call(by: str, name: str, hint: str) -> Message:
    """To somebody who was put on call; `hint` says what they should know of being reached."""
    text = mrkdwn(
        "{who} put you on call{where}: `/redphone` pages you from now on, at any hour.",
        who=Mention(by),
        where=_where(name),
    )
    return Message(hinted(text, hint))


def off_call(by: str, name: str) -> Message:
    """To somebody who is not on call any more."""
    text = "{who} changed who is on call{where}: it is not you now."
    return Message(mrkdwn(text, who=Mention(by), where=_where(name)))


def takes_turns(by: str, name: str, hint: str) -> Message:
    """To somebody who takes turns from now on."""
    text = mrkdwn(
        "{who} added you to those who are on call in turns{where}. {how} shows when it is yours.",
        who=Mention(by),
        where=_where(name),
        how=mrkdwn(_HOW),
    )
    return Message(hinted(text, hint))


def no_turns(by: str, name: str) -> Message:
    """To somebody who takes no turns any more."""
    text = "{who} took you out of those who are on call in turns{where}."
    return Message(mrkdwn(text, who=Mention(by), where=_where(name)))


def your_turn_comes(name: str, start: str, end: str) -> Message:
    """Before somebody's shift; times are theirs."""
    text = mrkdwn(
        "You are on call{where} from {start} to {end}: `/redphone` pages you then, at any hour.",
        where=_where(name),
        start=start,
        end=end,
    )
    return Message(text)


def you_are_away(rotation_id: str, name: str, start: str, end: str) -> Message:
    """To somebody who is on leave while they are on call."""
    text = mrkdwn(
        "You are on call{where} from {start} to {end}, and away on some of these days. "
        "Somebody else can take them.",
        where=_where(name),
        start=start,
        end=end,
    )
    return Message(text, [section(text), actions([button("Swap…", SWAP, rotation_id)])])


def somebody_left(user_id: str, name: str) -> Message:
    """To whoever changed a rotation last."""
    text = mrkdwn(
        "{who} is no full member any more, so I took them out of those who are on call{where}. "
        "The others take their turns: {how}",
        who=Mention(user_id),
        where=_where(name),
        how=mrkdwn(_HOW),
    )
    return Message(text)


def nobody_is_left(name: str) -> Message:
    """The same, when nobody is on call."""
    text = mrkdwn(
        "Nobody is on call{where} now, so the red phone reaches nobody there: {how} changes that.",
        where=_where(name),
        how=mrkdwn(_HOW),
    )
    return Message(text)


def in_digest(turns: Sequence[tuple[str, str, str]], address: str) -> DigestSection | None:
    """When the reader is on call: the rotation's name, from when, until when.

    An empty start is now, an empty end is not near.
    """
    lines = [Line(_turn(*each), (Link(address, SHIFTS),)) for each in turns]
    return DigestSection(Part.PAGES, mrkdwn("On call"), lines, is_counted=False) if lines else None


def on_board(found: Sequence[Schedule]) -> BoardSection:
    """Who is on call, on everybody's board."""
    rows = [Row(mrkdwn("*Red phone:* {now}", now=_on_board(each))) for each in found]
    if not rows:
        rows = [Row(mrkdwn("*Red phone:* nobody is on call. `/redphone oncall @person`"))]
    return BoardSection("redphone-on-call", BoardPart.ON_CALL, "", rows, is_counted=False)


def called(name: str) -> str:
    """What a rotation is called where a name has to stand."""
    return name or "On call"


def people(user_ids: Sequence[str]) -> Mrkdwn:
    """Several people."""
    return join(", ", [mrkdwn("{who}", who=Mention(each)) for each in user_ids])


def swap_button(rotation_id: str) -> Element:
    """Has somebody else take over for a while."""
    return button("Swap…", SWAP, rotation_id)


def hinted(text: Mrkdwn, hint: str) -> Mrkdwn:
    """With a hint below it, if there is any."""
    return join("\n", [text, *([mrkdwn(hint)] if hint else [])])


def _on_board(shown: Schedule) -> Mrkdwn:
    return (
        now(shown)
        if shown.user_id or shown.name
        else mrkdwn("nobody is on call. {how}", how=mrkdwn("`/redphone oncall @person`"))
    )


def _ahead(name: str) -> Mrkdwn:
    return mrkdwn("*{name}*: ", name=name) if name else mrkdwn("")


def _turn(name: str, start: str, end: str) -> Mrkdwn:
    since, until = f" from {start}" if start else "", f" until {end}" if end else ""
    text = "You are on call{where}{since}{until}."
    return mrkdwn(text, where=_where(name), since=since, until=until)


def _where(name: str) -> Mrkdwn:
    return mrkdwn(" in {name}", name=mrkdwn("*{name}*", name=name)) if name else mrkdwn("")
