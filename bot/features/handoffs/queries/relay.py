"""Has the clock look at batons whose people's times changed, or who left."""

from sqlalchemy import ColumnElement, select, true, update

from bot.core.db import affected
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.rules.items import State


def look_at_offered(uow: UnitOfWork, holder_id: str = "") -> None:
    """Has the clock look soon at what somebody, or anybody, is to take."""
    is_offered = HandoffBatonRow.state == State.OFFERED
    is_theirs = HandoffBatonRow.holder_id == holder_id if holder_id else true()
    _look_at(uow, is_offered & is_theirs)


def look_at_all_of(uow: UnitOfWork, user_id: str) -> None:
    """Has the clock look soon at what is with somebody, or waits for an answer of theirs."""
    waits = HandoffBatonRow.state == State.RETURNED
    is_asked = waits & (HandoffBatonRow.sender_id == user_id)
    _look_at(uow, (HandoffBatonRow.holder_id == user_id) | is_asked)


def _look_at(uow: UnitOfWork, which: ColumnElement[bool]) -> None:
    """Rows are locked in one order, so that no two who do so wait for each other."""
    is_open = HandoffBatonRow.closed_at.is_(None)
    rows = select(HandoffBatonRow.id).where(HandoffBatonRow.team_id == uow.team_id, is_open, which)
    in_order = rows.order_by(HandoffBatonRow.id).with_for_update()
    soon = update(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id, HandoffBatonRow.id.in_(in_order.scalar_subquery())
    )
    affected(uow.session, soon.values(look_at=uow.now))
