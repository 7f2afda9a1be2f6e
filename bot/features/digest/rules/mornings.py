"""When somebody's digest is due, and from when on it tells."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.core.availability import HOLIDAYS, HOURS
from bot.core.events import SettingChanged
from bot.core.working_time import WorkingTime
from bot.features.digest.rules.settings import AT

TOO_LATE: Final = timedelta(hours=6)
"""A digest that would come later than this is left out; the next one covers its time."""
LONGEST_LOOK_BACK: Final = timedelta(days=14)
KEPT_FOR: Final = timedelta(days=90)


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
