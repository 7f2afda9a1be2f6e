"""When somebody works, as pure functions over their zone, working windows and days off."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from bot.core.week import MIDNIGHT, OFFICE_WEEK, Week, Window

NOON: Final = time(12)
SEARCH_DAYS: Final = 400  # nobody is away longer than this; a calendar without work raises


UNKNOWN_ZONE: Final = ZoneInfo("UTC")


def zone_named(name: str) -> ZoneInfo | None:
    """The zone with an IANA name, or None if this machine knows none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; malformed; the name of a folder
        return None


def zone_called(typed: str) -> ZoneInfo | None:
    """The zone that somebody means by its IANA name, whatever its case and blanks; None: none."""
    name = _zone_names().get(typed.strip().replace(" ", "_").casefold())
    return zone_named(name) if name else None


@cache
def _zone_names() -> dict[str, str]:
    return {name.casefold(): name for name in available_timezones()}


NO_DAYS: Final[Container[date]] = frozenset[date]()


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """One person's working time. Days off (leave, public holidays) are local dates."""

    zone: ZoneInfo
    week: Week = OFFICE_WEEK
    days_off: Container[date] = NO_DAYS

    def local(self, instant: datetime) -> datetime:
        """The instant in the person's own time."""
        return instant.astimezone(self.zone)

    def works_on(self, day: date) -> bool:
        """Whether `day` is one of the person's working days; not if their zone skipped it."""
        return bool(self.week[day.weekday()]) and day not in self.days_off and self._comes(day)

    def is_working(self, instant: datetime) -> bool:
        """Whether the person is at work at that instant."""
        day = self.local(instant).date()
        return any(start <= instant < end for start, end in self.stretches_of(day))

    def next_start(self, instant: datetime) -> datetime:
        """The instant itself if the person works then, else the start of their next window."""
        for start, end in self.stretches_from(self.local(instant).date()):
            if instant < end:
                return max(start, instant)
        raise AssertionError("unreachable: stretches_from never ends")

    def previous_end(self, instant: datetime) -> datetime:
        """The end of the person's last working day before `instant`'s local date."""
        day = self.local(instant).date()
        for _ in range(SEARCH_DAYS):
            day -= timedelta(days=1)
            if self.works_on(day):
                return self._end_of(day)
        raise ValueError("no working day in over a year")

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        for _ in range(SEARCH_DAYS):
            day += timedelta(days=1)
            if self.works_on(day):
                return day
        raise ValueError("no working day in over a year")

    def at(self, day: date, clock: time) -> datetime:
        """The instant of a local date and time, in UTC.

        Of a time that comes twice the first is meant; one that never comes is moved on by the gap.
        """
        return datetime.combine(day, clock.replace(fold=0), self.zone).astimezone(UTC)

    def end_of_day_of(self, instant: datetime) -> datetime:
        """When the day of that instant ends, a day off or not; without hours the instant itself."""
        day = self.local(instant).date()
        windows = self.week[day.weekday()]
        return max(self._end(day, windows[-1]), instant) if windows else instant

    def stretches_of(self, day: date, week: Week | None = None) -> list[tuple[datetime, datetime]]:
        """Start and end of each window of a day, or of another week's windows on it.

        A window is left out on the day on which a change of the clocks leaves nothing of it.
        """
        if not self.works_on(day):
            return []
        windows = (week or self.week)[day.weekday()]
        midnight = self.at(day + timedelta(days=1), MIDNIGHT)
        found = [(self.at(day, each.start), self._end(day, each)) for each in windows]
        return [(start, min(end, midnight)) for start, end in found if start < min(end, midnight)]

    def stretches_from(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Start and end of each window from `day` on, without an end."""
        while True:
            if not self.works_on(day):
                day = self.next_working_day(day)
            yield from self.stretches_of(day)
            day += timedelta(days=1)

    def _comes(self, day: date) -> bool:
        return self.local(self.at(day, NOON)).date() == day

    def _end_of(self, day: date) -> datetime:
        return self._end(day, self.week[day.weekday()][-1])

    def _end(self, day: date, window: Window) -> datetime:
        """A window that ends at midnight ends with its day."""
        if window.end == MIDNIGHT:
            return self.at(day + timedelta(days=1), MIDNIGHT)
        return self.at(day, window.end)
