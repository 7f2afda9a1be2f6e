"""When people's digests come."""

from collections.abc import Collection
from datetime import date, datetime

from bot.core import attention, channels, people
from bot.core.digests import Reader
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import mornings as queries
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules.mornings import Beginning, Cause, Morning, Mornings, Told
from bot.features.digest.rules.settings import AT, RHYTHM, WANTED


def schedule(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is enrolled: their first digest comes on their next working morning."""
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        return
    first = next(mornings_of(uow, person).after(uow.now))
    told = rules.first_told(first, person.working_time)
    if not queries.schedule(uow, user_id, first, told):
        reschedule(uow, user_id)


def reschedule(uow: UnitOfWork, user_id: str, cause: Cause = Cause.SETTING) -> None:
    """Somebody's mornings come at other instants from now on."""
    scheduled = queries.scheduled(uow, user_id, lock=True)
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None or scheduled is None:
        return
    dates = had(uow, person, scheduled.morning(person.working_time).day)
    following = rules.rescheduled(scheduled, uow.now, mornings_of(uow, person), dates, cause)
    queries.move(uow, user_id, following, scheduled.told)


def reschedule_all(uow: UnitOfWork) -> None:
    """Everybody's mornings may come at other instants from now on."""
    for user_id in queries.everybody(uow):
        reschedule(uow, user_id)


class Schedule:
    """When people read their digests, for the rest of the house: see `bot.core.ports.Digests`."""

    def comes_between(
        self, uow: UnitOfWork, person: Person, start: datetime, end: datetime
    ) -> bool:
        """Whether a digest of somebody's comes, or came, between two instants."""
        first = self.first_after(uow, person, start)
        return first is not None and first <= end

    def first_after(self, uow: UnitOfWork, person: Person, instant: datetime) -> datetime | None:
        """When somebody's first digest after an instant comes, or came; None: there is none."""
        if not wants(uow, person.user_id) or enrolled(uow, person.user_id) is None:
            return None
        return next(mornings_of(uow, person).after(instant)).at


def mornings_of(uow: UnitOfWork, person: Person) -> Mornings:
    """When somebody's digests come, as their settings are now."""
    user_id = person.user_id
    at, rhythm = uow.setting(AT, user_id=user_id), uow.setting(RHYTHM, user_id=user_id)
    return Mornings(person.working_time, at, rhythm)


def had(uow: UnitOfWork, person: Person, day: date) -> Collection[date]:
    """The dates of which somebody had their digest, from the week before a day or today on."""
    today = person.working_time.local(uow.now).date()
    return queries.had(uow, person.user_id, min(day, today) - rules.WEEK)


def wants(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody has their digest switched on."""
    return uow.setting(WANTED, user_id=user_id) and not attention.is_off(uow, user_id)


def enrolled(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are in a channel with Baton and so get digests."""
    person = people.find(uow.session, uow.team_id, user_id)
    is_enrolled = person and channels.is_enrolled(uow.session, uow.team_id, person)
    return person if is_enrolled else None


def reader_of(uow: UnitOfWork, person: Person, *, at: datetime | None = None) -> Reader:
    """Somebody who reads about everything since they last stopped working and got a digest."""
    told = _told(uow, person)
    return Reader(person, rules.looks_back_to(told, at or uow.now, mornings_of(uow, person)))


def beginning_of(uow: UnitOfWork, reader: Reader, told: Told | None = None) -> Beginning:
    """What was when the reader's digest begins to tell; `told`: how far the ones before did."""
    told = told or _told(uow, reader.person)
    mornings = mornings_of(uow, reader.person)
    beginning = rules.beginning(told, reader.since, uow.now, mornings)
    if beginning is not Beginning.TOLD or queries.was_sent(uow, reader.person.user_id, told.until):
        return beginning
    return Beginning.UNNAMED


def _told(uow: UnitOfWork, person: Person) -> Told:
    scheduled = queries.scheduled(uow, person.user_id)
    return scheduled.told if scheduled else Told()


def next_morning(uow: UnitOfWork, person: Person) -> Morning:
    """Somebody's next digest; one that is due, and not too late, comes in a moment."""
    mornings = mornings_of(uow, person)
    scheduled = queries.scheduled(uow, person.user_id)
    if scheduled is not None and uow.now - scheduled.at <= rules.TOO_LATE:
        return scheduled.morning(person.working_time)
    return next(mornings.after(uow.now))
