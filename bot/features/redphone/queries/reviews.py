"""Statements on whether pages were emergencies."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageReviewRow, PageRow
from bot.features.redphone.rules.reviews import Words


def said(uow: UnitOfWork, *, since: datetime, caller_id: str | None = None) -> Mapping[UUID, Words]:
    """What was said of each page since then that was no drill; of one caller's, if given."""
    is_callers = PageReviewRow.user_id == PageRow.caller_id
    rows = (
        select(PageRow.id, is_callers, PageReviewRow.was_emergency)
        .join(
            PageReviewRow,
            (PageReviewRow.team_id == PageRow.team_id) & (PageReviewRow.page_id == PageRow.id),
        )
        .where(
            PageRow.team_id == uow.team_id,
            PageRow.paged_at >= since,
            PageRow.is_drill.is_(False),
            PageReviewRow.was_emergency.is_not(None),
        )
    )
    if caller_id is not None:
        rows = rows.where(PageRow.caller_id == caller_id)
    found: dict[UUID, Words] = {}
    for page_id, by_caller, said_so in uow.session.execute(rows):
        before = found.get(page_id, Words(None, None))
        found[page_id] = (
            Words(before.responder, said_so) if by_caller else Words(said_so, before.caller)
        )
    return found
