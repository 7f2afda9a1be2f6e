"""Reminds owners, alone and while they work, that a decision is to be looked at again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight, sight
from bot.features.decisions.messages import reviews
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules import reviews as rules
from bot.features.decisions.service import recording, upcoming


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    """(team, number) of decisions whose review has to be looked at by now, in any workspace."""
    return queries.to_remind(session, now, limit)


def look(uow: UnitOfWork, number: int) -> None:
    """Reminds a decision's owner, and nobody else; once the day is over the card says so."""
    row = queries.get(uow, number, lock=True)
    if row is None or row.remind_at is None or row.remind_at > uow.now:
        return
    row.remind_at = upcoming.next_at(uow, row)
    owner = people.find(uow.session, uow.team_id, row.owner_id)
    if row.remind_at is None:
        recording.redraw(uow, row)
    elif owner is not None:
        seen = sight(uow, owner.user_id, row.channel_id)
        if seen is Sight.UNSURE:
            row.remind_at = min(uow.now + GOOD_FOR, row.remind_at)
        elif seen is Sight.OPEN:
            _remind(uow, row, owner)
    uow.session.flush()


def _remind(uow: UnitOfWork, row: DecisionRow, owner: Person) -> None:
    if row.review_on is None or row.remind_at is None:
        return
    days = rules.reminder_at(row.review_on, owner.working_time, uow.now)
    if days is None:
        return
    key = f"decisions:{row.number}:review:{row.review_on}:{days}:{owner.user_id}"
    today = owner.working_time.local(uow.now).date()
    message = reviews.reminder(recording.decision(uow, row), today)
    route = attention.reach(uow, key, owner, message, urgency=Urgency.ROUTINE)
    at = attention.opens_at(uow, owner) if route in {Route.LATER, Route.DIGEST} else None
    if at is not None:
        row.remind_at = min(at, row.remind_at)
