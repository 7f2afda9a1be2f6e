"""Every statement on who stands in for whom."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, delete, or_, select
from sqlalchemy.orm import Session

from bot.core import boards
from bot.core.db import affected, insert_new
from bot.core.leave import Leave
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffStandInRow


def named_on(uow: UnitOfWork, user_id: str, day: date) -> str:
    """Whom somebody named last for a day; empty: nobody."""
    rows = _rows(
        uow,
        HandoffStandInRow.user_id == user_id,
        HandoffStandInRow.stand_in_id != "",
        HandoffStandInRow.first_day <= day,
        HandoffStandInRow.last_day >= day,
    )
    row = uow.session.scalars(rows.order_by(HandoffStandInRow.noted_at.desc()).limit(1)).first()
    return row.stand_in_id if row else ""


def get(uow: UnitOfWork, user_id: str, first_day: date) -> HandoffStandInRow | None:
    """What is noted from that day on, locked."""
    key = (uow.team_id, user_id, first_day)
    return uow.session.get(HandoffStandInRow, key, with_for_update=True, populate_existing=True)


def of_person(uow: UnitOfWork, user_id: str, since: date) -> Sequence[HandoffStandInRow]:
    """What somebody noted that is not over, the next first."""
    rows = _rows(uow, HandoffStandInRow.user_id == user_id, HandoffStandInRow.last_day >= since)
    return uow.session.scalars(rows.order_by(HandoffStandInRow.first_day)).all()


def by_stand_in(uow: UnitOfWork, user_id: str, since: date) -> Sequence[HandoffStandInRow]:
    """For whom somebody stands in, now or later, the next first."""
    rows = _rows(uow, HandoffStandInRow.stand_in_id == user_id, HandoffStandInRow.last_day >= since)
    return uow.session.scalars(rows.order_by(HandoffStandInRow.first_day)).all()


def put(
    uow: UnitOfWork, user_id: str, days: Leave, stand_in_id: str, *, is_of_leave: bool
) -> HandoffStandInRow:
    """Names somebody for these days; what was noted for any of them before goes."""
    before = _rows(
        uow,
        HandoffStandInRow.user_id == user_id,
        HandoffStandInRow.first_day <= days.last_day,
        HandoffStandInRow.last_day >= days.first_day,
    )
    look_at = None
    for known in uow.session.scalars(before.with_for_update()).all():
        if known.first_day == days.first_day:
            look_at = known.look_at
            uow.session.delete(known)
        else:
            clear(uow, known)
    uow.session.flush()
    row = HandoffStandInRow(
        team_id=uow.team_id,
        user_id=user_id,
        first_day=days.first_day,
        last_day=days.last_day,
        stand_in_id=stand_in_id,
        is_of_leave=is_of_leave,
        noted_at=uow.now,
        look_at=look_at,
    )
    uow.session.add(row)
    uow.session.flush()
    boards.touch_all(uow)  # whoever asked them may ask somebody else instead
    return row


def expect(uow: UnitOfWork, user_id: str, leave: Leave, look_at: datetime | None) -> None:
    """Notes a leave for which nobody is named yet, once."""
    row = {
        "team_id": uow.team_id,
        "user_id": user_id,
        "first_day": leave.first_day,
        "last_day": leave.last_day,
        "stand_in_id": "",
        "is_of_leave": True,
        "noted_at": uow.now,
        "look_at": look_at,
    }
    insert_new(uow.session, HandoffStandInRow, [row])


def clear(uow: UnitOfWork, row: HandoffStandInRow, *, tell_at: datetime | None = None) -> None:
    """Nobody stands in on these days any more, which is to be told then; a leave is still known."""
    if row.is_of_leave or tell_at is not None:
        row.stand_in_id, row.noted_at = "", uow.now
        row.look_at = tell_at or row.look_at
    else:
        uow.session.delete(row)
    uow.session.flush()
    boards.touch_all(uow)


def move(uow: UnitOfWork, row: HandoffStandInRow, days: Leave) -> HandoffStandInRow:
    """Has a leave be on other days; what is offered by then is looked at again."""
    stand_in_id, look_at = row.stand_in_id, row.look_at
    drop(uow, row)
    moved = put(uow, row.user_id, days, stand_in_id, is_of_leave=True)
    moved.look_at = look_at
    uow.session.flush()
    return moved


def drop(uow: UnitOfWork, row: HandoffStandInRow) -> None:
    """Forgets what was noted."""
    uow.session.delete(row)
    uow.session.flush()
    boards.touch_all(uow)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, tuple[str, date]]]:
    """(team, (user, first day)) of what has to be looked at by now, the oldest first."""
    row = HandoffStandInRow
    rows = select(row.team_id, row.user_id, row.first_day).where(row.look_at <= now)
    found = session.execute(rows.order_by(row.look_at).limit(limit))
    return [(team_id, (user_id, first_day)) for team_id, user_id, first_day in found]


def concerning(uow: UnitOfWork, user_id: str) -> Sequence[HandoffStandInRow]:
    """What somebody noted, and where they are named."""
    rows = _rows(uow, _concerns(user_id))
    return uow.session.scalars(rows.order_by(HandoffStandInRow.first_day)).all()


def forget(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody noted, and where they are named; returns how many."""
    row = HandoffStandInRow
    gone = delete(row).where(row.team_id == uow.team_id, _concerns(user_id))
    boards.touch_all(uow)
    return affected(uow.session, gone)


def forget_old(uow: UnitOfWork, before: date) -> int:
    """Deletes what was over before a day; returns how many."""
    row = HandoffStandInRow
    return affected(
        uow.session, delete(row).where(row.team_id == uow.team_id, row.last_day < before)
    )


def _rows(uow: UnitOfWork, *where: ColumnElement[bool]) -> Select[HandoffStandInRow]:
    return select(HandoffStandInRow).where(HandoffStandInRow.team_id == uow.team_id, *where)


def _concerns(user_id: str) -> ColumnElement[bool]:
    return or_(HandoffStandInRow.user_id == user_id, HandoffStandInRow.stand_in_id == user_id)
