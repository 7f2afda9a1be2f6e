"""What somebody wants of the schedule, and what it shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.core.leave import Leave
from bot.core.patterns import regex
from bot.core.week import Week
from bot.core.working_time import WorkingTime
from bot.features.redphone.rules.rotations import ALWAYS, Every, Layer, Shift, instant_at

SHOWN: Final = timedelta(weeks=2)
MOST_MEMBERS: Final = 50
NAME_LENGTH: Final = 80
_SEARCH_DAYS: Final = 8
_DAY: Final = timedelta(days=1)
_PERSON: Final = regex(r"<@(\w+)(?:\|[^>]*)?>")
_SWAP: Final = regex(
    r"swap(?:\s+with)?\s+<@(\w+)(?:\|[^>]*)?>"
    r"(?:\s+from\s+(.+?))?(?:\s+(?:until|till|to)\s+(.+))?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed behind /redphone schedule or /redphone oncall.

    `verb` is show, swap, swap_form, set, unclear, or page: it is what is happening.
    """

    verb: str
    user_id: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A rotation as somebody fills it in; the upper layer is there at its `hours` only."""

    name: str
    zone: str
    every: Every
    hand_over_at: time
    weekday: int
    members: tuple[str, ...]
    upper: tuple[str, ...] = ()
    hours: Week = ALWAYS


class Trouble(StrEnum):
    """What is wrong with a rotation."""

    NOBODY = "nobody"  # at that time nobody is on call
    AWAY = "away"  # somebody is on leave then
    FEED = "feed"  # its calendar cannot be read
    UNKNOWN = "unknown"  # a name in its calendar is nobody's


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: with whom, from when until when, in the reader's time; or why."""

    trouble: Trouble
    user_id: str = ""
    start: datetime | None = None
    end: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    """An override as it is shown, in the reader's time."""

    id: UUID
    user_id: str
    instead_of: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rotation as one reader sees it. Times are in the reader's zone and written by `locale`.

    `until_there` is `until` in the rotation's own zone. `coming` are the shifts of two weeks, the
    first of which is now. `host` is where its calendar is, `read_at` when that was read.
    """

    id: UUID
    name: str
    zone: str
    locale: str
    coming: Sequence[Shift]
    until: datetime | None = None
    until_there: datetime | None = None
    swaps: Sequence[Swap] = ()
    problems: Sequence[Problem] = ()
    host: str = ""
    read_at: datetime | None = None

    @property
    def user_id(self) -> str:
        """Who is on call now; empty: nobody."""
        return (self.coming[0].user_id or "") if self.coming else ""


def parse_schedule(text: str) -> Wish:
    """Reads what stands behind `schedule`; what is no wish is what is happening."""
    words = text.strip()
    if not words:
        return Wish("show")
    if words.casefold() == "swap":
        return Wish("swap_form")
    found = _SWAP.fullmatch(words)
    if found is None:
        return Wish("page")
    verb = "swap" if found[3] else "swap_form"
    return Wish(verb, found[1], (found[2] or "").strip(), (found[3] or "").strip())


def parse_on_call(text: str) -> Wish:
    """Reads what stands behind `oncall`: nothing, or one person."""
    whom = text.split()
    people = [found[1] for found in map(_PERSON.fullmatch, whom) if found]
    if not whom:
        return Wish("show")
    if len(people) == len(whom) == 1:
        return Wish("set", people[0])
    return Wish("unclear" if len(whom) == 1 or len(people) == len(whom) else "page")


def layers_of(
    plan: Plan, zone: ZoneInfo, now: datetime, holders: Sequence[str | None]
) -> list[Layer]:
    """The layers of a plan that holds from now on, the lowest first.

    `holders` are those whose turn it is in the layers before: they keep it until the next
    hand-over if they still take turns; else the first begins.
    """
    turns = Layer(plan.members, plan.every, plan.hand_over_at, plan.weekday)
    layers = [turns]
    if plan.upper:
        layers.append(replace(turns, members=plan.upper, hours=plan.hours))
    before = [*holders, None, None]
    return [begun(each, zone, now, before[number]) for number, each in enumerate(layers)]


def begun(layer: Layer, zone: ZoneInfo, now: datetime, holder: str | None) -> Layer:
    """A layer whose first turn is now, with the holder of the turn before if they are in it."""
    members = tuple(layer.members)
    if holder in members:
        first = members.index(holder)
        members = (*members[first:], *members[:first])
    today = now.astimezone(zone).date()
    is_to_come = instant_at(zone, today, layer.hand_over_at) > now
    return replace(layer, members=members, starts_on=today if is_to_come else today + _DAY)


def remind_at(person: WorkingTime, shift: Shift) -> datetime:
    """When whoever comes next is reminded: in their last working hours that begin before."""
    day = person.local(shift.start).date()
    for _ in range(_SEARCH_DAYS):
        starts = [start for start, _ in person.stretches_of(day) if start < shift.start]
        if starts:
            return starts[-1]
        day -= _DAY
    return shift.start - _DAY


def is_away(shift: Shift, person: WorkingTime, leaves: Sequence[Leave]) -> bool:
    """Whether somebody is on leave on a day of their shift, by their own calendar."""
    first = person.local(shift.start).date()
    last = person.local(shift.end - timedelta(seconds=1)).date()
    return any(each.first_day <= last and first <= each.last_day for each in leaves)
