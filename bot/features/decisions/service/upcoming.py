"""When something has to be done about a decision's review."""

from datetime import datetime

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.rules import reviews as rules
from bot.features.decisions.rules.registry import Status
from bot.features.decisions.service import local


def next_at(uow: UnitOfWork, row: DecisionRow) -> datetime | None:
    """When a decision's review has to be looked at next; None: never."""
    if row.review_on is None or row.status != Status.ACCEPTED:
        return None
    return rules.next_look(row.review_on, local.working_time(uow, row.owner_id), uow.now)


def was_due(uow: UnitOfWork, row: DecisionRow) -> bool:
    """Whether the day of a decision's review is over, and nobody reviewed it."""
    if row.review_on is None or row.status != Status.ACCEPTED:
        return False
    return rules.over_at(row.review_on, local.working_time(uow, row.owner_id)) <= uow.now
