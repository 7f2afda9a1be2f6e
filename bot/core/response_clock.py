"""The response clock: by when an answer was promised, in the answerer's own working time.

It counts in one of two ways. In working hours, real time inside the person's windows counts. In
working days, the clock on the wall counts from midnight to midnight of the days on which they
work, so that 24 hours are the same local time on their next working day. Weekends, public holidays
and leave never count.

A working day has 24 hours, also when the clocks change: when they go forward the skipped time
counts as passed, and when they go back the clock stands still until they have caught up. A due time
that is skipped is moved on by the gap, as in `WorkingTime.at`; this alone can make it later than
that of an ask which came a little later, by less than the gap.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.core.week import MIDNIGHT
from bot.core.working_time import WorkingTime

NOTHING: Final = timedelta(0)
DAY: Final = timedelta(days=1)

Pause: TypeAlias = tuple[datetime, datetime]
"""When a clock was stopped, and when it went on."""


class CountedIn(StrEnum):
    """Which time counts."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"


@dataclass(frozen=True, slots=True)
class ClockPolicy:
    """How much time an answer may take, and which time that is."""

    amount: timedelta
    counted_in: CountedIn


def due(
    asked: datetime, policy: ClockPolicy, person: WorkingTime, pauses: Sequence[Pause] = ()
) -> datetime:
    """The instant by which the answer was promised, in UTC; never before `asked`.

    The clock starts with the ask, or with the next window if it came outside of one. Pauses, in
    order, move the due time by as much of the amount as would have been used meanwhile; one that
    begins when it has passed changes nothing. In working days it is never on a day off. Raises
    ValueError if the person has no working day in over a year.
    """
    return _end(asked, policy.amount, policy.counted_in, person, pauses)


def at_share(
    asked: datetime,
    policy: ClockPolicy,
    person: WorkingTime,
    share: float,
    pauses: Sequence[Pause] = (),
) -> datetime:
    """The instant at which a share (0 to 1) of the amount is used, in UTC; never after `due`.

    Raises as `due`.
    """
    reached = _end(asked, policy.amount * share, policy.counted_in, person, pauses)
    return min(reached, due(asked, policy, person, pauses))


def advance(
    start: datetime, amount: timedelta, counted_in: CountedIn, person: WorkingTime
) -> datetime:
    """The instant, in UTC, at which `amount` has been counted since `start`.

    Inverse of `counted`. An amount used up at the end of a window ends there; one used up at the
    end of a day counted in working days ends where the next working day begins. Without an amount
    it is `start`. Raises ValueError if the person has no working day in over a year.
    """
    start = start.astimezone(UTC)
    if amount <= NOTHING:
        return start
    if counted_in is CountedIn.WORKING_DAYS:
        return _advance_days(start, amount, person)
    return _advance_hours(start, amount, person)


def counted(
    start: datetime, end: datetime, counted_in: CountedIn, person: WorkingTime
) -> timedelta:
    """How much time counts from `start` to `end`; nothing if `end` is before `start`.

    Grows with `end`, and what counts in two adjoining stretches adds up. It knows instants, not
    asks: what an ask has used is counted from `person.next_start(asked)` on.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    if end <= start:
        return NOTHING
    if counted_in is CountedIn.WORKING_DAYS:
        return _counted_days(start, end, person)
    return _counted_hours(start, end, person)


def _end(
    asked: datetime,
    amount: timedelta,
    counted_in: CountedIn,
    person: WorkingTime,
    pauses: Sequence[Pause],
) -> datetime:
    start = person.next_start(asked)
    end = advance(start, amount, counted_in, person)
    for paused, resumed in pauses:
        if paused >= end:
            break
        amount += counted(max(paused, start), resumed, counted_in, person)
        end = advance(start, amount, counted_in, person)
    return end


def _advance_hours(start: datetime, amount: timedelta, person: WorkingTime) -> datetime:
    for opens, closes in person.stretches_from(person.local(start).date()):
        start = max(start, opens)
        if closes - start >= amount:
            return start + amount
        if closes > start:
            amount -= closes - start
            start = closes
    raise AssertionError("unreachable: stretches_from never ends")


def _counted_hours(start: datetime, end: datetime, person: WorkingTime) -> timedelta:
    total, day, last = NOTHING, person.local(start).date(), person.local(end).date()
    while day <= last:
        for opens, closes in person.stretches_of(day):
            start = max(start, opens)
            until = min(closes, end)
            if until > start:
                total += until - start
                start = until
        day += DAY
    return total


def _advance_days(start: datetime, amount: timedelta, person: WorkingTime) -> datetime:
    wall = _wall(start, person.zone)
    day = wall.date()
    if person.works_on(day):
        amount += _since_midnight(wall)
    else:
        day = person.next_working_day(day)
    while amount >= DAY:
        day = person.next_working_day(day)
        amount -= DAY
    return person.at(day, (datetime.combine(day, MIDNIGHT) + amount).time())


def _counted_days(start: datetime, end: datetime, person: WorkingTime) -> timedelta:
    first, last = _wall(start, person.zone), _wall(end, person.zone)
    total, day = NOTHING, first.date()
    if person.works_on(day):
        total -= _since_midnight(first)
    while day < last.date():
        total += DAY if person.works_on(day) else NOTHING
        day += DAY
    if person.works_on(day):
        total += _since_midnight(last)
    return total


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall shows that stands still instead of being turned back."""
    local = instant.astimezone(zone)
    if not local.fold:
        return local.replace(tzinfo=None)
    repeated = instant - local.replace(fold=0).astimezone(UTC)
    before = instant.replace(microsecond=0) - repeated

    def is_turned_back(seconds: int) -> int:
        return (before + timedelta(seconds=seconds)).astimezone(zone).fold

    seconds = bisect_left(range(int(repeated.total_seconds())), 1, key=is_turned_back)
    turned = (before + timedelta(seconds=seconds)).astimezone(zone)
    return turned.replace(tzinfo=None, fold=0) + repeated


def _since_midnight(wall: datetime) -> timedelta:
    return wall - datetime.combine(wall.date(), MIDNIGHT)
