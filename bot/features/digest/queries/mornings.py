"""Every statement on when digests are due, and what became of them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestRow, DigestScheduleRow
from bot.features.digest.rules.mornings import Due, Morning, Scheduled, State, Told


def schedule(uow: UnitOfWork, user_id: str, first: Morning, told: Told) -> bool:
    """Schedules somebody's first digest; returns False if one is scheduled."""
    row = {
        "team_id": uow.team_id,
        "user_id": user_id,
        "next_at": first.at,
        "next_on": first.day,
        "told_until": told.until,
        "tells_from": told.then,
    }
    return insert_new(uow.session, DigestScheduleRow, [row]) == 1


def scheduled(uow: UnitOfWork, user_id: str, *, lock: bool = False) -> Scheduled | None:
    """Somebody's next digest; with a `lock` nobody moves it meanwhile."""
    row = uow.session.get(
        DigestScheduleRow,
        (uow.team_id, user_id),
        with_for_update=lock or None,
        populate_existing=lock,
    )
    return _scheduled(row) if row else None


def claim(uow: UnitOfWork, some: Sequence[Due]) -> dict[str, Scheduled]:
    """Takes on due digests, which are then to be moved, by person; not those others were at."""
    when = {due.user_id: due.scheduled for due in some}
    rows = uow.session.scalars(
        select(DigestScheduleRow)
        .where(DigestScheduleRow.team_id == uow.team_id, DigestScheduleRow.user_id.in_(when))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return {row.user_id: _scheduled(row) for row in rows if row.next_at == when[row.user_id]}


def everybody(uow: UnitOfWork) -> Sequence[str]:
    """Ids of those who get digests."""
    rows = select(DigestScheduleRow.user_id).where(DigestScheduleRow.team_id == uow.team_id)
    return uow.session.scalars(rows).all()


def move(uow: UnitOfWork, user_id: str, to: Morning, told: Told) -> None:
    """Moves somebody's next digest, and notes how far they were told."""
    row = uow.session.get_one(DigestScheduleRow, (uow.team_id, user_id))
    row.next_at, row.next_on = to.at, to.day
    row.told_until, row.tells_from = told.until, told.then


def forget_schedule(uow: UnitOfWork, user_id: str) -> None:
    """Schedules no more digests of somebody until they are enrolled again."""
    uow.session.execute(
        delete(DigestScheduleRow).where(
            DigestScheduleRow.team_id == uow.team_id, DigestScheduleRow.user_id == user_id
        )
    )


def had(uow: UnitOfWork, user_id: str, since: date) -> frozenset[date]:
    """The local dates from a day on of which somebody had their digest."""

    def read(ids: Sequence[str]) -> dict[str, set[date]]:
        dates = select(DigestRow.user_id, DigestRow.local_date).where(
            DigestRow.team_id == uow.team_id,
            DigestRow.user_id.in_(ids),
            DigestRow.local_date >= since,
        )
        found: dict[str, set[date]] = {}
        for who, day in uow.session.execute(dates):
            found.setdefault(who, set()).add(day)
        return found

    return frozenset(uow.for_reader(("digests had", since), user_id, read) or ())


def covers_from(uow: UnitOfWork, user_id: str, local_date: date) -> datetime | None:
    """From when on somebody's digest of a date tells."""
    row = uow.session.get(DigestRow, (uow.team_id, user_id, local_date))
    return row.covers_from if row else None


def was_sent(uow: UnitOfWork, user_id: str, at: datetime | None) -> bool:
    """Whether somebody's digest was made then, and had something to say."""
    row = DigestRow
    theirs = (row.team_id == uow.team_id) & (row.user_id == user_id)
    sent = theirs & (row.made_at == at) & (row.state == State.SENT)
    return uow.session.scalar(select(row.local_date).where(sent)) is not None


def due(
    session: Session, until: datetime, limit: int, *where: ColumnElement[bool]
) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due by then, the oldest first."""
    rows = select(
        DigestScheduleRow.team_id, DigestScheduleRow.user_id, DigestScheduleRow.next_at
    ).where(DigestScheduleRow.next_at <= until, *where)
    found = session.execute(rows.order_by(DigestScheduleRow.next_at).limit(limit))
    return [(team_id, Due(user_id, scheduled)) for team_id, user_id, scheduled in found]


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


def _scheduled(row: DigestScheduleRow) -> Scheduled:
    return Scheduled(row.next_at, row.next_on, Told(row.told_until, row.tells_from))
