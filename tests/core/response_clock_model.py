"""What the response clock promises, counted step by step, to judge the code by."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.tz import resolve_imaginary

from bot.core.week import Week

STEP = timedelta(minutes=5)
LONGEST_CHANGE = timedelta(hours=3)
"""No change of the clocks is longer; all that is asked of the model is a multiple of STEP."""
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Model:
    """One person's calendar. A wall clock is a naive datetime that is never turned back."""

    zone: ZoneInfo
    week: Week
    days_off: frozenset[date] = frozenset()
    windows: dict[date, list[tuple[datetime, datetime]]] = field(default_factory=dict)

    def ticks(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each step from `start` on: the instant, and what the wall clock shows then.

        While an hour is repeated it stands still a moment before the time at which it goes on.
        """
        instant, wall = start - LONGEST_CHANGE, datetime.min  # noqa: DTZ901
        while True:
            shown = instant.astimezone(self.zone).replace(tzinfo=None, fold=0)
            wall = max(wall, shown)
            if instant >= start:
                yield instant, wall
            instant, wall = instant + STEP, max(wall, shown + STEP - MOMENT)

    def wall(self, instant: datetime) -> datetime:
        """What the wall clock shows, as a multiple of STEP."""
        return _rounded(next(self.ticks(instant))[1])

    def works_on(self, day: date) -> bool:
        return bool(self.week[day.weekday()]) and day not in self.days_off

    def is_at_work(self, wall: datetime) -> bool:
        day = wall.date()
        if day not in self.windows:
            ends = [day + timedelta(days=each.end == time(0)) for each in self.week[day.weekday()]]
            self.windows[day] = [
                (self._edge(day, each.start), self._edge(end, each.end))
                for each, end in zip(self.week[day.weekday()], ends, strict=True)
            ]
        return self.works_on(day) and any(start <= wall < end for start, end in self.windows[day])

    def due_in_hours(
        self, asked: datetime, amount: timedelta, pauses: list[tuple[datetime, datetime]]
    ) -> datetime:
        for instant, wall in self.ticks(asked):
            if amount <= timedelta(0):
                return instant
            if self.is_at_work(wall) and not any(p <= instant < r for p, r in pauses):
                amount -= STEP
        raise AssertionError("time ended")

    def due_in_days(
        self, asked: datetime, amount: timedelta, pauses: list[tuple[datetime, datetime]]
    ) -> datetime:
        wall = _rounded(next(wall for _, wall in self.ticks(asked) if self.is_at_work(wall)))
        stops = [(self.wall(paused), self.wall(resumed)) for paused, resumed in pauses]
        while amount > timedelta(0):
            if self.works_on(wall.date()) and not any(p <= wall < r for p, r in stops):
                amount -= STEP
            wall += STEP
        while not self.works_on(wall.date()) or any(p < wall < r for p, r in stops):
            wall += STEP
        return resolve_imaginary(wall.replace(tzinfo=self.zone)).astimezone(UTC)

    def hours_counted(self, start: datetime, end: datetime) -> timedelta:
        total = timedelta(0)
        for instant, wall in self.ticks(start):
            if instant >= end:
                break
            total += STEP if self.is_at_work(wall) else timedelta(0)
        return total

    def days_counted(self, start: datetime, end: datetime) -> timedelta:
        total, wall, last = timedelta(0), self.wall(start), self.wall(end)
        while wall < last:
            total += STEP if self.works_on(wall.date()) else timedelta(0)
            wall += STEP
        return total

    def _edge(self, day: date, clock: time) -> datetime:
        """A local time; one that is skipped is moved on by the gap."""
        return resolve_imaginary(datetime.combine(day, clock, self.zone)).replace(tzinfo=None)


def _rounded(wall: datetime) -> datetime:
    return wall + MOMENT if wall.microsecond else wall
