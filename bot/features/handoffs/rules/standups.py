"""When people are asked to write for a stand-up, and until when it is not late."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from bot.core.agreement.kinds import Kind, Number, Plain, Several
from bot.core.agreement.setting import Layer, Setting
from bot.core.attention import OFF
from bot.core.availability import HOLIDAYS, HOURS
from bot.core.events import SettingChanged
from bot.core.response_clock import CountedIn, advance
from bot.core.week import (
    DAYS,
    MIDNIGHT,
    MONDAY_TO_FRIDAY,
    Unreadable,
    Window,
    read_clock,
    read_week,
    week_of,
    write_week,
)
from bot.core.working_time import WorkingTime
from bot.features.handoffs.rules.lines import bare

KEY: Final = "standup"
"""The keys of all its messages begin with it."""
FARTHEST_EAST: Final = timedelta(hours=14)
FARTHEST_WEST: Final = timedelta(hours=12)
ONE_DAY: Final = timedelta(days=1)
DAYS_OF_WEEK: Final = 7
MAX_LINES: Final = 20
ANSWERED_FOR: Final = timedelta(days=7)
"""So long after its day something may still be written for a stand-up."""
_WHOLE_DAY: Final = (Window(MIDNIGHT, MIDNIGHT),)
_HOURS_OF_DAY: Final = " 00:00-24:00"
_NEVER: Final = frozenset({"off", "no", "none", "never", "false", "stop"})


class StandupState(StrEnum):
    """Where the stand-up of a date is."""

    PLANNED = "planned"  # its date has begun nowhere yet
    OPEN = "open"
    OVER = "over"  # everybody had their time; what comes now is late


class EntryState(StrEnum):
    """What somebody does about a stand-up."""

    WAITING = "waiting"  # their time comes
    PROMPTED = "prompted"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    DECLINED = "declined"  # for this and all later ones of the channel


class TimeOrNever(Kind[time | None]):
    """A time of day, or none."""

    def read(self, given: object) -> time | None:
        """Takes `09:30`, and `off`; a file may hold `off` as a boolean."""
        word = str(given).strip()
        return None if word.lower() in _NEVER else read_clock(word)

    def plain(self, value: time | None) -> Plain:
        """As `09:30`, or `off`."""
        return f"{value:%H:%M}" if value else "off"


AT: Final = Setting[time | None](
    "standup.at",
    TimeOrNever(),
    None,
    (Layer.CHANNEL,),
    "Stand-up in writing at",
    "Everybody in the channel is asked then, each at their own local time; off: no stand-up",
    posts=f"{KEY}:",
)
ON: Final = Setting[tuple[str, ...]](
    "standup.days",
    Several(tuple((day.lower(), day) for day in DAYS)),
    tuple(DAYS[day].lower() for day in sorted(MONDAY_TO_FRIDAY)),
    (Layer.CHANNEL,),
    "Days of the stand-up",
    "Those of them that are somebody's own working days",
)
TIME_TO_ANSWER: Final = Setting[int](
    "standup.hours",
    Number(1, 24, "hours"),
    3,
    (Layer.CHANNEL,),
    "Time to write for the stand-up",
    "Hours of somebody's own working time; what comes later is marked late",
)
SETTINGS: Final[Sequence[Setting[Any]]] = (AT, ON, TIME_TO_ANSWER)
_OF_CHANNELS: Final = frozenset(each.key for each in SETTINGS)
_OF_PEOPLE: Final = frozenset({HOURS.key, HOLIDAYS.key, OFF.key})


@dataclass(frozen=True, slots=True)
class Plan:
    """When a channel has its stand-up; `days` are weekdays, 0 is Monday. Without `at` it has none.

    `hours` of somebody's own working time are theirs to write.
    """

    at: time | None
    days: frozenset[int]
    hours: timedelta

    @property
    def is_on(self) -> bool:
        """Whether there is any."""
        return self.at is not None and bool(self.days)


@dataclass(frozen=True, slots=True)
class Times:
    """When somebody is asked to write, and until when it is not late."""

    prompt_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Spot:
    """One stand-up: a channel's, of a local date."""

    channel_id: str
    day: date

    def __str__(self) -> str:
        return f"{self.channel_id}|{self.day.isoformat()}"


