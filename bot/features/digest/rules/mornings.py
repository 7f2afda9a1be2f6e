"""When somebody's digest is due, and from when on it tells."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

from bot.core.availability import HOLIDAYS, HOURS
from bot.core.events import SettingChanged
from bot.core.week import Week
from bot.core.working_time import WorkingTime
from bot.features.digest.rules.settings import AT, RHYTHM, Rhythm

LATE: Final = timedelta(hours=2)
"""A digest that comes later than this says as of when it is."""
TOO_LATE: Final = timedelta(hours=6)
"""One that would come later than this is folded into the next."""
LONGEST_LOOK_BACK: Final = timedelta(days=60)
KEPT_FOR: Final = timedelta(days=90)
SHARED: Final = timedelta(minutes=5)
"""To whole ones of these digests of a week look back, so that readers of a zone share drafts."""
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
NONE_HAD: Final[Collection[date]] = frozenset[date]()


class State(StrEnum):
    """What became of a digest."""

    SENT = "sent"
    EMPTY = "empty"  # nothing to say, nothing sent
    FOLDED = "folded"  # too late, or nothing could be said: the next one tells of its time


class Cause(StrEnum):
    """Why somebody's mornings come at other instants."""

    SETTING = "setting"
    LEAVE = "leave"
    ZONE = "zone"


class Beginning(StrEnum):
    """What was when a digest begins to tell."""

    STOPPED = "stopped"  # its reader's last working day ended
    TOLD = "told"  # the digest before was sent
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody's digest, and the instant it was scheduled for."""

    user_id: str
    scheduled: datetime


@dataclass(frozen=True, slots=True)
class Morning:
    """A local date of somebody's, and the instant at which its digest is due."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """How far somebody's digests told: up to `until`; the next one tells from `then` on at least.

    None: nothing was told yet, or nobody noted it.
    """

    until: datetime | None = None
    then: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Somebody's next digest. `day` is its local date, None if nobody noted it."""

    at: datetime
    day: date | None
    told: Told

    def morning(self, person: WorkingTime) -> Morning:
        """The morning that it is for."""
        return Morning(self.day or person.local(self.at).date(), self.at)


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the mornings that came, and which one is the next.

    `day` is the date whose digest is made now, if one is; `folded` are those left to a later one.
    """

    following: Morning
    folded: tuple[date, ...] = ()
    day: date | None = None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Mornings:
    """When somebody's digests come: `at` that time on their working days, or on one a week.

    Every morning lies within its own local date: one whose hour a change of the clocks skips is
    moved on by the gap, and none if that ends the day. An hour that comes twice counts once.
    """

    person: WorkingTime
    at: time = AT.default
    rhythm: str = Rhythm.DAILY

    def of(self, day: date) -> Morning | None:
        """The morning of a local date, or None if no digest comes on it."""
        at = self.person.at(day, self.at)
        return Morning(day, at) if self._comes_on(day) and self._lies_in(day, at) else None

    def due(self, now: datetime) -> Morning | None:
        """Today's morning, if it has come."""
        morning = self.of(self.person.local(now).date())
        return morning if morning is not None and morning.at <= now else None

    def after(self, instant: datetime, had: Collection[date] = NONE_HAD) -> Iterator[Morning]:
        """The mornings strictly after an instant, without end, but for the dates that had one.

        Of a week, one that had one is over.
        """
        day = self.person.local(instant).date()
        while True:
            morning = self.of(day)
            if morning is not None and morning.at > instant and not self.is_had(day, had):
                yield morning
            day = self.person.next_working_day(day)

    def is_had(self, day: date, had: Collection[date]) -> bool:
        """Whether that date, or its week, had its digest."""
        if self.rhythm == Rhythm.WEEKLY:
            return any(self._week_of(each) == self._week_of(day) for each in had)
        return day in had

    def _comes_on(self, day: date) -> bool:
        if not self.person.works_on(day):
            return False
        earlier = (day - self._week_of(day)).days if self.rhythm == Rhythm.WEEKLY else 0
        return not any(self.person.works_on(day - DAY * number) for number in range(1, earlier + 1))

    def _lies_in(self, day: date, instant: datetime) -> bool:
        return self.person.local(instant).date() == day

    def _week_of(self, day: date) -> date:
        """The first day of the week that a date is in."""
        return day - DAY * ((day.weekday() - first_weekday(self.person.week)) % 7)


