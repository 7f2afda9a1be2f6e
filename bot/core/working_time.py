"""When somebody works, as pure functions over their zone, working windows and days off."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

MONDAY_TO_FRIDAY: Final = frozenset(range(5))
SEARCH_DAYS: Final = 400  # nobody is away longer than this; a calendar without work raises


UNKNOWN_ZONE: Final = ZoneInfo("UTC")


def zone_named(name: str) -> ZoneInfo | None:
    """The zone with an IANA name, or None if this machine knows none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; malformed; the name of a folder
        return None


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of local time within one day; `end` is not part of it."""

    start: time
    end: time


OFFICE_HOURS: Final = (Window(time(9), time(17)),)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """One person's working time. Days off are local dates."""

    zone: ZoneInfo
    windows: tuple[Window, ...] = OFFICE_HOURS
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    days_off: frozenset[date] = field(default_factory=frozenset)

    def local(self, instant: datetime) -> datetime:
        """The instant in the person's own time."""
        return instant.astimezone(self.zone)

    def works_on(self, day: date) -> bool:
        """Whether `day` is one of the person's working days."""
        return day.weekday() in self.weekdays and day not in self.days_off

    def is_working(self, instant: datetime) -> bool:
        """Whether the person is at work at that instant."""
        return any(start <= instant < end for start, end in self._windows_around(instant))

    def next_start(self, instant: datetime) -> datetime:
        """The instant itself if the person works then, else the start of their next window."""
        for start, end in self._windows_from(self.local(instant).date()):
            if instant < end:
                return max(start, instant)
        raise AssertionError("unreachable: _windows_from never ends")

    def previous_end(self, instant: datetime) -> datetime:
        """The end of the person's last working day before `instant`'s local date."""
        day = self.local(instant).date()
        for _ in range(SEARCH_DAYS):
            day -= timedelta(days=1)
            if self.works_on(day):
                return self.at(day, self.windows[-1].end)
        raise ValueError("no working day in over a year")

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        for _ in range(SEARCH_DAYS):
            day += timedelta(days=1)
            if self.works_on(day):
                return day
        raise ValueError("no working day in over a year")

    def same_time_next_working_day(self, instant: datetime) -> datetime:
        """24 h of working days: the same local time on the next working day.

        Outside a window the clock starts with the next window. A local time that a change of the
        clocks skips is moved on by the length of the gap.
        """
        start = self.local(self.next_start(instant))
        return self.at(self.next_working_day(start.date()), start.time())

    def at(self, day: date, clock: time) -> datetime:
        """The instant of a local date and time, in UTC.

        Of a time that comes twice the first is meant; one that never comes is moved on by the gap.
        """
        return datetime.combine(day, clock.replace(fold=0), self.zone).astimezone(UTC)

    def next_end(self, instant: datetime) -> datetime:
        """The end of the person's working day that ends first after `instant`."""
        day = self.local(instant).date()
        while not self.works_on(day) or self.at(day, self.windows[-1].end) <= instant:
            day = self.next_working_day(day)
        return self.at(day, self.windows[-1].end)

    def _windows_around(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = self.local(instant).date()
        return self._windows_of(day) if self.works_on(day) else iter(())

    def _windows_from(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        while True:
            if not self.works_on(day):
                day = self.next_working_day(day)
            yield from self._windows_of(day)
            day += timedelta(days=1)

    def _windows_of(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for window in self.windows:
            yield self.at(day, window.start), self.at(day, window.end)
