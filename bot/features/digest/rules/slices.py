"""What was said in one channel, for a model to word, and what came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.agreement.setting import Layer
from bot.core.attention import OFF
from bot.core.drafting import Material, Place, Said, material_of
from bot.core.events import SettingChanged
from bot.core.message_store import StoredMessage
from bot.features.digest.rules.threads import threads_worth_a_line

DRAFT_AHEAD: Final = timedelta(minutes=10)
"""How long before a digest is due its drafts are asked for."""
WAIT_FOR_DRAFTS: Final = timedelta(seconds=90)
"""How long a digest that is due waits for them; then it is the plain one."""
LARGEST_SLICE: Final = 60_000
"""Bytes of one channel's messages that go into one draft; the newest are taken."""
_FRAME_BYTES: Final = 80  # of the id, the author and the time beside a message
_BY_WEIGHT: Final = ("blocker", "decision", "question", "update", "fyi")


class SliceState(StrEnum):
    """How far the draft of a channel's slice is."""

    DRAFTING = "drafting"
    DRAFTED = "drafted"
    PLAIN = "plain"  # there is none


@dataclass(frozen=True, slots=True)
class Slice:
    """What was said in one channel since `covers_from`, for a model to word."""

    channel_id: str
    covers_from: datetime
    told_from: datetime
    told_until: datetime
    material: Material


@dataclass(frozen=True, slots=True)
class LineSource:
    """A message that a line comes from, as it was when the line was drafted."""

    ts: str
    rev: str


@dataclass(frozen=True, slots=True)
class DraftedLine:
    """A line that a model worded, and what of it must still be so when it is shown."""

    text: str
    quote: str
    kind: str
    people: Mapping[str, str]
    sources: Sequence[LineSource]


@dataclass(frozen=True, slots=True)
class Drafted:
    """The lines of a channel, the time they tell of, and their prompt with its version."""

    told_from: datetime
    told_until: datetime
    lines: Sequence[DraftedLine]
    prompt: str = ""

    def tells_of(self, message: StoredMessage) -> bool:
        """Whether the model has read a message."""
        return self.told_from <= message.at < self.told_until


def may_switch_off(event: SettingChanged) -> bool:
    """Whether somebody may want to be left alone from now on."""
    return event.key == OFF.key and event.layer == Layer.PERSON


def slice_of(
    channel_id: str, messages: Sequence[StoredMessage], since: datetime, until: datetime
) -> Slice | None:
    """The newest messages that fit into one draft, or None if nobody said more than hello."""
    if not threads_worth_a_line(messages, reader_id=""):
        return None
    room, chosen = LARGEST_SLICE, []
    for message in reversed(messages):
        room -= len(message.text.encode()) + _FRAME_BYTES
        if room < 0:
            break
        chosen.append(message)
    said = [
        Said(Place(channel_id, each.ts), each.user_id, each.text, each.at)
        for each in reversed(chosen)
        if each.text.strip()
    ]
    told_from = since if len(chosen) == len(messages) else chosen[-1].at if chosen else until
    return Slice(channel_id, since, told_from, until, material_of(said)) if said else None


def by_weight(lines: Iterable[DraftedLine]) -> list[DraftedLine]:
    """What holds people up first; otherwise as they were drafted."""
    return sorted(lines, key=lambda line: _BY_WEIGHT.index(line.kind))
