"""Every statement on the tables of the red phone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from bot.core import boards
from bot.core.audit import FORGOTTEN
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
    boards.touch_all(uow)


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


def pages_of(uow: UnitOfWork, user_id: str, *, since: datetime | None = None) -> Sequence[PageRow]:
    """The pages that somebody sent or got, by age; all of them, or those `since` then."""

    def read(ids: Sequence[str]) -> dict[str, list[PageRow]]:
        theirs = or_(PageRow.caller_id.in_(ids), PageRow.paged_id.in_(ids))
        rows = select(PageRow).where(PageRow.team_id == uow.team_id, theirs)
        if since is not None:
            rows = rows.where(PageRow.paged_at >= since)
        found: dict[str, list[PageRow]] = {}
        for row in uow.session.scalars(rows.order_by(PageRow.id)):
            for who in {row.caller_id, row.paged_id}:
                found.setdefault(who, []).append(row)
        return found

    return uow.for_reader(("pages", since), user_id, read) or ()


def forget_pages(uow: UnitOfWork, user_id: str) -> int:
    """Deletes the pages somebody sent, and their name in those they got; returns how many."""
    ours = PageRow.team_id == uow.team_id
    sent = affected(uow.session, delete(PageRow).where(ours, PageRow.caller_id == user_id))
    got = update(PageRow).where(ours, PageRow.paged_id == user_id)
    return sent + affected(uow.session, got.values(paged_id=FORGOTTEN))


def forget_old(uow: UnitOfWork, days: int, kept_days: int) -> int:
    """Empties the words of pages older than `days`, deletes those older than `kept_days`, too."""
    old = (PageRow.team_id == uow.team_id) & (PageRow.what != "")
    worded = update(PageRow).where(old, PageRow.paged_at < uow.now - timedelta(days=max(days, 1)))
    longest = uow.now - timedelta(days=max(days, kept_days))
    rows = delete(PageRow).where(PageRow.team_id == uow.team_id, PageRow.paged_at < longest)
    return affected(uow.session, worded.values(what="")) + affected(uow.session, rows)


def is_on(uow: UnitOfWork, user_id: str) -> list[OnCallRow]:
    """The row that puts somebody on call, if they are."""
    row = on_call(uow)
    return [row] if row is not None and row.user_id == user_id else []


def forget_on_call(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody off call, and their name off what they set; returns how many."""
    ours = OnCallRow.team_id == uow.team_id
    by_them = update(OnCallRow).where(ours, OnCallRow.set_by == user_id)
    uow.session.execute(by_them.values(set_by=FORGOTTEN))
    boards.touch_all(uow)
    return affected(uow.session, delete(OnCallRow).where(ours, OnCallRow.user_id == user_id))
