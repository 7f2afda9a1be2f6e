"""The lines of a timeline."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC
from typing import Final

from bot.core.blocks import Message, sections
from bot.core.render import Channel, Instant, Mention, Mrkdwn, Quote, clean, join, mrkdwn
from bot.features.redphone.rules.states import EventKind
from bot.features.redphone.rules.timeline import Entry

LENGTH: Final = 2_000
LEFT_OUT: Final = "… {count} more lines that did not fit here …"
_WORDS: Final[Mapping[EventKind, str]] = {
    EventKind.PAGED: "{who} used the red phone.",
    EventKind.REACHED: "Reached: {who}.",
    EventKind.NOT_REACHED: "Not reached: {who}.",
    EventKind.ESCALATED: "Nobody was on it, so I went on.",
    EventKind.EXHAUSTED: "Everybody was tried, and nobody is on it.",
    EventKind.ACKNOWLEDGED: "{who} is on it.",
    EventKind.JOINED: "{who} joined.",
    EventKind.UPDATED: "Update by {who}:",
    EventKind.ASKED: "I asked {who} whether they are still on it.",
    EventKind.SNOOZED: "{who} wants to be asked later.",
    EventKind.LAPSED: "I heard nothing more from {who}, so I page on.",
    EventKind.HANDED_BACK: "{who} handed it back, so I page on.",
    EventKind.HANDED_OVER: "{who} has it now.",
    EventKind.REOPENED: "{who} opened it again.",
    EventKind.RESOLVED: "{who} resolved it:",
    EventKind.CALLED_OFF: "{who} called it off.",
    EventKind.ALARMED: "This did not go on as it should. Whoever looks after me was told.",
    EventKind.CHANNEL: "It has a channel of its own now.",
    EventKind.NO_CHANNEL: "I could not make a channel for this, so everything stands here.",
    EventKind.NOT_INVITED: "I could not invite {who} into this channel.",
    EventKind.ARCHIVED: "{who} archived the channel of this page.",
}
_QUOTING: Final = frozenset({EventKind.UPDATED, EventKind.RESOLVED})
"""What tells words of somebody's on lines of their own."""


def line(entry: Entry, people: Collection[str], names: Mapping[str, str]) -> Mrkdwn:
    """What happened, with the time that each reader's Slack shows in their own zone.

    `people` are on the page anyway and are mentioned; others stand there by name.
    """
    who = Mention(entry.user_id) if entry.user_id in people else _name(entry, names)
    told = mrkdwn("{at} · ", at=Instant(entry.at))
    if entry.kind is EventKind.CHANNEL:
        return Mrkdwn(told + mrkdwn("It goes on in {channel}.", channel=Channel(entry.text)))
    told = Mrkdwn(told + mrkdwn(_WORDS[entry.kind], who=who))
    if not entry.text:
        return told
    if entry.kind in _QUOTING:
        return join("\n", [told, mrkdwn("{text}", text=Quote(entry.text, LENGTH))])
    return Mrkdwn(told.removesuffix(".") + mrkdwn(": {text}", text=entry.text))


def told(entry: Entry, people: Collection[str], names: Mapping[str, str]) -> Message:
    """The same as a message."""
    text = line(entry, people, names)
    return Message(text, sections(text))


def so_far(entries: Sequence[Entry], people: Collection[str], names: Mapping[str, str]) -> Message:
    """What happened before there was a channel for it."""
    text = join("\n", [mrkdwn("*So far*"), *(line(entry, people, names) for entry in entries)])
    return Message(text, sections(text))


def plain_line(entry: Entry, names: Mapping[str, str]) -> str:
    """What happened on one line of plain text, in UTC."""
    words = _WORDS[entry.kind].format(who=_name(entry, names))
    text = "" if entry.kind is EventKind.CHANNEL else " ".join(clean(entry.text).split())
    told = f"{words.rstrip('.:')}: {text}" if text else words
    return f"{entry.at.astimezone(UTC):%Y-%m-%d %H:%M} {told}"


def _name(entry: Entry, names: Mapping[str, str]) -> str:
    return names.get(entry.user_id, "somebody")
