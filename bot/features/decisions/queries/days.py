"""Every statement on what somebody did about decisions in a stretch of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import ConcernRow, DecisionRow, ReviewerRow
from bot.features.decisions.rules.registry import Status


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whose doing, from `since` (included) to `until` (not)."""

    user_id: str
    since: datetime
    until: datetime


def decided(uow: UnitOfWork, of: Stretch) -> Sequence[DecisionRow]:
    """What somebody logged, and what was accepted of what they proposed."""
    rows = select(DecisionRow).where(
        DecisionRow.team_id == uow.team_id,
        DecisionRow.decided_at >= of.since,
        DecisionRow.decided_at < of.until,
        DecisionRow.logged_by == of.user_id,
        DecisionRow.status.not_in([Status.PROPOSED, Status.REJECTED]),
    )
    return uow.session.scalars(rows.order_by(DecisionRow.number)).all()


def settled(uow: UnitOfWork, of: Stretch) -> list[tuple[DecisionRow, ConcernRow]]:
    """The concerns that somebody settled."""
    rows = (
        select(DecisionRow, ConcernRow)
        .join(
            ConcernRow,
            (ConcernRow.team_id == DecisionRow.team_id) & (ConcernRow.number == DecisionRow.number),
        )
        .where(
            ConcernRow.team_id == uow.team_id,
            ConcernRow.settled_by == of.user_id,
            ConcernRow.settled_at >= of.since,
            ConcernRow.settled_at < of.until,
        )
        .order_by(ConcernRow.settled_at)
    )
    return [(decision, concern) for decision, concern in uow.session.execute(rows)]


def reviewed(uow: UnitOfWork, of: Stretch) -> list[tuple[DecisionRow, datetime]]:
    """The proposals on which somebody spoke, and when."""
    rows = (
        select(DecisionRow, ReviewerRow.voted_at)
        .join(
            ReviewerRow,
            (ReviewerRow.team_id == DecisionRow.team_id)
            & (ReviewerRow.number == DecisionRow.number),
        )
        .where(
            ReviewerRow.team_id == uow.team_id,
            ReviewerRow.user_id == of.user_id,
            ReviewerRow.voted_at >= of.since,
            ReviewerRow.voted_at < of.until,
        )
        .order_by(ReviewerRow.voted_at)
    )
    return [(decision, at) for decision, at in uow.session.execute(rows) if at is not None]
