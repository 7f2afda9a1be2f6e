"""Which instants somebody means by a time, as pure functions over their working time."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Final, TypeAlias

from dateutil.relativedelta import relativedelta

from bot.core.deadlines.days import A_DAY, A_WEEK, days_of, last_day_of
from bot.core.deadlines.phrases import When
from bot.core.deadlines.zones import whose_clock
from bot.core.patterns import regex
from bot.core.week import MIDNIGHT, read_clock
from bot.core.working_time import WorkingTime

NOON: Final = time(12)
CLOSING: Final = time(17)
"""When a day ends on which somebody does not work."""
LAST_MINUTE: Final = time(23, 59)
LONGEST: Final = 400
"""Days that a length may have; a deadline is never further off."""
Clock: TypeAlias = tuple[int, time]
"""A time of day, and how many days later: midnight of a day is where the next one begins."""
_DECORATION: Final = regex(r" |o'clock|uhr|(?<=[0-9])h(?:rs)?$|\.(?=m|$)")
_BARE: Final = regex(r"([1-9]|1[0-2])(?::([0-5][0-9]))?(?: o'clock)?")
_AT_NOON: Final = frozenset({"noon", "12 noon", "midday", "lunch", "lunchtime", "morning"})
_AT_MIDNIGHT: Final = frozenset({"midnight", "12 midnight"})
_DARK: Final = frozenset({"evening", "night"})
_NUMBERS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_AMOUNT: Final = regex(
    rf"(half an|a couple of|an?\b|{'|'.join(_NUMBERS)}|ten|[0-9]+(?:[.,]5)?)?[ -]?(.+)"
)


def instants(
    when: When, *, written: datetime, author: WorkingTime, reader: WorkingTime | None = None
) -> tuple[datetime, ...]:
    """The instants in UTC that may be meant, past and far ones too, in order.

    There is none where nobody can know, or if there is no such day.
    """
    whose = whose_clock(when.zone, author=author, reader=reader)
    if whose is None:
        return ()
    # "today" and "Thursday" are the author's, whatever zone the time of day is in
    written = written.astimezone(UTC)
    today = author.local(written).date()
    with suppress(OverflowError, ValueError):  # beyond the calendar; nobody works on any day
        if when.length:
            return (_after(when.length, written, whose),)
        days = days_of(when, today, whose)
        if days is None:
            return _next(when, written, whose)
        return tuple(sorted({at for day in days for at in _on(day, when, today, written, whose)}))
    return ()


def _on(
    day: date, when: When, today: date, written: datetime, whose: WorkingTime
) -> list[datetime]:
    """What may be meant on one day; a weekday that is over today is the next one of that name."""
    clocks = _clocks(when)
    if clocks:
        found = [_at(day, clock, whose) for clock in clocks]
        likely = _likely(found, whose)
        is_over = max(likely) <= written and not when.names_only_weekday
        found = [at for at in found if at > written] or likely if is_over else likely
    elif when.is_before and not (when.end or when.names_clock):
        found = [_before(day, today, written, whose)]
    else:
        found = [_close(day, whose)]
    if day != today or max(found) > written:
        return found
    if when.names_only_weekday:
        return _on(day + A_WEEK, when, today, written, whose)
    return found if clocks or when.is_before else _late(when, today, whose)


def _next(when: When, written: datetime, whose: WorkingTime) -> tuple[datetime, ...]:
    """A time of day alone: the next such time.

    If that is tomorrow and no working day, the next working day may be meant as well.
    """
    today = whose.local(written).date()
    clocks = _clocks(when)
    if not clocks:
        return tuple(_on(today, when, today, written, whose))
    found = set()
    for clock in clocks:
        at = _at(today, clock, whose)
        if at > written:
            found.add(at)
            continue
        found.add(_at(today + A_DAY, clock, whose))
        with suppress(ValueError):  # nobody works on any day
            found.add(_at(whose.next_working_day(today), clock, whose))
    return tuple(_likely(sorted(found), whose) if len(clocks) > 1 else sorted(found))


def _clocks(when: When) -> list[Clock]:
    """The times of day it may be; empty for the end of the working day."""
    is_dark = when.part in _DARK or when.near == "tonight"
    if when.clock:
        return _read_clocks(when.clock, is_dark=is_dark, part=when.part)
    if when.part in _AT_NOON:
        return [(0, NOON)]
    if when.part in _AT_MIDNIGHT:
        return [(1, MIDNIGHT)]
    return [(0, LAST_MINUTE)] if is_dark else []


def _read_clocks(text: str, *, is_dark: bool, part: str) -> list[Clock]:
    bare = _BARE.fullmatch(text)
    if bare is None:
        clock = read_clock(_DECORATION.sub("", text).replace("h", ":"))
        return [(int(text.startswith("24")), clock)]
    hour, minute = int(bare[1]) % 12, int(bare[2] or 0)
    morning, afternoon = (0, time(hour, minute)), (0, time(hour + 12, minute))
    if hour == 0:
        return [(1, time(0, minute))] if is_dark else [afternoon]
    if part == "morning":
        return [morning]
    return [afternoon] if is_dark or part == "afternoon" else [morning, afternoon]


def _after(length: str, written: datetime, whose: WorkingTime) -> datetime:
    """So long after it was written; days are counted whole. Raises ValueError if too long."""
    found = _AMOUNT.fullmatch(length)
    if found is None:
        raise ValueError(length)
    amount, unit = _number(found[1] or "a"), found[2]
    if unit.startswith("h"):
        return written + timedelta(hours=amount)
    if unit.startswith("min"):
        return written + timedelta(minutes=amount)
    day = whose.local(written).date()
    if unit.startswith("month"):
        return _close(day + relativedelta(months=ceil(amount)), whose)
    if unit.startswith(("day", "week")):
        weeks = 7 if unit.startswith("week") else 1
        return _close(day + timedelta(days=ceil(amount * weeks)), whose)
    if amount > LONGEST:
        raise ValueError(length)
    for _ in range(ceil(amount)):
        day = whose.next_working_day(day)
    return _close(day, whose)


def _number(words: str) -> float:
    if words in _NUMBERS:
        return _NUMBERS.index(words)
    named = {"half an": 0.5, "a couple of": 2, "a": 1, "an": 1, "ten": 10}
    return named[words] if words in named else float(words.replace(",", "."))


def _at(day: date, clock: Clock, whose: WorkingTime) -> datetime:
    days_later, time_of_day = clock
    return whose.at(day + A_DAY * days_later, time_of_day)


def _likely(found: list[datetime], whose: WorkingTime) -> list[datetime]:
    """Of several the one at work, if there is one; the ends of a window belong to it."""
    inside = [
        at
        for at in found
        if any(start <= at <= end for start, end in whose.stretches_of(whose.local(at).date()))
    ]
    return inside if len(inside) == 1 else found


def _close(day: date, whose: WorkingTime) -> datetime:
    stretches = whose.stretches_of(day)
    return stretches[-1][1] if stretches else whose.at(day, CLOSING)


def _before(day: date, today: date, written: datetime, whose: WorkingTime) -> datetime:
    """The end of the last working day that is left before a day, else when that day begins."""
    last = last_day_of(whose, day - A_DAY, since=today)
    if last >= today and whose.works_on(last) and _close(last, whose) > written:
        return _close(last, whose)
    return whose.at(day, MIDNIGHT)


def _late(when: When, today: date, whose: WorkingTime) -> list[datetime]:
    """Said after the working day: still today, or by the end of the next one."""
    found = [whose.at(today, LAST_MINUTE)]
    with suppress(ValueError):  # nobody works on any day
        later = days_of(when, today + A_DAY, whose) if when.end or when.week else None
        found += [_close(day, whose) for day in later or [whose.next_working_day(today)]]
    return found
