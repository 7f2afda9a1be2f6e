"""Who has to be told of which batons, and what told them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow, HandoffStepRow
from bot.features.handoffs.rules.items import State


def to_tell(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """(team, person) of those who have to be told of something, of any workspace."""
    return _holders(session, HandoffBatonRow.tell_at, HandoffBatonRow.tell_at <= now, limit)


def to_remind(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """(team, person) of those who did not take something in time, of any workspace."""
    return _holders(session, HandoffBatonRow.look_at, _is_late(now), limit)


def hold_untold(uow: UnitOfWork, holder_id: str, limit: int) -> Sequence[HandoffBatonRow]:
    """What somebody has to be told of by now; nobody else moves or tells it meanwhile."""
    return _hold(uow, holder_id, HandoffBatonRow.tell_at <= uow.now, limit)


def hold_late(uow: UnitOfWork, holder_id: str, limit: int) -> Sequence[HandoffBatonRow]:
    """What somebody did not take in time; nobody else moves it meanwhile."""
    return _hold(uow, holder_id, _is_late(uow.now), limit)


def read(uow: UnitOfWork, baton_ids: Iterable[UUID]) -> Sequence[HandoffBatonRow]:
    """These batons as they are by now, by id."""
    rows = select(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id, HandoffBatonRow.id.in_(list(baton_ids))
    )
    anew = rows.order_by(HandoffBatonRow.id).execution_options(populate_existing=True)
    return uow.session.scalars(anew).all()


def note_told(uow: UnitOfWork, steps: Iterable[HandoffStepRow], key: str) -> None:
    """Notes the message that told somebody of what happened."""
    for step in steps:
        step.told_by = key
    uow.session.flush()


def told_by(uow: UnitOfWork, key: str) -> Sequence[HandoffStepRow]:
    """Of what the message under this key told, by the ids of the batons."""
    rows = select(HandoffStepRow).where(
        HandoffStepRow.team_id == uow.team_id, HandoffStepRow.told_by == key
    )
    return uow.session.scalars(rows.order_by(HandoffStepRow.baton_id)).all()


def _is_late(now: datetime) -> ColumnElement[bool]:
    return (HandoffBatonRow.state == State.OFFERED) & (HandoffBatonRow.look_at <= now)


def _holders(
    session: Session, since: Any, which: ColumnElement[bool], limit: int
) -> Sequence[tuple[str, str]]:
    """Whoever waits longest is first."""
    place = (HandoffBatonRow.team_id, HandoffBatonRow.holder_id)
    rows = select(*place).where(which).group_by(*place).order_by(func.min(since)).limit(limit)
    return [(team_id, holder_id) for team_id, holder_id in session.execute(rows)]


def _hold(
    uow: UnitOfWork, holder_id: str, which: ColumnElement[bool], limit: int
) -> Sequence[HandoffBatonRow]:
    """Rows are locked in one order, so that no two who do so wait for each other."""
    rows = select(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id, HandoffBatonRow.holder_id == holder_id, which
    )
    in_order = rows.order_by(HandoffBatonRow.id).limit(limit).with_for_update()
    return uow.session.scalars(in_order.execution_options(populate_existing=True)).all()
