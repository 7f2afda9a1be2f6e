"""Statements on whether pages were emergencies."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.core.db import insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageReviewRow, PageRow
from bot.features.redphone.rules.reviews import Words


def add(uow: UnitOfWork, page_id: UUID, user_ids: Collection[str], ask_at: datetime) -> None:
    """Notes whom to ask about a page, and when; whoever was asked before is not asked again."""
    rows = [
        {
            "team_id": uow.team_id,
            "page_id": page_id,
            "user_id": each,
            "ask_at": ask_at,
            "asked_at": ask_at,
        }
        for each in sorted(user_ids)
    ]
    insert_new(uow.session, PageReviewRow, rows)


def forget_unasked(uow: UnitOfWork, page_id: UUID) -> None:
    """Nobody is asked about a page who was not yet."""
    waiting = delete(PageReviewRow).where(
        PageReviewRow.team_id == uow.team_id,
        PageReviewRow.page_id == page_id,
        PageReviewRow.ask_at.is_not(None),
        PageReviewRow.was_emergency.is_(None),
    )
    uow.session.execute(waiting)


def of(uow: UnitOfWork, page_id: UUID, user_id: str, *, lock: bool = False) -> PageReviewRow | None:
    """What somebody was asked, and said, about a page; `lock`: nobody else writes it meanwhile."""
    return uow.session.get(
        PageReviewRow,
        (uow.team_id, page_id, user_id),
        populate_existing=True,
        with_for_update=lock or None,
    )


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, tuple[UUID, str]]]:
    """(team, (page, person)) of those who are to be asked by now, in any workspace."""
    rows = select(PageReviewRow.team_id, PageReviewRow.page_id, PageReviewRow.user_id)
    found = session.execute(
        rows.where(PageReviewRow.ask_at <= now).order_by(PageReviewRow.ask_at).limit(limit)
    )
    return [(team_id, (page_id, user_id)) for team_id, page_id, user_id in found]


def unanswered(
    uow: UnitOfWork, user_id: str, since: datetime
) -> Sequence[tuple[PageReviewRow, PageRow]]:
    """What somebody was asked since then and did not answer, with the pages, by age."""
    of_page = (PageRow.team_id == PageReviewRow.team_id) & (PageRow.id == PageReviewRow.page_id)
    rows = (
        select(PageReviewRow, PageRow)
        .join(PageRow, of_page)
        .where(
            PageReviewRow.team_id == uow.team_id,
            PageReviewRow.user_id == user_id,
            PageReviewRow.ask_at.is_(None),
            PageReviewRow.was_emergency.is_(None),
            PageReviewRow.asked_at >= since,
        )
    )
    found = uow.session.execute(rows.order_by(PageReviewRow.asked_at))
    return [(review, page) for review, page in found]


def said(
    uow: UnitOfWork,
    *,
    since: datetime,
    caller_id: str | None = None,
    until: datetime | None = None,
) -> Mapping[UUID, Words]:
    """What was said of each page since then that was no drill; of one caller's, if given.

    `until`: only what was said by then.
    """
    by_caller = PageReviewRow.user_id == PageRow.caller_id
    of_page = (PageReviewRow.team_id == PageRow.team_id) & (PageReviewRow.page_id == PageRow.id)
    rows = (
        select(PageRow.id, by_caller, PageReviewRow.was_emergency)
        .join(PageReviewRow, of_page)
        .where(
            PageRow.team_id == uow.team_id,
            PageRow.paged_at >= since,
            PageRow.is_drill.is_(False),
            PageReviewRow.was_emergency.is_not(None),
        )
    )
    if caller_id is not None:
        rows = rows.where(PageRow.caller_id == caller_id)
    if until is not None:
        rows = rows.where(PageReviewRow.answered_at <= until)
    found: dict[UUID, Words] = {}
    for page_id, is_callers, was in uow.session.execute(rows):
        before = found.get(page_id, Words(None, None))
        both = (before.responder, was) if is_callers else (was, before.caller)
        found[page_id] = Words(*both)
    return found
