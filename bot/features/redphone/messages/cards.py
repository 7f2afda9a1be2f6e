"""The card of a page, and where it stands."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Block, Message, actions, button, context, sections
from bot.core.render import Channel, Instant, Mention, Mrkdwn, Quote, join, mrkdwn
from bot.features.redphone.messages import controls
from bot.features.redphone.rules.cards import MOST_NAMED, Card
from bot.features.redphone.rules.states import UNANSWERED, State

UNDO: Final = "redphone.undo_channel"
CHANNEL_USAGE: Final = "channel #incidents | off"
_WORDS: Final = 1_500
_SHORT: Final = 500


def card(shown: Card) -> Message:
    """A page as everybody in a channel sees it."""
    parts = [_title(shown), *_what(shown), _who(shown), _standing(shown), *_last(shown)]
    if shown.incident_channel:
        where = Channel(shown.incident_channel)
        parts.append(mrkdwn("What happens is told in {channel}.", channel=where))
    text = join("\n", parts)
    blocks: list[Block] = sections(text)
    if shown.standing.state is State.OPEN and shown.level:
        blocks.append(context(_progress(shown)))
    buttons = controls.controls(shown.page_id, shown.standing)
    return Message(text, [*blocks, actions(buttons)] if buttons else blocks)


def no_such_channel(name: str) -> Message:
    """Baton is not in the channel that somebody wants cards to stand in."""
    text = (
        "I am not in #{name}, so I cannot post there. Type /invite in it and pick me, then again."
    )
    return Message(mrkdwn(text, name=name))


def unreadable(why: str) -> Message:
    """What was typed is no name of a channel."""
    return Message(mrkdwn("{why}", why=why))


def not_allowed() -> Message:
    """Only admins change what holds for everybody."""
    return Message(mrkdwn("Only admins of this workspace can say where the cards of pages stand."))


def standing_at(name: str) -> Message:
    """Where cards stand; `name` is empty where nobody said."""
    if not name:
        typed = "Pages have their card where somebody types `/redphone`. To change that: "
        return Message(mrkdwn(typed + "`/redphone channel #incidents`"))
    return Message(mrkdwn("Every page has its card in #{name}.", name=name))


def changed(name: str, before: str) -> Message:
    """Where cards stand from now on; the button takes it back."""
    said = standing_at(name).text
    undo = button("Undo", UNDO, before or "off")
    return Message(said, [*sections(said), actions([undo])])


def undone(name: str) -> Message:
    """As before."""
    return Message(join(" ", [mrkdwn("As before."), standing_at(name).text]))


def _title(shown: Card) -> Mrkdwn:
    signs = {State.ACKNOWLEDGED: ":eyes:", State.RESOLVED: ":white_check_mark:"}
    is_open = shown.standing.state in UNANSWERED
    sign = ":rotating_light:" if is_open else signs.get(shown.standing.state, ":no_entry_sign:")
    test = "*This is a test.* " if shown.is_drill else ""
    kind = mrkdwn("*{kind}*", kind=shown.kind or "Page")
    return Mrkdwn(f"{sign} {test}{kind}")


def _what(shown: Card) -> list[Mrkdwn]:
    parts = [mrkdwn("{what}", what=Quote(shown.what, _WORDS))]
    if shown.impact:
        parts.append(mrkdwn("What it hurts:\n{impact}", impact=Quote(shown.impact, _SHORT)))
    return parts


def _who(shown: Card) -> Mrkdwn:
    caller, at = Mention(shown.caller_id), Instant(shown.paged_at)
    if not shown.paged:
        return mrkdwn("Called by {caller}, {at}", caller=caller, at=at)
    who = _named(shown.paged)
    return Mrkdwn(mrkdwn("Called by {caller}, {at}. On the page: ", caller=caller, at=at) + who)


def _named(user_ids: Sequence[str]) -> Mrkdwn:
    named = [mrkdwn("{who}", who=Mention(each)) for each in user_ids[:MOST_NAMED]]
    more = len(user_ids) - len(named)
    last = [mrkdwn("{count} more", count=more)] if more else []
    return join(", ", [*named, *last])


def _standing(shown: Card) -> Mrkdwn:
    now = shown.standing
    match now.state:
        case State.OPEN:
            return mrkdwn("*Nobody is on it yet.*")
        case State.EXHAUSTED:
            return mrkdwn("*Everybody was tried and nobody is on it. Can you help?*")
        case State.ACKNOWLEDGED:
            who, at = Mention(now.acknowledged_by), Instant(now.acknowledged_at or shown.paged_at)
            there = mrkdwn(" ({there} there)", there=shown.there) if shown.there else ""
            return Mrkdwn(mrkdwn("*{who} has been on it* since {at}", who=who, at=at) + there)
        case State.RESOLVED:
            who, at = Mention(now.resolved_by), Instant(now.resolved_at or shown.paged_at)
            told = mrkdwn("*Resolved* by {who}, {at}", who=who, at=at)
            if not now.resolution:
                return told
            return join("\n", [told, mrkdwn("{it}", it=Quote(now.resolution, _SHORT))])
        case _:
            return mrkdwn("*Called off* by {caller}: it is over.", caller=Mention(shown.caller_id))


def _last(shown: Card) -> list[Mrkdwn]:
    if shown.updated_at is None or shown.standing.state is not State.ACKNOWLEDGED:
        return []
    update = Quote(shown.update, _SHORT)
    return [mrkdwn("Last update, {at}:\n{update}", at=Instant(shown.updated_at), update=update)]


def _progress(shown: Card) -> Mrkdwn:
    return mrkdwn(
        "Level {level} of {levels}, round {round} of {rounds}",
        level=shown.level,
        levels=shown.levels,
        round=shown.round,
        rounds=shown.rounds,
    )
