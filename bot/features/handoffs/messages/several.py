"""What somebody is told of several batons at once: a line for each, with what they can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.blocks import MAX_TEXT, Message, context, section
from bot.core.people import Person
from bot.core.render import Link, Mention, Mrkdwn, join, mrkdwn, shorten
from bot.core.visibility import held_back
from bot.features.handoffs.messages import batons, relay
from bot.features.handoffs.messages.digest import next_step, with_you
from bot.features.handoffs.rules.relay import Next
from bot.features.handoffs.rules.shown import BatonShown

WHAT_LENGTH: Final = 120
STATE_LENGTH: Final = 200
BRIEF_LENGTH: Final = 40
"""So many characters of one thing stand where only text is read and there are many."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of several batons.

    `goes_on_at`: the time of a reader who was reminded is over then, and it goes `to` whoever is
    next, or back.
    """

    shown: BatonShown
    goes_on_at: datetime | None = None
    to: Next | None = None


def several(
    lines: Sequence[Line], reader: Person, *, by: str, is_reminder: bool, not_checked: int = 0
) -> Message:
    """To whoever batons came to, or was reminded of: where each is by now.

    `by` handed over all of them, if that was one person.
    """
    title = _title(len(lines), by, is_reminder=is_reminder)
    notes = [held_back(not_checked)] if not_checked else []
    text = join("\n", [title, *(_told(each, reader) for each in lines), *notes])
    if len(text) > MAX_TEXT:
        text = join("\n", [title, *(_brief(each, reader) for each in lines), *notes])
    sections = [
        section(_told(each, reader), accessory=batons.menu(each.shown, reader.user_id))
        for each in lines
    ]
    blocks = [section(title), *sections, *map(context, notes)]
    return Message(text, blocks, besides=frozenset(each.shown.channel_id for each in lines))


def _title(count: int, by: str, *, is_reminder: bool) -> Mrkdwn:
    if is_reminder:
        return mrkdwn("Can you take these? If you cannot, that is fine.")
    things = "1 thing" if count == 1 else f"{count} things"
    if by:
        return mrkdwn("{by} hands over {things} to you:", by=Mention(by), things=things)
    return mrkdwn("{things} came to you:", things=things)


def _told(line: Line, reader: Person) -> Mrkdwn:
    shown = line.shown
    what = mrkdwn("*{what}*", what=Link(shown.link, shorten(shown.what, WHAT_LENGTH)))
    if not (shown.is_open and shown.holder_id == reader.user_id):
        return join("\n", [what, batons.where(shown, reader.user_id)])
    parts = [what, join(" · ", [with_you(shown), *next_step(shown)])]
    if shown.progress:
        parts.append(mrkdwn("State: {text}", text=shorten(shown.progress, STATE_LENGTH)))
    if shown.added:
        words = shorten(shown.added, STATE_LENGTH)
        parts.append(mrkdwn("{by} adds: {words}", by=Mention(shown.added_by), words=words))
    parts += batons.waits(shown)
    if line.goes_on_at is not None:
        parts.append(relay.otherwise("Otherwise", shown, reader, line.goes_on_at, line.to))
    return join("\n", parts)


def _brief(line: Line, reader: Person) -> Mrkdwn:
    what = shorten(line.shown.what, BRIEF_LENGTH)
    return mrkdwn("• {what}: {at}", what=what, at=batons.where(line.shown, reader.user_id))
