"""Statements on the timelines of pages."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from bot.core.db import insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageEventRow
from bot.features.redphone.rules.states import EventKind


def add(uow: UnitOfWork, page_id: UUID, kind: EventKind, user_id: str, text: str) -> UUID:
    """Notes that something happened, now; returns its id."""
    event_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": event_id,
        "page_id": page_id,
        "at": uow.now,
        "kind": kind,
        "user_id": user_id,
        "text": text,
    }
    insert_new(uow.session, PageEventRow, [row])
    return event_id


def of(uow: UnitOfWork, page_id: UUID) -> Sequence[PageEventRow]:
    """What happened on a page, in order."""
    rows = select(PageEventRow).where(
        PageEventRow.team_id == uow.team_id, PageEventRow.page_id == page_id
    )
    return uow.session.scalars(rows.order_by(PageEventRow.at, PageEventRow.id)).all()


def last(uow: UnitOfWork, page_id: UUID, kind: EventKind) -> PageEventRow | None:
    """The last thing of a kind that happened on a page."""
    rows = select(PageEventRow).where(
        PageEventRow.team_id == uow.team_id,
        PageEventRow.page_id == page_id,
        PageEventRow.kind == kind,
    )
    return uow.session.scalars(rows.order_by(PageEventRow.id.desc()).limit(1)).first()