@cache
def first_weekday(week: Week) -> int:
    """The weekday after most free ones: of most people Monday (0), of some Saturday or Sunday."""

    def free_before(weekday: int) -> int:
        return next((n for n in range(7) if week[(weekday - 1 - n) % 7]), 7)

    return max((each for each in range(7) if week[each]), key=lambda day: (free_before(day), -day))


def moves_mornings(event: SettingChanged) -> bool:
    """Whether a change of the agreement may move somebody's digest."""
    return event.key in {AT.key, RHYTHM.key, HOURS.key, HOLIDAYS.key}


def rescheduled(
    scheduled: Scheduled,
    now: datetime,
    mornings: Mornings,
    had: Collection[date] = NONE_HAD,
    cause: Cause = Cause.SETTING,
) -> Morning:
    """Somebody's next morning after their days have changed.

    One that has come stays due. Today's that was still to come comes at once if its new hour is
    over; so does that of whoever is in another zone now, or back from leave.
    """
    before, today = scheduled.morning(mornings.person), mornings.due(now)
    if before.at <= now:
        return before
    if today is None or mornings.is_had(today.day, had):
        return next(mornings.after(now, had))
    then = scheduled.told.then
    is_back = cause is Cause.LEAVE and (then is None or then < today.at)
    is_meant = today.day == before.day or cause is Cause.ZONE or is_back
    return today if is_meant else next(mornings.after(now, had))


def come_due(
    due: Morning,
    now: datetime,
    mornings: Mornings,
    had: Collection[date] = NONE_HAD,
    *,
    is_silent: bool = False,
) -> Step:
    """What becomes of a morning that has come, and of those that came since.

    The newest is made now, unless it would come too late, or nothing may be sent now.
    """
    came = [due] if mornings.of(due.day) and not mornings.is_had(due.day, had) else []
    had = {*had, *(each.day for each in came)}
    today = mornings.due(now)
    if today is not None and not mornings.is_had(today.day, had):
        came.append(today)
        had.add(today.day)
    coming = mornings.after(max(due.at, now - LONGEST_LOOK_BACK), had)
    following = next(coming)
    while following.at <= now:
        came.append(following)
        following = next(coming)
    if not came:
        return Step(following)
    *older, newest = sorted(came, key=lambda each: each.at)
    lateness = now - newest.at
    if is_silent or lateness > TOO_LATE:
        return Step(following, tuple(each.day for each in came))
    return Step(following, tuple(each.day for each in older), newest.day, lateness > LATE)


def first_told(first: Morning, person: WorkingTime) -> Told:
    """How far somebody was told who gets their first digest then."""
    return Told(then=person.previous_end(first.at))


def told_by(now: datetime, person: WorkingTime) -> Told:
    """How far somebody was told who gets a digest now: the rest of the day they see anyway."""
    return Told(now, person.end_of_day_of(now))


def looks_back_to(told: Told, now: datetime, mornings: Mornings) -> datetime:
    """From when on a digest tells: the end of the last working day, and what was not told before.

    The one of a week tells of all since the last one.
    """
    person = mornings.person
    then = told.then or (told.until and person.end_of_day_of(told.until))
    start = min(filter(None, (person.previous_end(now), then)))
    if told.until is not None:
        is_weekly = mornings.rhythm == Rhythm.WEEKLY
        start = _shared(told.until) if is_weekly else max(start, told.until)
    return max(start, now - LONGEST_LOOK_BACK)


def beginning(told: Told, since: datetime, now: datetime, mornings: Mornings) -> Beginning:
    """What was at the instant that `looks_back_to` gave.

    Whoever was told nothing yet may have been with Baton for less long: of them it is not said.
    """
    if told.until is None:
        return Beginning.UNNAMED
    if since in {told.until, _shared(told.until)}:
        return Beginning.TOLD
    stopped = mornings.person.previous_end(now)
    return Beginning.STOPPED if since == stopped else Beginning.UNNAMED


def key_of(user_id: str, day: date) -> str:
    """The name of the fact that somebody got their digest of a day."""
    return f"digest:{user_id}:{day}"


def day_of_key(key: str) -> tuple[str, date] | None:
    """Whose digest of which day has this key; None if it is no digest's, or of a second one."""
    match key.split(":"):
        case ["digest", user_id, day]:
            return user_id, date.fromisoformat(day)
        case _:
            return None


def _shared(instant: datetime) -> datetime:
    """The instant, or a little before it."""
    return instant - (instant - datetime.min.replace(tzinfo=instant.tzinfo)) % SHARED
