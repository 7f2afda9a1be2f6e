"""The messages that decisions rest on."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.core.db import insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionSourceRow, DecisionVersionRow


def add(uow: UnitOfWork, rows: Iterable[Mapping[str, Any]]) -> None:
    """Notes what fields of a decision rest on."""
    insert_new(uow.session, DecisionSourceRow, [{"team_id": uow.team_id, **row} for row in rows])


def resting_on(uow: UnitOfWork, channel_id: str, ts: str) -> list[int]:
    """The numbers of the decisions that rest on a message."""
    found = select(DecisionSourceRow.number).where(
        DecisionSourceRow.team_id == uow.team_id,
        DecisionSourceRow.channel_id == channel_id,
        DecisionSourceRow.ts == ts,
    )
    return sorted(set(uow.session.scalars(found)))


def of_author(uow: UnitOfWork, author_id: str) -> Sequence[DecisionSourceRow]:
    """What rests on messages of somebody."""
    return _all(uow, DecisionSourceRow.author_id == author_id)


def versions_of(uow: UnitOfWork, number: int) -> Sequence[DecisionVersionRow]:
    """How a decision was, in each version."""
    rows = select(DecisionVersionRow).where(
        DecisionVersionRow.team_id == uow.team_id, DecisionVersionRow.number == number
    )
    return uow.session.scalars(rows).all()


def _all(uow: UnitOfWork, where: ColumnElement[bool]) -> Sequence[DecisionSourceRow]:
    rows = select(DecisionSourceRow).where(DecisionSourceRow.team_id == uow.team_id, where)
    ordered = rows.order_by(DecisionSourceRow.number, DecisionSourceRow.field, DecisionSourceRow.ts)
    return uow.session.scalars(ordered).all()
