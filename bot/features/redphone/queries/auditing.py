"""Statements on whether pages go on."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow, PageStepRow
from bot.features.redphone.rules.auditing import Seen
from bot.features.redphone.rules.states import OVER, State


def open_ones(session: Session) -> list[Seen]:
    """How the pages that are not over stand, in all workspaces."""
    step = (PageStepRow.team_id == PageRow.team_id) & (PageStepRow.page_id == PageRow.id)
    unsettled = select(func.min(PageStepRow.settle_by)).where(step).scalar_subquery()
    pages = select(
        PageRow.team_id,
        PageRow.id,
        PageRow.state,
        PageRow.position,
        PageRow.next_at,
        unsettled,
        PageRow.alarmed_at,
    ).where(PageRow.state.not_in(sorted(OVER)))
    return [
        Seen(team_id, page_id, State(state), position, next_at, settle_by, alarmed_at is not None)
        for team_id, page_id, state, position, next_at, settle_by, alarmed_at in session.execute(
            pages
        )
    ]


def alarm(uow: UnitOfWork, page_id: UUID) -> bool:
    """Notes that there was an alarm about a page; False: there was one before."""
    unalarmed = update(PageRow).where(
        PageRow.team_id == uow.team_id, PageRow.id == page_id, PageRow.alarmed_at.is_(None)
    )
    return affected(uow.session, unalarmed.values(alarmed_at=uow.now)) == 1


def calm(uow: UnitOfWork, page_id: UUID) -> bool:
    """Notes that a page goes on again; False: nobody was alarmed."""
    alarmed = update(PageRow).where(
        PageRow.team_id == uow.team_id, PageRow.id == page_id, PageRow.alarmed_at.is_not(None)
    )
    return affected(uow.session, alarmed.values(alarmed_at=None)) == 1
