"""Statements on who was paged, or joined."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, or_, select

from bot.core.db import insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageResponderRow, PageRow
from bot.features.redphone.rules.acknowledging import How
from bot.features.redphone.rules.states import OVER


def add(uow: UnitOfWork, page_id: UUID, user_id: str, how: How) -> bool:
    """Notes that somebody was paged, asked to join, or joined; returns whether that is new.

    Whoever was paged or asked before and joins now counts as joined from then on.
    """
    values = {
        "team_id": uow.team_id,
        "page_id": page_id,
        "user_id": user_id,
        "how": how,
        "since": uow.now,
    }
    if insert_new(uow.session, PageResponderRow, [values]):
        return True
    row = uow.session.get(PageResponderRow, (uow.team_id, page_id, user_id), populate_existing=True)
    if row is None or how is not How.JOINED or row.how == How.JOINED:
        return False
    row.how, row.since = How.JOINED, uow.now
    uow.session.flush()
    return True


def of(uow: UnitOfWork, page_id: UUID) -> Sequence[PageResponderRow]:
    """Who was paged, or joined; whoever did first, first."""
    rows = select(PageResponderRow).where(
        PageResponderRow.team_id == uow.team_id, PageResponderRow.page_id == page_id
    )
    in_order = rows.order_by(PageResponderRow.since, PageResponderRow.user_id)
    return uow.session.scalars(in_order.execution_options(populate_existing=True)).all()


def open_of(uow: UnitOfWork, user_id: str) -> Sequence[PageRow]:
    """The pages that are not over and that somebody called or responds to, by age."""
    responds = exists().where(
        PageResponderRow.team_id == PageRow.team_id,
        PageResponderRow.page_id == PageRow.id,
        PageResponderRow.user_id == user_id,
    )
    rows = select(PageRow).where(
        PageRow.team_id == uow.team_id,
        PageRow.state.not_in(sorted(OVER)),
        or_(PageRow.caller_id == user_id, responds),
    )
    return uow.session.scalars(rows.order_by(PageRow.id)).all()
