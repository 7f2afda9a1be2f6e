"""Every statement on the tables of the digest."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestRow, DigestScheduleRow
from bot.features.digest.rules import State


def schedule(uow: UnitOfWork, user_id: str, next_at: datetime) -> None:
    """Schedules somebody's first digest; one that is scheduled stays."""
    row = {"team_id": uow.team_id, "user_id": user_id, "next_at": next_at}
    insert_new(uow.session, DigestScheduleRow, [row])


def scheduled(uow: UnitOfWork, user_id: str) -> datetime | None:
    """When somebody's next digest is due."""
    row = uow.session.get(DigestScheduleRow, (uow.team_id, user_id))
    return row.next_at if row else None


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str, datetime]]:
    """(team, person, time) of the digests that are due, the oldest first."""
    rows = select(
        DigestScheduleRow.team_id, DigestScheduleRow.user_id, DigestScheduleRow.next_at
    ).where(DigestScheduleRow.next_at <= now)
    return session.execute(rows.order_by(DigestScheduleRow.next_at).limit(limit)).all()


def move_on(uow: UnitOfWork, user_id: str, *, seen: datetime, to: datetime) -> bool:
    """Claims a due digest by scheduling the next; returns False if somebody was faster."""
    claimed = (
        update(DigestScheduleRow)
        .where(
            DigestScheduleRow.team_id == uow.team_id,
            DigestScheduleRow.user_id == user_id,
            DigestScheduleRow.next_at == seen,
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
