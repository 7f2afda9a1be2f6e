"""What time it is where somebody is."""

from datetime import date, datetime

from bot.core import people
from bot.core.people import UNKNOWN_TIME
from bot.core.unit_of_work import UnitOfWork
from bot.core.working_time import WorkingTime


def working_time(uow: UnitOfWork, user_id: str) -> WorkingTime:
    """When somebody works; the usual office hours of whoever is not known."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person.working_time if person is not None else UNKNOWN_TIME


def now(uow: UnitOfWork, user_id: str) -> datetime:
    """The time where somebody is."""
    return working_time(uow, user_id).local(uow.now)


def today(uow: UnitOfWork, user_id: str) -> date:
    """The day that it is where somebody is."""
    return now(uow, user_id).date()
