"""Which days somebody means by what they typed. Dates are read by python-dateutil."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dateutil import parser

from bot.core.leave import Leave
from bot.core.week import DAYS, Unreadable

LONGEST: Final = timedelta(days=366)
_UNTIL: Final = re.compile(
    r"\s*(?:\buntil\b|\btill\b|\bthrough\b|\bto\b|\s[-\u2013]\s)\s*", re.IGNORECASE
)
_FOR: Final = re.compile(r"(?:for )?(an?|\d{1,3}) (day|week)s?", re.IGNORECASE)
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?")
_DATE: Final = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\.\d{1,2}\.|[a-z]{3,}", re.IGNORECASE)
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
    slashed = _SLASHED.fullmatch(words)
    if slashed is not None:
        _refuse_ambiguous(words, int(slashed[1]), int(slashed[2]))
    elif not _DATE.search(words):
        raise Unreadable(_not_a_day(text))
    return _parsed(words, today)


def _parsed(words: str, today: date) -> date:
    # what the text leaves out is taken from the default: two defaults tell whether there is a year
    found = []
    for year in (2000, 2004):
        default = datetime(year, 1, 1)  # noqa: DTZ001 - a day has no zone
        is_day_first = not _SLASHED.fullmatch(words) or int(words.partition("/")[0]) > 12  # noqa: PLR2004
        try:
            day = parser.parse(words, default=default, dayfirst=is_day_first).date()
        except (parser.ParserError, OverflowError, ValueError):
            raise Unreadable(_not_a_day(words)) from None
        found.append(day)
    if found[0].year == found[1].year:
        return found[0]
    years = (_in_year(found[0], year) for year in range(today.year, today.year + 9))
    return next(day for day in years if day is not None and day >= today)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _refuse_ambiguous(words: str, first: int, second: int) -> None:
    if max(first, second) <= 12 and first != second:  # noqa: PLR2004 - months
        raise Unreadable(f"{words} can be read in two ways. Write the month as a word, like 3 Apr.")


def _length(found: re.Match[str]) -> timedelta:
    number = 1 if found[1].lower().startswith("a") else int(found[1])
    return timedelta(weeks=number) if found[2].lower() == "week" else timedelta(days=number)


def _checked(leave: Leave, today: date) -> Leave:
    if leave.last_day < today or leave.last_day < leave.first_day:
        raise Unreadable("That is over already. Write a day that is still to come.")
    if leave.last_day - today > LONGEST:
        raise Unreadable("That is more than a year from now. Write an earlier day, please.")
    return leave


def _not_a_day(text: str) -> str:
    return (
        f"I do not know which day “{text.strip()}” is. Write it like Friday, 24 Dec or 2026-12-24."
    )
