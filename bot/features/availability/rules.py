"""Which days somebody means who says that they are away."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.core.dates import read_day
from bot.core.leave import LONGEST, Leave
from bot.core.patterns import regex
from bot.core.week import Unreadable

_UNTIL: Final = regex(
    r"\s*(?:\buntil\b|\btill\b|\bthrough\b|\bto\b|\s[-\u2013]\s)\s*", re.IGNORECASE
)
_FOR: Final = regex(r"(?:for )?(an?|\d{1,3}) (day|week)s?", re.IGNORECASE)


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


def _length(found: re.Match[str]) -> timedelta:
    number = 1 if found[1].lower().startswith("a") else int(found[1])
    return timedelta(weeks=number) if found[2].lower() == "week" else timedelta(days=number)


def _checked(leave: Leave, today: date) -> Leave:
    if leave.last_day < today or leave.last_day < leave.first_day:
        raise Unreadable("That is over already. Write a day that is still to come.")
    if leave.last_day - today > LONGEST:
        raise Unreadable("That is more than a year from now. Write an earlier day, please.")
    return Leave(max(leave.first_day, today), leave.last_day)
