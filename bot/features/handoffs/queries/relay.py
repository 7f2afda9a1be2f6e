"""Which batons the clock goes on with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select, true

from bot.core.db import grouped
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow, HandoffStepRow
from bot.features.handoffs.rules.items import State, StepKind

_NEWS: Final = [
    StepKind.TAKEN,
    StepKind.PASSED_ON,
    StepKind.MOVED,
    StepKind.CAME_BACK,
    StepKind.DONE,
    StepKind.WITHDRAWN,
]
"""What whoever handed something over wants to hear; a question comes to them as an ask."""


def offered(uow: UnitOfWork, holder_id: str = "") -> Sequence[HandoffBatonRow]:
    """The batons that somebody, or anybody, is to take; nobody else moves them meanwhile."""
    is_offered = HandoffBatonRow.state == State.OFFERED
    is_theirs = HandoffBatonRow.holder_id == holder_id if holder_id else true()
    return _locked(uow, is_offered & is_theirs)


def concerning(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBatonRow]:
    """The open batons that are with somebody, or wait for an answer of theirs, in the same way."""
    waits = HandoffBatonRow.state == State.RETURNED
    is_asked = waits & (HandoffBatonRow.sender_id == user_id)
    return _locked(uow, (HandoffBatonRow.holder_id == user_id) | is_asked)


def _locked(uow: UnitOfWork, which: ColumnElement[bool]) -> Sequence[HandoffBatonRow]:
    """In one order, so that no two who lock them wait for each other."""
    rows = select(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id, HandoffBatonRow.closed_at.is_(None), which
    )
    in_order = rows.order_by(HandoffBatonRow.id).with_for_update()
    return uow.session.scalars(in_order.execution_options(populate_existing=True)).all()


def held_by(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBatonRow]:
    """The open batons that somebody has or is to take, the oldest first."""

    def read(ids: Sequence[str]) -> dict[str, list[HandoffBatonRow]]:
        theirs = HandoffBatonRow.holder_id.in_(ids) & HandoffBatonRow.closed_at.is_(None)
        return grouped(_read(uow, theirs), by=lambda each: each.holder_id)

    return uow.for_reader("batons held", user_id, read) or ()


def sent_by(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBatonRow]:
    """The open batons that somebody handed over, the oldest first."""

    def read(ids: Sequence[str]) -> dict[str, list[HandoffBatonRow]]:
        theirs = HandoffBatonRow.sender_id.in_(ids) & HandoffBatonRow.closed_at.is_(None)
        return grouped(_read(uow, theirs), by=lambda each: each.sender_id)

    return uow.for_reader("batons sent", user_id, read) or ()


def moved_since(uow: UnitOfWork, sender_id: str, since: datetime) -> Sequence[HandoffBatonRow]:
    """What somebody handed over and somebody else, or the clock, did something about since then.

    The oldest first.
    """

    def read(ids: Sequence[str]) -> dict[str, list[HandoffBatonRow]]:
        news = exists().where(
            HandoffStepRow.team_id == HandoffBatonRow.team_id,
            HandoffStepRow.baton_id == HandoffBatonRow.id,
            HandoffStepRow.at >= since,
            HandoffStepRow.kind.in_(_NEWS),
            HandoffStepRow.by != HandoffBatonRow.sender_id,
        )
        is_current = or_(HandoffBatonRow.closed_at.is_(None), HandoffBatonRow.closed_at >= since)
        theirs = HandoffBatonRow.sender_id.in_(ids) & is_current & news
        return grouped(_read(uow, theirs), by=lambda each: each.sender_id)

    return uow.for_reader(("batons moved", since), sender_id, read) or ()


def _read(uow: UnitOfWork, which: ColumnElement[bool]) -> Sequence[HandoffBatonRow]:
    rows = select(HandoffBatonRow).where(HandoffBatonRow.team_id == uow.team_id, which)
    return uow.session.scalars(rows.order_by(HandoffBatonRow.made_at, HandoffBatonRow.id)).all()
