"""When somebody's digest is due, and which conversations are worth a line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.prose import only_greets
from bot.core.working_time import WorkingTime

MORNING: Final = time(9)
TOO_LATE: Final = timedelta(hours=6)
"""A digest that would come later than this is left out; the next one covers its time."""
LONGEST_LOOK_BACK: Final = timedelta(days=14)
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


def next_digest(after: datetime, person: WorkingTime) -> datetime:
    """The person's first working morning strictly after an instant."""
    day = person.local(after).date()
    if not person.works_on(day) or person.at(day, MORNING) <= after:
        day = person.next_working_day(day)
    return person.at(day, MORNING)


def due_on(scheduled: datetime, now: datetime, person: WorkingTime) -> date | None:
    """The local date a scheduled digest is for, or None if it is not that person's morning now.

    The zone may have changed since the digest was scheduled.
    """
    local = person.local(now)
    if now < scheduled or local.time() < MORNING or not person.works_on(local.date()):
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


def is_too_late(now: datetime, person: WorkingTime) -> bool:
    """Whether the morning is long over."""
    return now - person.at(person.local(now).date(), MORNING) > TOO_LATE


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
