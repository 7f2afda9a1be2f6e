"""Every statement on when digests are due, and what became of them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, not_, or_, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestRow, DigestScheduleRow
from bot.features.digest.queries.slices import is_drafting, is_undrafted
from bot.features.digest.rules.mornings import Due, History, State


def schedule(uow: UnitOfWork, user_id: str, next_at: datetime) -> None:
    """Schedules somebody's first digest; one that is scheduled stays."""
    row = {"team_id": uow.team_id, "user_id": user_id, "next_at": next_at}
    insert_new(uow.session, DigestScheduleRow, [row])


def scheduled(uow: UnitOfWork, user_id: str) -> datetime | None:
    """When somebody's next digest is due."""
    row = uow.session.get(DigestScheduleRow, (uow.team_id, user_id))
    return row.next_at if row else None


def everybody(uow: UnitOfWork) -> Sequence[str]:
    """Ids of those who get digests."""
    rows = select(DigestScheduleRow.user_id).where(DigestScheduleRow.team_id == uow.team_id)
    return uow.session.scalars(rows).all()


def reschedule(uow: UnitOfWork, user_id: str, next_at: datetime) -> None:
    """Moves somebody's next digest, if they get any."""
    row = uow.session.get(DigestScheduleRow, (uow.team_id, user_id))
    if row is not None:
        row.next_at = next_at


def history(uow: UnitOfWork, user_id: str) -> History:
    """What became of somebody's digests so far."""
    mine = (DigestRow.team_id == uow.team_id, DigestRow.user_id == user_id)
    made = select(func.max(DigestRow.made_at)).where(*mine, DigestRow.state != State.SKIPPED)
    last_made = uow.session.scalar(made)
    left_out = select(func.min(DigestRow.covers_from)).where(
        *mine, DigestRow.state == State.SKIPPED
    )
    if last_made is not None:
        left_out = left_out.where(DigestRow.made_at > last_made)
    return History(last_made, uow.session.scalar(left_out))


def covers_from(uow: UnitOfWork, user_id: str, local_date: date) -> datetime | None:
    """From when on somebody's digest of a date tells."""
    row = uow.session.get(DigestRow, (uow.team_id, user_id, local_date))
    return row.covers_from if row else None


def due(
    session: Session, now: datetime, limit: int, *, waiting_since: datetime | None = None
) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due, the oldest first.

    Those that came due after `waiting_since` are left out as long as drafts may come for them.
    """
    rows = select(
        DigestScheduleRow.team_id, DigestScheduleRow.user_id, DigestScheduleRow.next_at
    ).where(DigestScheduleRow.next_at <= now)
    if waiting_since is not None:
        may_come = or_(is_undrafted(), is_drafting())
        rows = rows.where(or_(DigestScheduleRow.next_at <= waiting_since, not_(may_come)))
    found = session.execute(rows.order_by(DigestScheduleRow.next_at).limit(limit))
    return [(team_id, Due(user_id, scheduled)) for team_id, user_id, scheduled in found]


def free(uow: UnitOfWork, some: Sequence[Due]) -> list[Due]:
    """Those of what is due that no other worker is at; until the end nobody else gets them."""
    when = {due.user_id: due.scheduled for due in some}
    rows = (
        select(DigestScheduleRow.user_id, DigestScheduleRow.next_at)
        .where(DigestScheduleRow.team_id == uow.team_id, DigestScheduleRow.user_id.in_(when))
        .with_for_update(skip_locked=True)
    )
    found = dict(uow.session.execute(rows).all())
    return [due for due in some if found.get(due.user_id) == when[due.user_id]]


def move_on(uow: UnitOfWork, due: Due, *, to: datetime) -> bool:
    """Claims a due digest by scheduling the next; returns False if somebody was faster."""
    claimed = (
        update(DigestScheduleRow)
        .where(
            DigestScheduleRow.team_id == uow.team_id,
            DigestScheduleRow.user_id == due.user_id,
            DigestScheduleRow.next_at == due.scheduled,
        )
        .values(next_at=to)
    )
    return affected(uow.session, claimed) == 1


def record(
    uow: UnitOfWork, user_id: str, local_date: date, state: State, covers_from: datetime
) -> bool:
    """Notes what became of somebody's digest; returns False if that date had one."""
    row = {
        "team_id": uow.team_id,
        "user_id": user_id,
        "local_date": local_date,
        "state": state,
        "covers_from": covers_from,
        "made_at": uow.now,
    }
    return insert_new(uow.session, DigestRow, [row]) == 1


def forget_old(uow: UnitOfWork, before: date) -> int:
    """Deletes what became of digests before a day; returns how many."""
    old = (DigestRow.team_id == uow.team_id) & (DigestRow.local_date < before)
    return affected(uow.session, delete(DigestRow).where(old))
