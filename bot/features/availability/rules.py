"""Which days somebody means by what they typed. Dates are read by python-dateutil."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dateutil import parser

from bot.core.leave import LONGEST, Leave
from bot.core.week import DAYS, Unreadable

MONTHS: Final = 12
_UNTIL: Final = re.compile(
    r"\s*(?:\buntil\b|\btill\b|\bthrough\b|\bto\b|\s[-\u2013]\s)\s*", re.IGNORECASE
)
_FOR: Final = re.compile(r"(?:for )?(an?|\d{1,3}) (day|week)s?", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}|\d{2})?)?")
_HAS_WORD: Final = re.compile(r"[a-z]{3}", re.IGNORECASE)
_DAY: Final = re.compile(rf"(?:next )?(?:on )?({'|'.join(DAYS)})[a-z]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Away:
    """A leave, and the first day after it on which the person works again."""

    leave: Leave
    back_on: date


def read_leave(text: str, today: date) -> Leave:
    """Reads `until Friday`, `24 Dec until 2 Jan`, `for 3 days`, `today`; the last day counts.

    Raises Unreadable.
    """
    words = " ".join(text.strip().rstrip(".").split()).removeprefix("from ")
    if not words:
        raise Unreadable("Until when? For example `/baton away until Friday`.")
    length = _FOR.fullmatch(words)
    if length is not None:
        return _checked(Leave(today, today + _length(length) - timedelta(days=1)), today)
    first, *last = _UNTIL.split(f" {words}", maxsplit=1)
    if not last:
        day = read_day(words, today)
        return _checked(Leave(day, day), today)
    first_day = read_day(first, today) if first.strip() else today
    return _checked(Leave(first_day, read_day(last[0], first_day)), today)


def read_day(text: str, today: date) -> date:
    """Reads a day; without a year it is the next such day from `today` on. Raises Unreadable."""
    words = text.strip().lower()
    weekday = _DAY.fullmatch(words)
    if weekday is not None:
        wanted = DAYS.index(weekday[1].capitalize())
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    if words in {"today", "tomorrow"}:
        return today + timedelta(days=int(words == "tomorrow"))
    with suppress(ValueError):
        return date.fromisoformat(words)
    numbers = _NUMBERS.fullmatch(words)
    if numbers is not None:
        return _next(*_in_numbers(words, numbers), today, text)
    if not _HAS_WORD.search(words):
        raise Unreadable(_not_a_day(text))
    return _next(*_in_words(words), today, text)


def _in_words(words: str) -> tuple[int, int, int | None]:
    """Day, month and perhaps year of a date with the month's name."""
    # what the text leaves out is taken from the default: two defaults tell whether there is a year
    found = []
    for year in (2000, 2004):
        default = datetime(year, 1, 1)  # noqa: DTZ001 - a day has no zone
        try:
            found.append(parser.parse(words, default=default, dayfirst=True).date())
        except (parser.ParserError, OverflowError, ValueError):
            raise Unreadable(_not_a_day(words)) from None
    has_year = found[0].year == found[1].year
    return found[0].day, found[0].month, found[0].year if has_year else None


def _in_numbers(words: str, found: re.Match[str]) -> tuple[int, int, int | None]:
    """Day, month and perhaps year of 24.12. or 24/12/2026."""
    first, second = int(found[1]), int(found[3])
    if found[2] == "/" and max(first, second) <= MONTHS and first != second:
        raise Unreadable(f"{words} can be read in two ways. Write the month as a word, like 3 Apr.")
    is_month_first = found[2] == "/" and second > MONTHS
    day, month = (second, first) if is_month_first else (first, second)
    year = int(found[4]) if found[4] else None
    return day, month, year + 2000 if year is not None and year < 100 else year  # noqa: PLR2004


def _next(day: int, month: int, year: int | None, today: date, text: str) -> date:
    """That day; without a year the next one from `today` on (29 February may be years away)."""
    years = [year] if year is not None else range(today.year, today.year + 9)
    for each in years:
        with suppress(ValueError):
            found = date(each, month, day)
            if year is not None or found >= today:
                return found
    raise Unreadable(_not_a_day(text))


def _length(found: re.Match[str]) -> timedelta:
    number = 1 if found[1].lower().startswith("a") else int(found[1])
    return timedelta(weeks=number) if found[2].lower() == "week" else timedelta(days=number)


def _checked(leave: Leave, today: date) -> Leave:
    if leave.last_day < today or leave.last_day < leave.first_day:
        raise Unreadable("That is over already. Write a day that is still to come.")
    if leave.last_day - today > LONGEST:
        raise Unreadable("That is more than a year from now. Write an earlier day, please.")
    return Leave(max(leave.first_day, today), leave.last_day)


def _not_a_day(text: str) -> str:
    return (
        f"I do not know which day “{text.strip()}” is. Write it like Friday, 24 Dec or 2026-12-24."
    )