def spot_of(reference: str) -> Spot:
    """The stand-up that a button or a form stands for."""
    channel_id, _, day = reference.partition("|")
    return Spot(channel_id, date.fromisoformat(day))


def moves_channel(event: SettingChanged) -> bool:
    """Whether a change of the agreement moves a channel's stand-ups."""
    return event.layer == Layer.CHANNEL and event.key in _OF_CHANNELS


def moves_people(event: SettingChanged) -> bool:
    """Whether a change of the agreement moves people's own times."""
    return event.key in _OF_PEOPLE


def times_of(
    plan: Plan, day: date, person: WorkingTime, *, from_: datetime | None = None
) -> Times | None:
    """Somebody's own times for the stand-up of a date; None: they have none that day.

    It is one of their working days, and they are asked once, on the clock where they are. `from_`:
    their time to write begins then at the earliest.
    """
    if plan.at is None or day.weekday() not in plan.days or not person.works_on(day):
        return None
    prompt_at = person.at(day, plan.at)
    begins = person.next_start(max(prompt_at, from_ or prompt_at))
    return Times(prompt_at, advance(begins, plan.hours, CountedIn.WORKING_HOURS, person))


def opens_at(day: date) -> datetime:
    """When a date begins where it begins first."""
    return datetime.combine(day, MIDNIGHT, UTC) - FARTHEST_EAST


def ends_at(day: date) -> datetime:
    """When a date ends where it ends last."""
    return datetime.combine(day + ONE_DAY, MIDNIGHT, UTC) + FARTHEST_WEST


def next_date(plan: Plan, now: datetime, *, after: date | None = None) -> date | None:
    """The first date of a stand-up that is not over everywhere, and after `after`; None: off."""
    if not plan.is_on:
        return None
    first = (now - FARTHEST_WEST).date()
    first = max(first, after + ONE_DAY) if after else first
    return next(day for day in _dates(first) if day.weekday() in plan.days)


def may_write(day: date, now: datetime) -> bool:
    """Whether something may be written for the stand-up of a date."""
    return now < opens_at(day) + ANSWERED_FOR


def lines_of(text: str) -> tuple[str, ...]:
    """What somebody typed, by lines, without blank ones and bullets."""
    return tuple(islice(filter(None, map(bare, text.splitlines())), MAX_LINES))


def read_typed(text: str, holds: Plan) -> Plan:
    """Reads `09:30`, `09:30 Mon-Thu` and `off`; what is left out stays. Raises Unreadable."""
    words = text.split()
    if words and " ".join(words).lower() in _NEVER:
        return replace(holds, at=None)
    clocks = [word for word in words if word[0].isdecimal()]
    if not clocks:
        raise Unreadable("I need a time of day, like 09:30.")
    days = " ".join(word for word in words if not word[0].isdecimal())
    if days.lower() in {"am", "pm"}:
        clocks, days = [*clocks, days], ""
    wanted = replace(holds, at=read_clock(" ".join(clocks)))
    return replace(wanted, days=read_days(days)) if days else wanted


def read_days(text: str) -> frozenset[int]:
    """Reads `Mon-Thu` and `Mon, Wed` as weekdays. Raises Unreadable."""
    week = read_week(f"{text}{_HOURS_OF_DAY}")
    return frozenset(day for day, windows in enumerate(week) if windows)


def written_days(days: frozenset[int]) -> str:
    """Weekdays as people write them."""
    return write_week(week_of(_WHOLE_DAY, days)).removesuffix(_HOURS_OF_DAY)


def words_of(days: frozenset[int]) -> tuple[str, ...]:
    """Weekdays as the agreement keeps them."""
    return tuple(DAYS[day].lower() for day in sorted(days))


def days_of(words: Collection[str]) -> frozenset[int]:
    """The weekdays that the agreement holds."""
    return frozenset(day for day, name in enumerate(DAYS) if name.lower() in words)


def written(plan: Plan) -> str:
    """When a stand-up is, as the reference of a button."""
    return f"{AT.kind.plain(plan.at)}|{','.join(words_of(plan.days))}"


def unwritten(reference: str, holds: Plan) -> Plan:
    """The plan that a button stands for."""
    at, _, days = reference.partition("|")
    return replace(holds, at=AT.kind.read(at), days=days_of(days.split(",")))


def _dates(first: date) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range(DAYS_OF_WEEK + 1))
