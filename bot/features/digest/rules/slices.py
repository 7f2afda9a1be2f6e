"""The talk of channels, cut into slices for a model to word, and what came of them.

The slices of a channel follow one another, whoever reads: a reader gets those that tell of the time
they look back on, so that one draft serves readers of every zone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from bot.core.agreement.setting import Layer
from bot.core.attention import OFF
from bot.core.drafting import Material, Place, Said, material_of
from bot.core.events import SettingChanged, instant_of
from bot.core.message_store import StoredMessage
from bot.features.digest.rules.threads import threads_worth_a_line

DRAFT_AHEAD: Final = timedelta(minutes=20)
"""How long before a digest is due its drafts are asked for."""
GIVE_UP: Final = timedelta(minutes=2)
"""How long before it is due what is not there yet is given up: a digest never waits."""
SHORTEST: Final = timedelta(hours=1)
"""What was said in less time is no slice of its own; it is told literally."""
ANOTHER_TRY: Final = timedelta(hours=1)
"""How long after a draft failed the next reader's digest may have it tried again."""
KEPT: Final = timedelta(days=4)
"""For readers who come back from a weekend."""
LARGEST_SLICE: Final = 60_000
"""Bytes of one channel's messages that go into one draft."""
LARGEST_MESSAGE: Final = LARGEST_SLICE // 4
"""A longer one is no talk; no model reads it."""
_FRAME_BYTES: Final = 80  # of the id, the author and the time beside a message
_BY_WEIGHT: Final = ("blocker", "decision", "question", "update", "fyi")

Stretch: TypeAlias = tuple[datetime, datetime]
"""From when (included) until when (not)."""


class SliceState(StrEnum):
    """How far the draft of a channel's slice is."""

    DRAFTING = "drafting"
    DRAFTED = "drafted"
    PLAIN = "plain"  # there is none


@dataclass(frozen=True, slots=True)
class Slice:
    """What was said in one channel in a stretch of time, for a model to word.

    `read` are the `ts` of all of it; the digest that comes first is due at `needed_at`.
    """

    channel_id: str
    told_from: datetime
    told_until: datetime
    needed_at: datetime
    material: Material
    read: Sequence[str]


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

    def is_news_since(self, since: datetime) -> bool:
        """Whether any of what it comes from was said since then."""
        return any(instant_of(source.ts) >= since for source in self.sources)


@dataclass(frozen=True, slots=True)
class Drafted:
    """The lines of a channel, the time and the messages they tell of, and the prompt's version."""

    channel_id: str
    told_from: datetime
    told_until: datetime
    lines: Sequence[DraftedLine]
    read: frozenset[str]
    prompt: str

    def tells_of(self, message: StoredMessage) -> bool:
        """Whether the model has read a message."""
        return message.ts in self.read


def may_switch_off(event: SettingChanged) -> bool:
    """Whether somebody may want to be left alone from now on."""
    return event.key == OFF.key and event.layer == Layer.PERSON


def is_given_up(needed_at: datetime, now: datetime) -> bool:
    """Whether a draft would come too late for a digest that is due then."""
    return needed_at <= now + GIVE_UP


def gaps(covered: Iterable[Stretch], since: datetime, until: datetime) -> list[Stretch]:
    """The stretches between two instants that no slice covers, without those too short for one."""
    found, start = [], since
    for begins, ends in sorted(covered):
        found.append((start, min(begins, until)))
        start = max(start, ends)
    found.append((start, until))
    return [(begins, ends) for begins, ends in found if ends - begins >= SHORTEST]


def slices_of(
    channel_id: str, said: Iterable[StoredMessage], stretch: Stretch, needed_at: datetime
) -> list[Slice]:
    """A stretch of talk in parts that each fit into one draft, by age.

    Left out are parts in which nobody said more than hello.
    """
    parts: list[list[StoredMessage]] = []
    room = 0
    for message in said:
        size = len(message.text.encode(errors="replace"))
        if size > LARGEST_MESSAGE:
            continue
        room -= size + _FRAME_BYTES
        if room < 0:
            parts.append([])
            room = LARGEST_SLICE - size - _FRAME_BYTES
        parts[-1].append(message)
    starts = [stretch[0], *(part[0].at for part in parts[1:])]
    ends = [*starts[1:], stretch[1]]
    return [
        Slice(channel_id, begins, end, needed_at, material, [each.ts for each in part])
        for part, begins, end in zip(parts, starts, ends, strict=False)
        if (material := _material(channel_id, part)).sources
    ]


def joined(drafts: Iterable[Drafted], since: datetime) -> Drafted | None:
    """What several slices tell a reader who looks back on the time since then; None: nothing.

    Of two that overlap, which happens if two processes cut them at once, one counts.
    """
    taken: list[Drafted] = []
    for each in sorted(drafts, key=lambda draft: draft.told_from):
        if not taken or each.told_from >= taken[-1].told_until:
            taken.append(each)
    if not taken:
        return None
    lines = [line for each in taken for line in each.lines if line.is_news_since(since)]
    read = frozenset(ts for each in taken for ts in each.read)
    newest = taken[-1]
    return replace(newest, told_from=taken[0].told_from, lines=lines, read=read)


def by_weight(lines: Iterable[DraftedLine]) -> list[DraftedLine]:
    """What holds people up first; otherwise as they were drafted."""
    return sorted(lines, key=lambda line: _BY_WEIGHT.index(line.kind))


def _material(channel_id: str, part: Sequence[StoredMessage]) -> Material:
    if not threads_worth_a_line(part, reader_id=""):
        return material_of([])
    return material_of(
        Said(Place(channel_id, each.ts), each.user_id, each.text, each.at)
        for each in part
        if each.text.strip()
    )
