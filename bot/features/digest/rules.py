"""When somebody's digest is due, and which conversations are worth a line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import ClockTime, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.attention import OFF
from bot.core.availability import HOLIDAYS, HOURS
from bot.core.drafting import Material, Place, Said, material_of
from bot.core.events import SettingChanged
from bot.core.message_store import StoredMessage
from bot.core.prose import only_greets
from bot.core.working_time import WorkingTime

AT: Final = Setting[time](
    "digest.at",
    ClockTime(),
    time(9),
    (Layer.WORKSPACE, Layer.PERSON),
    "Digest at",
    "When your digest comes on your working days, in your own time",
)
WANTED: Final = Setting[bool](
    "digest.on",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Digest",
    hint="One message in your morning: what waits on you, what was decided and said",
)
TOO_LATE: Final = timedelta(hours=6)
"""A digest that would come later than this is left out; the next one covers its time."""
LONGEST_LOOK_BACK: Final = timedelta(days=14)
KEPT_FOR: Final = timedelta(days=90)
THREADS_PER_CHANNEL: Final = 5
DRAFT_AHEAD: Final = timedelta(minutes=10)
"""How long before a digest is due its drafts are asked for."""
WAIT_FOR_DRAFTS: Final = timedelta(seconds=90)
"""How long a digest that is due waits for them; then it is the plain one."""
LARGEST_SLICE: Final = 60_000
"""Bytes of one channel's messages that go into one draft; the newest are taken."""
DRAFTED_LINES: Final = 12
_FRAME_BYTES: Final = 80  # of the id, the author and the time beside a message
_BY_WEIGHT: Final = ("blocker", "decision", "question", "update", "fyi")


class State(StrEnum):
    """What became of a digest."""

    SENT = "sent"
    EMPTY = "empty"  # nothing to say, nothing sent
    SKIPPED = "skipped"  # it would have come too late


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
    """The lines of a channel, and the time they tell of."""

    told_from: datetime
    told_until: datetime
    lines: Sequence[DraftedLine]

    def tells_of(self, message: StoredMessage) -> bool:
        """Whether the model has read a message."""
        return self.told_from <= message.at < self.told_until


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody's digest, and the instant it was scheduled for."""

    user_id: str
    scheduled: datetime


@dataclass(frozen=True, slots=True)
class History:
    """When somebody's last digest was made, and from when on those left out since then told."""

    last_made: datetime | None
    left_out_from: datetime | None


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation with something new: its first new message, and how many new replies."""

    first: StoredMessage
    reply_count: int


def may_switch_off(event: SettingChanged) -> bool:
    """Whether somebody may want to be left alone from now on."""
    return event.key == OFF.key and event.layer == Layer.PERSON


def moves_mornings(event: SettingChanged) -> bool:
    """Whether a change of the agreement may move somebody's digest."""
    return event.key in {AT.key, HOURS.key, HOLIDAYS.key}


def next_digest(after: datetime, person: WorkingTime, at: time = AT.default) -> datetime:
    """The person's first working morning (at `at`) strictly after an instant."""
    day = person.local(after).date()
    if not person.works_on(day) or person.at(day, at) <= after:
        day = person.next_working_day(day)
    return person.at(day, at)


def rescheduled(before: datetime, now: datetime, person: WorkingTime, at: time) -> datetime:
    """When a digest that was scheduled for `before` comes after somebody's days have changed.

    Today's that has not come yet still comes today, at once if its new hour is over. One that is
    due and was not sent yet stays due: `due_on` says whether it is still that person's morning.
    """
    if before <= now:
        return before
    today = person.local(now).date()
    is_today = person.local(before).date() == today
    return next_digest(person.at(today, time(0)) if is_today else now, person, at)


def due_on(
    scheduled: datetime, now: datetime, person: WorkingTime, at: time = AT.default
) -> date | None:
    """The local date a scheduled digest is for, or None if it is not that person's morning now.

    The zone or the hour may have changed since the digest was scheduled.
    """
    local = person.local(now)
    if now < scheduled or local.time() < at or not person.works_on(local.date()):
        return None
    return local.date()


def looks_back_to(history: History, now: datetime, person: WorkingTime) -> datetime:
    """From when on a digest tells: the end of the last working day.

    If digests were left out or missed since the last one, from when the first of them would have.
    """
    starts = [person.previous_end(now)]
    if history.last_made is not None:
        starts.append(person.end_of_day_of(history.last_made))
    if history.left_out_from is not None:
        starts.append(history.left_out_from)
    return max(min(starts), now - LONGEST_LOOK_BACK)


def key_of(user_id: str, day: date) -> str:
    """The name of the fact that somebody got their digest of a day."""
    return f"digest:{user_id}:{day}"


def day_of_key(key: str) -> tuple[str, date] | None:
    """Whose digest of which day has this key; None if it is no digest's, or of a second one."""
    match key.split(":"):
        case ["digest", user_id, day]:
            return user_id, date.fromisoformat(day)
        case _:
            return None


def is_too_late(now: datetime, person: WorkingTime, at: time = AT.default) -> bool:
    """Whether the morning is long over."""
    return now - person.at(person.local(now).date(), at) > TOO_LATE


def is_to(user_id: str, text: str) -> bool:
    """Whether a text begins with a mention of somebody: what is said to Baton is no news."""
    return re.match(rf"\s*<@{re.escape(user_id)}(?:\||>)", text) is not None


def threads_worth_a_line(messages: Iterable[StoredMessage], reader_id: str) -> list[Thread]:
    """The new threads, by age.

    Left out are those in which only the reader spoke or nobody said more than hello.
    """
    threads: dict[str, list[StoredMessage]] = {}
    for message in messages:
        threads.setdefault(message.thread_root, []).append(message)
    return [
        Thread(said[0], reply_count=sum(message.is_reply for message in said))
        for said in threads.values()
        if any(message.user_id != reader_id for message in said)
        and not all(only_greets(message.text) for message in said)
    ]


def busiest(threads: Iterable[Thread]) -> list[Thread]:
    """The few with the most replies, then the newest; by age."""
    by_worth = sorted(threads, key=lambda thread: (thread.reply_count, thread.first.at))
    return sorted(by_worth[-THREADS_PER_CHANNEL:], key=lambda thread: thread.first.at)


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
