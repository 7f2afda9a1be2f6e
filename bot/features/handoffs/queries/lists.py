"""Whose batons are whose, as lists, digests and boards read them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, exists, or_, select

from bot.core.db import grouped
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow, HandoffStepRow
from bot.features.handoffs.rules.items import StepKind

_NEWS: Final = [
    StepKind.TAKEN,
    StepKind.PASSED_ON,
    StepKind.MOVED,
    StepKind.CAME_BACK,
    StepKind.DONE,
    StepKind.WITHDRAWN,
]
"""What whoever handed something over wants to hear; a question comes to them as an ask."""


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

    What is with them again is told as such. The oldest first.
    """

    def read(ids: Sequence[str]) -> dict[str, list[HandoffBatonRow]]:
        news = exists().where(
            HandoffStepRow.team_id == HandoffBatonRow.team_id,
            HandoffStepRow.baton_id == HandoffBatonRow.id,
            HandoffStepRow.at >= since,
            HandoffStepRow.kind.in_(_NEWS),
            HandoffStepRow.by != HandoffBatonRow.sender_id,
        )
        is_open = HandoffBatonRow.closed_at.is_(None)
        is_current = or_(is_open, HandoffBatonRow.closed_at >= since)
        is_theirs = (HandoffBatonRow.holder_id == HandoffBatonRow.sender_id) & is_open
        theirs = HandoffBatonRow.sender_id.in_(ids) & is_current & news & ~is_theirs
        return grouped(_read(uow, theirs), by=lambda each: each.sender_id)

    return uow.for_reader(("batons moved", since), sender_id, read) or ()


def _read(uow: UnitOfWork, which: ColumnElement[bool]) -> Sequence[HandoffBatonRow]:
    rows = select(HandoffBatonRow).where(HandoffBatonRow.team_id == uow.team_id, which)
    return uow.session.scalars(rows.order_by(HandoffBatonRow.made_at, HandoffBatonRow.id)).all()
