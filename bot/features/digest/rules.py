"""When somebody's digest is due, and which conversations are worth a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import ClockTime, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.availability import HOLIDAYS, HOURS
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


class State(StrEnum):
    """What became of a digest."""

    SENT = "sent"
    EMPTY = "empty"  # nothing to say, nothing sent
    SKIPPED = "skipped"  # it would have come too late


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

    Today's that has not come yet still comes today, at once if its new hour is over.
    """
    today = person.local(now).date()
    is_still_to_come = before > now and person.local(before).date() == today
    return next_digest(person.at(today, time(0)) if is_still_to_come else now, person, at)


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
        starts.append(person.next_end(history.last_made))
    if history.left_out_from is not None:
        starts.append(history.left_out_from)
    return max(min(starts), now - LONGEST_LOOK_BACK)


def is_too_late(now: datetime, person: WorkingTime, at: time = AT.default) -> bool:
    """Whether the morning is long over."""
    return now - person.at(person.local(now).date(), at) > TOO_LATE


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
