"""Which batons the clock goes on with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select, true, update

from bot.core.db import affected, grouped
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
