"""Which days somebody means by a time they wrote."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.core.dates import DayOfYear, read_dates
from bot.core.deadlines.phrases import When
from bot.core.week import DAYS, Unreadable
from bot.core.working_time import WorkingTime

A_DAY: Final = timedelta(days=1)
A_WEEK: Final = timedelta(days=7)
HALF_A_YEAR: Final = timedelta(days=183)
_FRIDAY: Final = 4
_NEAR: Final = {"tomorrow": 1, "tmrw": 1, "tmr": 1, "yesterday": -1}


def days_of(when: When, today: date, whose: WorkingTime) -> list[date] | None:
    """The days that may be meant, past ones too, in order; None if no day was said at all.

    What was said twice must agree ("Thursday, 24 Dec"); if it does not, either may be meant.
    """
    named = _named(when, today, whose)
    if not all(named):
        return []
    if not named:
        return _weekdays(when, today) if when.weekday else None
    days = set.intersection(*named) or set.union(*named)
    if when.weekday:
        agreeing = {day for day in days if day.weekday() == _number_of(when.weekday)}
        days = agreeing or days.union(_weekdays(when, today))
    return sorted(days)


def last_day_of(whose: WorkingTime, last: date, *, since: date) -> date:
    """The last working day up to `last`, which it is itself if there is none from `since` on."""
    back = (last - A_DAY * days for days in range((last - since).days + 1))
    return next((day for day in back if whose.works_on(day)), last)


def _named(when: When, today: date, whose: WorkingTime) -> list[set[date]]:
    """The days that each of the words means, but those of the week."""
    named = []
    if when.near:
        named.append({today + A_DAY * _NEAR.get(when.near, 0)})
    if when.date:
        named.append(_dates(when.date, today))
    if when.ordinal:
        named.append(_ordinals(int(when.ordinal[:-2]), today))
    if when.end:
        named.append({_end(when.end, today, whose)})
    if when.week and not when.weekday:
        starts = {
            "next week": _monday(today) + A_WEEK,
            "next month": today + relativedelta(day=1, months=1),
        }
        is_start = when.is_before and when.week in starts
        named.append({starts[when.week] if is_start else _end(when.week, today, whose)})
    return named


def _weekdays(when: When, today: date) -> list[date]:
    number = _number_of(when.weekday)
    this_week = _monday(today) + A_DAY * number
    if when.week:
        return [this_week + (A_WEEK if when.week == "next week" else timedelta())]
    if not when.weekday.startswith("next "):
        return [today + A_DAY * ((number - today.weekday()) % 7)]
    next_week = this_week + A_WEEK
    return [this_week, next_week] if this_week > today else [next_week]


def _dates(text: str, today: date) -> set[date]:
    with suppress(Unreadable):
        written = list(read_dates(text))
        is_long_over = any(_is_long_over(each, today) for each in written)
        return set(
            filter(None, (_date(each, today, is_long_over=is_long_over) for each in written))
        )
    return set()


def _is_long_over(written: DayOfYear, today: date) -> bool:
    """Whether a date without a year must be another year's, as this one's is long over."""
    this_year = written.in_year(today.year)
    return written.year is None and this_year is not None and today - this_year > HALF_A_YEAR


def _date(written: DayOfYear, today: date, *, is_long_over: bool) -> date | None:
    """This year's, or next year's if there is none, or it is over and a reading of it long so."""
    this_year = written.in_year(today.year)
    is_over = written.year is None and this_year is not None and this_year < today
    if this_year is None or (is_over and is_long_over):
        return written.in_year(today.year + 1)
    return this_year


def _ordinals(number: int, today: date) -> set[date]:
    """The next day with that number in its month."""
    for months in range(3):
        first = today + relativedelta(day=1, months=months)
        found = first + relativedelta(day=number)
        if found.day == number and found >= today:
            return {found}
    return set()


def _end(text: str, today: date, whose: WorkingTime) -> date:
    is_next = "next" in text
    if text == "eom" or text.endswith("month"):
        first = today + relativedelta(day=1, months=int(is_next))
        last = first.replace(day=monthrange(first.year, first.month)[1])
        return last_day_of(whose, last, since=max(first, today))
    last_weekday, free = _weekend(whose)
    last = today + A_DAY * ((last_weekday - today.weekday()) % 7)
    is_weekend = (last - today).days + free >= len(DAYS)
    if is_next and not is_weekend:
        last += A_WEEK
    return last_day_of(whose, last, since=max(last - 6 * A_DAY, today))


def _weekend(whose: WorkingTime) -> tuple[int, int]:
    """The last weekday before the longest stretch of free ones, and how many these are."""
    works = [bool(windows) for windows in whose.week]
    if not any(works):
        return _FRIDAY, 2
    stretches = []
    for day in range(7):
        free = next(length for length in range(7) if works[(day + length + 1) % 7])
        stretches.append((free if works[day] else -1, day))
    free, day = max(stretches)
    return day, free


def _monday(day: date) -> date:
    return day - A_DAY * day.weekday()


def _number_of(weekday: str) -> int:
    return DAYS.index(weekday.rsplit(maxsplit=1)[-1][:3].capitalize())
