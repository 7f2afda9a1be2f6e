"""When a channel's own digest is due, and which of its conversations wait for a word."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.core.agreement.kinds import Choice, ClockTime, Zone
from bot.core.agreement.setting import Layer, Setting
from bot.core.events import SettingChanged
from bot.core.week import MONDAY_TO_FRIDAY, OFFICE_HOURS, Unreadable, read_clock, week_of
from bot.core.working_time import UNKNOWN_ZONE, WorkingTime
from bot.features.digest.rules.command import Question
from bot.features.digest.rules.mornings import LATE, TOO_LATE

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORTEST_DAY: Final = 2
"""So many letters tell one day of the week from the others."""
_PREFIX: Final = "digest:channel:"
LONGEST_LOOK_BACK: Final = timedelta(days=14)
ONE_DAY: Final = timedelta(days=1)


class Frequency(StrEnum):
    """How often a channel gets its digest."""

    OFF = "off"
    DAILY = "daily"  # from Monday to Friday
    WEEKLY = "weekly"


FREQUENCY: Final = Setting[str](
    "digest.channel",
    Choice(
        (
            (Frequency.OFF.value, "Off"),
            (Frequency.DAILY.value, "Every weekday"),
            (Frequency.WEEKLY.value, "Once a week"),
        )
    ),
    Frequency.OFF.value,
    (Layer.CHANNEL,),
    "Digest of the channel",
    "What was decided, asked and said in it, posted there for everybody who is in it",
    posts=_PREFIX,
)
AT: Final = Setting[time](
    "digest.channel_at",
    ClockTime(),
    time(9),
    (Layer.CHANNEL,),
    "Digest of the channel at",
    "In the time zone below",
)
DAY: Final = Setting[str](
    "digest.channel_day",
    Choice(tuple((day, day.capitalize()) for day in WEEKDAYS)),
    WEEKDAYS[0],
    (Layer.CHANNEL,),
    "Day of a weekly digest",
)
ZONE: Final = Setting[ZoneInfo](
    "digest.channel_zone",
    Zone(),
    UNKNOWN_ZONE,
    (Layer.CHANNEL,),
    "Time zone of the channel's digest",
    "Like Europe/Berlin",
)
SETTINGS: Final[Sequence[Setting[Any]]] = (FREQUENCY, AT, DAY, ZONE)
_KEYS: Final = frozenset(each.key for each in SETTINGS)

_FILLERS: Final = frozenset({"at", "on", "every", "each"})
_FREQUENCIES: Final = {
    **{each.value: each for each in Frequency},
    "weekdays": Frequency.DAILY,
    "no": Frequency.OFF,
    "none": Frequency.OFF,
    "stop": Frequency.OFF,
}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often and when a channel gets its digest; `day` is a word of `WEEKDAYS`."""

    frequency: Frequency
    at: time
    day: str
    zone: ZoneInfo

    @property
    def calendar(self) -> WorkingTime:
        """The days on which it comes, as if they were somebody's working days."""
        days: Iterable[int] = ()
        if self.frequency is Frequency.DAILY:
            days = MONDAY_TO_FRIDAY
        elif self.frequency is Frequency.WEEKLY:
            days = (WEEKDAYS.index(self.day),)
        return WorkingTime(self.zone, week_of(OFFICE_HOURS, days))


@dataclass(frozen=True, slots=True)
class Slot:
    """When the digest of a local date comes."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A channel's digest, and the instant it was scheduled for."""

    channel_id: str
    scheduled: datetime


def moves_channel(event: SettingChanged) -> bool:
    """Whether a change of the agreement moves a channel's digest."""
    return event.layer == Layer.CHANNEL and event.key in _KEYS


def next_slot(after: datetime, rhythm: Rhythm, *, last: date | None = None) -> Slot | None:
    """The first digest strictly after an instant, and after the date of the `last`; None: off."""
    if rhythm.frequency is Frequency.OFF:
        return None
    first = rhythm.calendar.local(after).date() - ONE_DAY
    return next(
        slot
        for slot in _slots(rhythm, first, ONE_DAY)
        if slot.at > after and (last is None or slot.day > last)
    )


