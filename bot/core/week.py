"""A week of local times, as people write it: `Mon-Thu 09:00-12:30, 13:30-18:00; Fri 9-13`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import groupby, pairwise
from typing import Final, TypeAlias

from bot.core.errors import BatonError
from bot.core.patterns import regex

MIDNIGHT: Final = time(0)
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONDAY_TO_FRIDAY: Final = frozenset(range(5))

_CLOCK: Final = regex(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_WINDOW: Final = regex(
    rf"\s*({_CLOCK.pattern})\s*(?:-|\u2013|\bto\b)\s*({_CLOCK.pattern})\s*", re.IGNORECASE
)
_DAYS_AHEAD: Final = regex(r"\s*((?:[a-z]+\s*(?:-|\u2013|,|\bto\b|&)?\s*)+)", re.IGNORECASE)


class Unreadable(BatonError):
    """I could not read that."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of local time within one day; `end` is not part of it, 00:00 ends the day."""

    start: time
    end: time

    def __contains__(self, clock: time) -> bool:
        return self.start <= clock and (self.end == MIDNIGHT or clock < self.end)


Day: TypeAlias = tuple[Window, ...]
Week: TypeAlias = tuple[Day, Day, Day, Day, Day, Day, Day]

OFFICE_HOURS: Final = (Window(time(9), time(17)),)


def week_of(windows: Day, weekdays: Iterable[int] = MONDAY_TO_FRIDAY) -> Week:
    """The same windows on each of these weekdays (0 is Monday)."""
    days = set(weekdays)
    mon, tue, wed, thu, fri, sat, sun = (windows if day in days else () for day in range(7))
    return (mon, tue, wed, thu, fri, sat, sun)


NO_WEEK: Final = week_of(())
OFFICE_WEEK: Final = week_of(OFFICE_HOURS)


def read_week(text: str) -> Week:
    """Reads a week. Days may be left out: Monday to Friday. Raises Unreadable."""
    days: dict[int, Day] = {}
    for part in filter(str.strip, re.split(r"[;\n]", text)):
        weekdays, rest = _days_ahead(part)
        windows = read_windows(rest)
        for day in weekdays:
            if day in days:
                raise Unreadable(f"{DAYS[day]} stands there twice.")
            days[day] = windows
    mon, tue, wed, thu, fri, sat, sun = (days.get(day, ()) for day in range(7))
    return (mon, tue, wed, thu, fri, sat, sun)


def read_windows(text: str) -> Day:
    """Reads `09:00-12:00, 13:30-18:00`. Raises Unreadable."""
    windows = [_window(part) for part in text.split(",")]
    for before, after in pairwise(windows):
        if before.end == MIDNIGHT or after.start < before.end:
            raise Unreadable("The times overlap or are not in order.")
    return tuple(windows)


def read_clock(text: str) -> time:
    """Reads `9`, `09:00`, `9.30` or `4 pm`. Raises Unreadable."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None:
        raise Unreadable(f"“{text.strip()}” is not a time of day; write it like 09:30.")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hour <= 12:  # noqa: PLR2004 - a clock has twelve hours
        hour = hour % 12 + (12 if half == "pm" else 0)
    if (hour, minute) == (24, 0):
        return MIDNIGHT
    try:
        return time(hour, minute)
    except ValueError:
        raise Unreadable(f"There is no {text.strip()} on the clock.") from None


def write_week(week: Week) -> str:
    """A week in the form that `read_week` reads; empty if nothing is in it."""
    parts: list[str] = []
    by_windows: dict[Day, list[int]] = {}
    for day, windows in enumerate(week):
        if windows:
            by_windows.setdefault(windows, []).append(day)
    for windows, days in by_windows.items():
        parts.append(f"{_write_days(days)} {write_windows(windows)}")
    return "; ".join(parts)


def write_windows(windows: Day) -> str:
    """Windows in the form that `read_windows` reads."""
    return ", ".join(f"{window.start:%H:%M}-{_write_end(window.end)}" for window in windows)


def _write_end(end: time) -> str:
    return "24:00" if end == MIDNIGHT else f"{end:%H:%M}"


def _write_days(days: list[int]) -> str:
    runs = []
    for _, run in groupby(enumerate(days), lambda each: each[1] - each[0]):
        found = [day for _, day in run]
        runs.append(DAYS[found[0]] if len(found) == 1 else f"{DAYS[found[0]]}-{DAYS[found[-1]]}")
    return ",".join(runs)


def _window(text: str) -> Window:
    found = _WINDOW.fullmatch(text)
    if found is None:
        raise Unreadable(f"“{text.strip()}” is not a stretch of time; write it like 09:00-17:00.")
    start, end = read_clock(found[1]), read_clock(found[5])
    if end != MIDNIGHT and start >= end:
        raise Unreadable(f"“{text.strip()}” ends before it begins; a day ends at 24:00.")
    return Window(start, end)


def _days_ahead(text: str) -> tuple[list[int], str]:
    found = _DAYS_AHEAD.match(text)
    if found is None:
        return sorted(MONDAY_TO_FRIDAY), text
    return _read_days(found[1]), text[found.end() :]


def _read_days(text: str) -> list[int]:
    days: list[int] = []
    for part in re.split(r"[,&]", text):
        if not part.strip():
            continue
        first, *last = re.split(r"-|\u2013|\bto\b", part.strip(), maxsplit=1)
        start, end = _weekday(first), _weekday(last[0] if last else first)
        days += [day % 7 for day in range(start, end + (8 if end < start else 1))]
    return days


def _weekday(text: str) -> int:
    word = text.strip().lower()
    for day, name in enumerate(DAYS):
        if word.startswith(name.lower()):
            return day
    raise Unreadable(f"“{text.strip()}” is not a day of the week; write it like Mon-Fri.")
