"""When something has to be done about a decision's review."""

from datetime import datetime

from bot.core import people
from bot.core.people import UNKNOWN_TIME
from bot.core.unit_of_work import UnitOfWork
from bot.core.working_time import WorkingTime
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.rules import reviews as rules
from bot.features.decisions.rules.registry import Status


def next_at(uow: UnitOfWork, row: DecisionRow) -> datetime | None:
    """When a decision's review has to be looked at next; None: never."""
    if row.review_on is None or row.status != Status.ACCEPTED:
        return None
    return rules.next_look(row.review_on, owners_time(uow, row), uow.now)


def was_due(uow: UnitOfWork, row: DecisionRow) -> bool:
    """Whether the day of a decision's review is over, and nobody reviewed it."""
    if row.review_on is None or row.status != Status.ACCEPTED:
        return False
    return rules.over_at(row.review_on, owners_time(uow, row)) <= uow.now


def owners_time(uow: UnitOfWork, row: DecisionRow) -> WorkingTime:
    """When a decision's owner works."""
    owner = people.find(uow.session, uow.team_id, row.owner_id)
    return owner.working_time if owner is not None else UNKNOWN_TIME