def slot_before(instant: datetime, rhythm: Rhythm) -> Slot | None:
    """The last digest before an instant; None: off."""
    if rhythm.frequency is Frequency.OFF:
        return None
    first = rhythm.calendar.local(instant).date() + ONE_DAY
    return next(slot for slot in _slots(rhythm, first, -ONE_DAY) if slot.at < instant)


def date_of(scheduled: datetime, rhythm: Rhythm) -> date:
    """The local date a digest is for.

    Of a time that a change of the clocks moves past midnight it is the day before.
    """
    before = slot_before(scheduled + timedelta(microseconds=1), rhythm)
    is_it = before is not None and before.at == scheduled
    return before.day if before is not None and is_it else rhythm.calendar.local(scheduled).date()


def is_folded(scheduled: datetime, now: datetime) -> bool:
    """Whether a digest comes so late that the next one tells of its time."""
    return now - scheduled > TOO_LATE


def is_late(scheduled: datetime, now: datetime) -> bool:
    """Whether a digest has to say as of when it tells."""
    return now - scheduled > LATE


def tells_from(covers_from: datetime, now: datetime) -> datetime:
    """From when on a digest tells, however long none was sent."""
    return max(covers_from, now - LONGEST_LOOK_BACK)


def covers_at_first(following: datetime, rhythm: Rhythm, last_told: datetime | None) -> datetime:
    """From when on the first digest tells: as any would, and nothing that was told before."""
    before = slot_before(following, rhythm)
    starts = [before.at] if before else []
    return max([*starts, *([last_told] if last_told else [])], default=following)


def as_daily(rhythm: Rhythm, zone: ZoneInfo) -> Rhythm:
    """The rhythm itself, or of a channel that gets none how it would be on weekdays.

    It would be in that zone, unless one was chosen for the channel before.
    """
    if rhythm.frequency is not Frequency.OFF:
        return rhythm
    chosen = zone if rhythm.zone is UNKNOWN_ZONE else rhythm.zone
    return replace(rhythm, frequency=Frequency.DAILY, zone=chosen)


def question_in(text: str) -> Question | None:
    """What somebody wants to be told; None: they want a change."""
    words = " ".join(text.lower().split()).rstrip(".!?")
    return Question(words) if words in set(Question) else None


def read_typed(text: str, holds: Rhythm, zone: ZoneInfo) -> Rhythm:
    """Reads `daily 16:00`, `weekly monday 09:00`, `16:00` or `off`.

    What is left out stays as it holds. A time that is typed is one of that zone. Raises Unreadable.
    """
    words = [word for word in text.lower().replace(",", " ").split() if word not in _FILLERS]
    frequency = _FREQUENCIES.get(words[0]) if words else None
    if frequency is Frequency.OFF:
        return replace(holds, frequency=frequency)
    wanted = as_daily(holds, zone)
    if frequency is not None:
        wanted, words = replace(wanted, frequency=frequency), words[1:]
    elif not words or not words[0][0].isdecimal():
        raise Unreadable("I can do that daily, weekly, or not at all.")
    if frequency is Frequency.WEEKLY and words and (named := _day_named(words[0])):
        wanted, words = replace(wanted, day=named), words[1:]
    return replace(wanted, at=read_clock(" ".join(words)), zone=zone) if words else wanted


def written(rhythm: Rhythm) -> str:
    """A rhythm as the reference of a button."""
    return f"{rhythm.frequency}|{AT.kind.plain(rhythm.at)}|{rhythm.day}|{rhythm.zone.key}"


def unwritten(reference: str) -> Rhythm:
    """The rhythm that a button stands for."""
    frequency, at, day, zone = reference.split("|")
    return Rhythm(Frequency(frequency), AT.kind.read(at), DAY.kind.read(day), ZONE.kind.read(zone))


def key_of(channel_id: str, day: date) -> str:
    """Under which the digest of a date is queued."""
    return f"{_PREFIX}{channel_id}:{day:%Y-%m-%d}"


def _slots(rhythm: Rhythm, day: date, step: timedelta) -> Iterator[Slot]:
    calendar = rhythm.calendar
    while True:
        if calendar.works_on(day):
            yield Slot(day, calendar.at(day, rhythm.at))
        day += step


def _day_named(word: str) -> str | None:
    word = word.removesuffix("s") if len(word) > len("days") else word
    is_long = len(word) >= SHORTEST_DAY
    return next((day for day in WEEKDAYS if is_long and day.startswith(word)), None)
