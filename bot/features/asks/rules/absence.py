"""What a deadline means to somebody who may not be there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.leave import DaysOff
from bot.core.working_time import WorkingTime

_DAY: Final = timedelta(days=1)
_LEEWAY: Final = timedelta(hours=2)
"""So long before and after work a deadline is nothing to wonder about."""


class Why(StrEnum):
    """Why somebody does not answer at a time, or until then."""

    AWAY = "away"
    HOLIDAY = "holiday"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Absence:
    """Why an answerer is not there; `day` is when they are back, or the last holiday."""

    why: Why
    day: date


def reachable(deadline: datetime, since: datetime, answerer: WorkingTime) -> datetime:
    """The deadline, unless the answerer cannot keep it; then it is on their next working day.

    They cannot if it lies on their leave or a public holiday, or if they do not work at all between
    `since` and then. It moves to the same time of day, or to the day's end if they do not work at
    that time. Raises ValueError if they have no working day in over a year.
    """
    start = answerer.next_start(since)
    if start < deadline and _day_of(deadline, answerer) not in answerer.days_off:
        return deadline
    first = max(start, answerer.next_start(deadline))
    day = answerer.local(first).date()
    same = answerer.at(day, answerer.local(deadline).time())
    stretches = answerer.stretches_of(day)
    is_inside = any(max(first, opens) < same <= closes for opens, closes in stretches)
    return same if is_inside else stretches[-1][1]


def absence(
    asked: datetime, due: datetime, answerer: WorkingTime, *, is_deadline: bool
) -> Absence | None:
    """Why the time to answer is not the usual one, if so.

    They were away or had a holiday when they were asked, or right before it is due; or a deadline
    lies in their night or on their weekend.
    """
    first, last = answerer.local(asked).date(), _day_of(due, answerer)
    days = [day for day in _days_off_before(last, first, answerer) if answerer.week[day.weekday()]]
    off = answerer.days_off
    if isinstance(off, DaysOff):
        away = [day for day in days if any(day in leave for leave in off.leaves)]
        if away:
            return Absence(Why.AWAY, answerer.next_working_day(max(away)))
        holidays = [day for day in days if day in off.holidays]
        if holidays:
            return Absence(Why.HOLIDAY, max(holidays))
    around = [(opens - _LEEWAY, closes + _LEEWAY) for opens, closes in answerer.stretches_of(last)]
    is_open = any(opens < due <= closes for opens, closes in around)
    return Absence(Why.CLOSED, last) if is_deadline and not is_open else None


def _days_off_before(last: date, first: date, answerer: WorkingTime) -> list[date]:
    """The days without work right before a day, and the first one if it is one, too."""
    days, day = [], last - _DAY
    while day > first and not answerer.works_on(day):
        days.append(day)
        day -= _DAY
    return days if first >= last or answerer.works_on(first) else [*days, first]


def _day_of(due: datetime, answerer: WorkingTime) -> date:
    """Midnight belongs to the day that ends then."""
    return answerer.local(due - timedelta.resolution).date()
