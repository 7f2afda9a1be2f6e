"""Which day somebody means by what they wrote. Dates with words are read by python-dateutil."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dateutil import parser

from bot.core.patterns import regex
from bot.core.week import DAYS, Unreadable

MONTHS: Final = 12
_NUMBERS: Final = regex(r"(\d{1,2})([./])(\d{1,2})(?:[./](\d{4}|\d{2})?)?")
_HAS_WORD: Final = regex(r"[a-z]{3}", re.IGNORECASE)
_DAY: Final = regex(rf"(?:next )?(?:on )?({'|'.join(DAYS)})[a-z]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A date as it was written, with or without its year; it need not exist (30 February)."""

    day: int
    month: int
    year: int | None = None

    def in_year(self, year: int) -> date | None:
        """That day in a year, the year that was written if one was; None if there is no such."""
        with suppress(ValueError):
            return date(self.year or year, self.month, self.day)
        return None


def read_day(text: str, today: date) -> date:
    """Reads a day; without a year it is the next such day from `today` on. Raises Unreadable."""
    words = text.strip().lower()
    weekday = _DAY.fullmatch(words)
    if weekday is not None:
        wanted = DAYS.index(weekday[1].capitalize())
        return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)
    if words in {"today", "tomorrow"}:
        return today + timedelta(days=int(words == "tomorrow"))
    written, *others = read_dates(words)
    if others:
        raise Unreadable(f"{words} can be read in two ways. Write the month as a word, like 3 Apr.")
    # 29 February may be years away
    for year in range(today.year, today.year + 9):
        found = written.in_year(year)
        if found is not None and (written.year or found >= today):
            return found
    raise Unreadable(_not_a_day(text))


def read_dates(text: str) -> tuple[DayOfYear, ...]:
    """Reads `24 Dec`, `Dec 24th 2026`, `2026-12-24`, `24.12.`, `12/24`. Raises Unreadable.

    There are two where the day and the month may be either way round: 3/4.
    """
    words = text.strip().lower()
    with suppress(ValueError):
        day = date.fromisoformat(words)
        return (DayOfYear(day.day, day.month, day.year),)
    numbers = _NUMBERS.fullmatch(words)
    if numbers is not None:
        return _in_numbers(numbers)
    if not _HAS_WORD.search(words):
        raise Unreadable(_not_a_day(text))
    return (_in_words(words),)


def _in_words(words: str) -> DayOfYear:
    """A date with the month's name."""
    # what the text leaves out is taken from the default: two defaults tell whether there is a year
    found = []
    for year in (2000, 2004):
        default = datetime(year, 1, 1)  # noqa: DTZ001 - a day has no zone
        try:
            found.append(parser.parse(words, default=default, dayfirst=True).date())
        except (parser.ParserError, OverflowError, ValueError):
            raise Unreadable(_not_a_day(words)) from None
    has_year = found[0].year == found[1].year
    return DayOfYear(found[0].day, found[0].month, found[0].year if has_year else None)


def _in_numbers(found: re.Match[str]) -> tuple[DayOfYear, ...]:
    """24.12. or 24/12/2026; with a stroke the month may come first."""
    first, second = int(found[1]), int(found[3])
    year = int(found[4]) if found[4] else None
    if year is not None and year < 100:  # noqa: PLR2004 - 26 is 2026
        year += 2000
    day_first, month_first = DayOfYear(first, second, year), DayOfYear(second, first, year)
    if found[2] == "." or first == second or first > MONTHS:
        return (day_first,)
    return (month_first,) if second > MONTHS else (day_first, month_first)


def _not_a_day(text: str) -> str:
    return (
        f"I do not know which day “{text.strip()}” is. Write it like Friday, 24 Dec or 2026-12-24."
    )
