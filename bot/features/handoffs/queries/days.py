"""Every statement on when people are offered to hand over."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.db import insert_new, portions
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffDayRow
from bot.features.handoffs.rules.days import Ending


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, tuple[str, datetime]]]:
    """(team, (person, when)) of whose day has to be looked at, the oldest first."""
    rows = select(HandoffDayRow.team_id, HandoffDayRow.user_id, HandoffDayRow.next_at).where(
        HandoffDayRow.next_at <= now
    )
    found = session.execute(rows.order_by(HandoffDayRow.next_at).limit(limit))
    return [(team_id, (user_id, next_at)) for team_id, user_id, next_at in found]


def claim(uow: UnitOfWork, user_id: str, scheduled: datetime) -> bool:
    """Takes on to look at somebody's day, which is then to be moved; False: others were at it."""
    row = uow.session.scalar(
        select(HandoffDayRow)
        .where(HandoffDayRow.team_id == uow.team_id, HandoffDayRow.user_id == user_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    return row is not None and row.next_at == scheduled


def move(uow: UnitOfWork, user_id: str, to: Ending) -> None:
    """Looks at somebody's day again at its next ending."""
    uow.session.get_one(HandoffDayRow, (uow.team_id, user_id)).next_at = to.at


def look_now(uow: UnitOfWork, user_ids: Iterable[str]) -> None:
    """Has somebody look at these people's days at once, and from then on at each ending."""
    for some in portions(sorted(user_ids)):
        rows = [
            {"team_id": uow.team_id, "user_id": user_id, "next_at": uow.now} for user_id in some
        ]
        insert_new(uow.session, HandoffDayRow, rows)
        _look_at(uow, some)


def look_at_known(uow: UnitOfWork) -> None:
    """Has somebody look at once at the days of all who are scheduled."""
    _look_at(uow, None)


def forget(uow: UnitOfWork, user_id: str) -> None:
    """Schedules nothing more of somebody until they are to be offered something again."""
    uow.session.execute(
        delete(HandoffDayRow).where(
            HandoffDayRow.team_id == uow.team_id, HandoffDayRow.user_id == user_id
        )
    )


def _look_at(uow: UnitOfWork, user_ids: Sequence[str] | None) -> None:
    later = update(HandoffDayRow).where(
        HandoffDayRow.team_id == uow.team_id, HandoffDayRow.next_at > uow.now
    )
    if user_ids is not None:
        later = later.where(HandoffDayRow.user_id.in_(user_ids))
    uow.session.execute(later.values(next_at=uow.now))
