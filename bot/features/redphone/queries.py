"""Every statement on the tables of the red phone."""

from uuid import UUID

from sqlalchemy import update

from bot.core.db import affected, insert_new, upsert
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import OnCallRow, PageRow
from bot.features.redphone.rules import State


def on_call(uow: UnitOfWork) -> OnCallRow | None:
    """Who is on call."""
    return uow.session.get(OnCallRow, uow.team_id)


def set_on_call(uow: UnitOfWork, user_id: str, set_by: str) -> None:
    """Puts somebody on call."""
    values = {"team_id": uow.team_id, "user_id": user_id, "set_by": set_by, "since": uow.now}
    upsert(uow.session, OnCallRow, values)


def add_page(
    uow: UnitOfWork, form_id: str, *, caller_id: str, paged_id: str, what: str
) -> UUID | None:
    """Notes a page; None if this form was sent off before."""
    page_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": page_id,
        "form_id": form_id,
        "caller_id": caller_id,
        "paged_id": paged_id,
        "what": what,
        "state": State.OPEN,
        "paged_at": uow.now,
    }
    return page_id if insert_new(uow.session, PageRow, [row]) else None


def page(uow: UnitOfWork, page_id: UUID) -> PageRow | None:
    """The page with this id."""
    return uow.session.get(PageRow, (uow.team_id, page_id))


def acknowledge(uow: UnitOfWork, page_id: UUID) -> bool:
    """Claims an open page; returns False if it was acknowledged before."""
    claimed = (
        update(PageRow)
        .where(PageRow.team_id == uow.team_id, PageRow.id == page_id, PageRow.state == State.OPEN)
        .values(state=State.ACKNOWLEDGED, acknowledged_at=uow.now)
    )
    return affected(uow.session, claimed) == 1
