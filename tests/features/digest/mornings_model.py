"""When digests are due, found another way: by walking through the local days of a zone.

Nothing here asks when a local time is; every instant is asked what the clocks show then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from bot.core.week import OFFICE_HOURS, week_of
from bot.core.working_time import WorkingTime

QUARTER: Final = timedelta(minutes=15)
HALF: Final = timedelta(minutes=30)
HALF_HOURS: Final = [time(number // 2, number % 2 * 30) for number in range(48)]
EVERY_DAY: Final = week_of(OFFICE_HOURS, range(7))
START: Final = datetime(2026, 1, 1, tzinfo=UTC)
END: Final = datetime(2028, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class LocalDay:
    """When a local date begins and ends, and when each of its half-hours comes, if it does."""

    begins: datetime
    ends: datetime
    comes: dict[int, datetime] = field(default_factory=dict)


def walk(zone: ZoneInfo, start: datetime, end: datetime) -> Mapping[date, LocalDay]:
    """The local days between two instants, quarter by quarter; the first and last are cut off."""
    days: dict[date, LocalDay] = {}
    before = (start - QUARTER).astimezone(zone).replace(tzinfo=None)
    while start < end:
        local = start.astimezone(zone).replace(tzinfo=None)
        day = days.setdefault(local.date(), LocalDay(start, start))
        day.ends = start + QUARTER
        expected = before + QUARTER
        if local.date() == expected.date() and local > expected:  # the clocks skip something
            _skip(day, expected, local, start)
        if local.minute % 30 == 0:
            day.comes.setdefault(_number(local), start)
        before, start = local, start + QUARTER
    return days


def _skip(day: LocalDay, expected: datetime, local: datetime, now: datetime) -> None:
    """What is skipped comes later by as much as is skipped, if that is still the same day."""
    for number in range(48):
        skipped = datetime.combine(local.date(), HALF_HOURS[number])
        if expected <= skipped < local and (local + (skipped - expected)).date() == local.date():
            day.comes.setdefault(number, now + (skipped - expected))


def _number(local: datetime) -> int:
    return local.hour * 2 + local.minute // 30


@cache
def transitions(zone: str, start: datetime = START, end: datetime = END) -> tuple[object, ...]:
    """The offset at the start, and each later one with the minute from which it holds."""
    info, step = ZoneInfo(zone), timedelta(hours=6)
    found: list[object] = [start.astimezone(info).utcoffset()]
    while start < end:
        low, high = start, start + step
        if low.astimezone(info).utcoffset() != high.astimezone(info).utcoffset():
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                same = middle.astimezone(info).utcoffset() == start.astimezone(info).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            at = high.replace(second=0, microsecond=0)
            found.append((at, high.astimezone(info).utcoffset()))
        start += step
    return tuple(found)


@cache
def distinct_zones() -> Mapping[str, Sequence[datetime]]:
    """One zone of each kind that tzdata has in these two years, and when its clocks change."""
    kinds: dict[tuple[object, ...], str] = {}
    for zone in sorted(available_timezones() - {"localtime"}):
        kinds.setdefault(transitions(zone), zone)
    return {
        zone: [each[0] for each in kind[1:] if isinstance(each, tuple)]
        for kind, zone in kinds.items()
    }


def person_in(zone: str) -> WorkingTime:
    """Somebody who works every day, so that no change of the clocks is missed."""
    return WorkingTime(ZoneInfo(zone), EVERY_DAY)


@dataclass(frozen=True, slots=True)
class Leg:
    """A stay in a zone, until somebody is in the next one."""

    zone: str
    start: datetime
    end: datetime


@cache
def _days_around(zone: str, week: int) -> Mapping[date, LocalDay]:
    start = START + timedelta(weeks=week)
    return walk(ZoneInfo(zone), start - timedelta(days=3), start + timedelta(days=24))


def owed(legs: Sequence[Leg], half_hour: int) -> set[date]:
    """The dates of which somebody who travels is owed a digest.

    Those on which they were somewhere at that half-hour or later that day; of the first stay only
    those whose half-hour came after it began. One that comes as they leave counts.
    """
    week = (legs[0].start - START).days // 7
    found = set()
    for number, leg in enumerate(legs):
        for day, local in _days_around(leg.zone, week).items():
            comes = local.comes.get(half_hour)
            if comes is None or (number == 0 and comes <= leg.start):
                continue
            leaves_then = comes == leg.end and number < len(legs) - 1
            if leaves_then or max(comes, leg.start) < min(local.ends, leg.end):
                found.add(day)
    return found
