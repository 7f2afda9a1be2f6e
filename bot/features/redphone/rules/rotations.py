"""Who is on call when: turns, layers, overrides and the shifts of a calendar."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, WEEKLY, rrule

from bot.core.week import MIDNIGHT, NO_WEEK, Week

ALWAYS: Final = NO_WEEK
"""The hours of a layer that is there at any time."""
HORIZON: Final = timedelta(weeks=8)
"""How far it is looked ahead for who comes next."""
_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_AROUND: Final = timedelta(days=2)
"""No change of a zone's clocks moves a local day by more."""


class Every(StrEnum):
    """How long a turn is."""

    DAY = "daily"
    WEEK = "weekly"

    @property
    def days(self) -> int:
        """In days."""
        return 7 if self is Every.WEEK else 1


@dataclass(frozen=True, slots=True)
class Layer:
    """People who take turns in their order, handed over at `hand_over_at` on `weekday` (0: Monday).

    The first of them begins; the first hand-over is on `starts_on` or the next such day after it.
    With `hours` it is there only at those times of the rotation's week.
    """

    members: Sequence[str]
    every: Every = Every.WEEK
    hand_over_at: time = time(9)
    weekday: int = 0
    starts_on: date = date(2026, 1, 5)
    hours: Week = ALWAYS

    @property
    def first_day(self) -> date:
        """The date of its first hand-over."""
        ahead = (self.weekday - self.starts_on.weekday()) % 7 if self.every is Every.WEEK else 0
        return self.starts_on + timedelta(days=ahead)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody's stretch of time, from `start` until `end`, which is not part of it."""

    start: datetime
    end: datetime
    user_id: str

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who is on call, one after the other.

    What goes first: the `overrides`, the newest first; then the `feed`, the shifts of a calendar;
    then the `layers`, the lowest first in this list, each going before those below it. Whoever is
    not among `able` is passed over: their turn is that of the next in order.
    """

    zone: ZoneInfo
    layers: Sequence[Layer] = ()
    overrides: Sequence[Stretch] = ()
    feed: Sequence[Stretch] = ()
    able: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch in which nothing changes; without `user_id` nobody is on call."""

    start: datetime
    end: datetime
    user_id: str | None


def on_call(rotation: Rotation, instant: datetime) -> str | None:
    """Who is on call at an instant; None: nobody."""
    able = rotation.able
    for each in rotation.overrides:
        if instant in each and each.user_id in able:
            return each.user_id
    begun = [each for each in rotation.feed if instant in each and each.user_id in able]
    if begun:
        return max(begun, key=lambda each: (each.start, each.user_id)).user_id
    for layer in reversed(rotation.layers):
        found = _in_layer(rotation, layer, instant)
        if found is not None:
            return found
    return None


def until(rotation: Rotation, instant: datetime) -> datetime | None:
    """When somebody else is on call than at that instant; None: not within eight weeks."""
    first = next(iter(shifts(rotation, instant, instant + HORIZON)), None)
    return first.end if first is not None and first.end < instant + HORIZON else None


def shifts(rotation: Rotation, start: datetime, end: datetime) -> list[Shift]:
    """All of the time between two instants, without a gap, by who is on call."""
    found: list[Shift] = []
    for begins, ends in pairwise(sorted({start, end, *_changes(rotation, start, end)})):
        who = on_call(rotation, begins)
        if found and found[-1].user_id == who:
            found[-1] = Shift(found[-1].start, ends, who)
        else:
            found.append(Shift(begins, ends, who))
    return found


def whose_turn(zone: ZoneInfo, layer: Layer, instant: datetime, able: Container[str]) -> str | None:
    """Whose turn it is in a layer, at its hours or not; None: nobody of it is able."""
    members = layer.members
    if not any(each in able for each in members):
        return None
    turn = _turn(zone, layer, instant)
    in_order = [members[(turn + number) % len(members)] for number in range(len(members))]
    return next(each for each in in_order if each in able)


def instant_at(zone: ZoneInfo, day: date, clock: time) -> datetime:
    """The instant of a local date and time, in UTC.

    Of a time that comes twice it is the first; of one that never comes, the first after the gap.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None, fold=0))
    late = wall.replace(tzinfo=zone).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(zone, early, late)


def _change_between(zone: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """When the clocks of a zone change between two instants, to the second."""
    after = late.astimezone(zone).utcoffset()
    while late - early > _SECOND:
        middle = early + _SECOND * ((late - early) // _SECOND // 2)
        if middle.astimezone(zone).utcoffset() == after:
            late = middle
        else:
            early = middle
    return late


def _in_layer(rotation: Rotation, layer: Layer, instant: datetime) -> str | None:
    if layer.hours != ALWAYS:
        nearby = _hours(rotation.zone, layer.hours, instant, instant)
        if not any(start <= instant < end for start, end in nearby):
            return None
    return whose_turn(rotation.zone, layer, instant, rotation.able)


def _turn(zone: ZoneInfo, layer: Layer, instant: datetime) -> int:
    """How many hand-overs there were."""
    begun = [turn for turn, at in _hand_overs(zone, layer, instant, instant) if at <= instant]
    return max(begun, default=0)


def _hand_overs(
    zone: ZoneInfo, layer: Layer, start: datetime, end: datetime
) -> Iterator[tuple[int, datetime]]:
    """Each hand-over between two instants, and the last before them, with the turn it begins."""
    first, days = layer.first_day, layer.every.days
    passed = max(0, (_local(zone, start - _AROUND) - first).days // days)
    begins = datetime.combine(first + timedelta(days=passed * days), layer.hand_over_at)
    last = datetime.combine(_local(zone, end + _AROUND), MIDNIGHT)
    walls = rrule(WEEKLY if layer.every is Every.WEEK else DAILY, dtstart=begins, until=last)
    for number, wall in enumerate(walls):
        yield passed + number + 1, instant_at(zone, wall.date(), wall.time())


def _hours(
    zone: ZoneInfo, week: Week, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of a week's hours that may touch those between two instants."""
    day, last = _local(zone, start - _AROUND), _local(zone, end + _AROUND)
    while day <= last:
        for window in week[day.weekday()]:
            ends_on = day + _DAY if window.end == MIDNIGHT else day
            begins = instant_at(zone, day, window.start)
            yield begins, instant_at(zone, ends_on, window.end)
        day += _DAY


def _changes(rotation: Rotation, start: datetime, end: datetime) -> set[datetime]:
    """The instants strictly between two at which somebody else may be on call."""
    found = {at for each in (*rotation.overrides, *rotation.feed) for at in (each.start, each.end)}
    for layer in rotation.layers:
        found.update(at for _, at in _hand_overs(rotation.zone, layer, start, end))
        if layer.hours != ALWAYS:
            for stretch in _hours(rotation.zone, layer.hours, start, end):
                found.update(stretch)
    return {at for at in found if start < at < end}


def _local(zone: ZoneInfo, instant: datetime) -> date:
    return instant.astimezone(zone).date()
