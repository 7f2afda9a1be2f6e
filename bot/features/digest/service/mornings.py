"""When people's digests come."""

from datetime import datetime, time

from bot.core import attention, channels, people
from bot.core.digests import Reader
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import mornings as queries
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules.settings import AT, WANTED


def schedule(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is enrolled: their first digest comes on their next working morning."""
    person = people.find(uow.session, uow.team_id, user_id)
    if person is not None:
        at = hour(uow, user_id)
        queries.schedule(uow, user_id, rules.next_digest(uow.now, person.working_time, at))


def reschedule(uow: UnitOfWork, user_id: str) -> None:
    """Somebody's mornings come at other instants from now on."""
    person = people.find(uow.session, uow.team_id, user_id)
    before = queries.scheduled(uow, user_id)
    if person is not None and before is not None:
        at = hour(uow, user_id)
        queries.reschedule(
            uow, user_id, rules.rescheduled(before, uow.now, person.working_time, at)
        )


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
        if not wants(uow, person.user_id) or enrolled(uow, person.user_id) is None:
            return False
        at = hour(uow, person.user_id)
        return rules.next_digest(start, person.working_time, at) <= end


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
    history = queries.history(uow, person.user_id)
    return Reader(person, since=rules.looks_back_to(history, at or uow.now, person.working_time))


def next_at(uow: UnitOfWork, person: Person) -> datetime:
    """When somebody's next digest comes, in their own time."""
    scheduled = queries.scheduled(uow, person.user_id)
    at = hour(uow, person.user_id)
    following = scheduled or rules.next_digest(uow.now, person.working_time, at)
    return person.working_time.local(following)


def hour(uow: UnitOfWork, user_id: str) -> time:
    """When on their working days somebody wants their digest."""
    return uow.setting(AT, user_id=user_id)
