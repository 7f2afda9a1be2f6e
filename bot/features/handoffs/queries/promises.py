"""Every statement on what people promised in stand-ups."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update

from bot.core.db import affected, insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import StandupPromiseRow
from bot.features.handoffs.rules.promises import Changes
from bot.features.handoffs.rules.standups import Spot


def made(uow: UnitOfWork, spot: Spot, user_id: str) -> Sequence[StandupPromiseRow]:
    """What somebody promised in a stand-up, in order."""
    rows = select(StandupPromiseRow).where(
        *_of(uow, spot.channel_id, user_id), StandupPromiseRow.promised_on == spot.day
    )
    return uow.session.scalars(rows.order_by(StandupPromiseRow.number)).all()


def to_account_for(
    uow: UnitOfWork, spot: Spot, user_id: str, settled_at: datetime | None, limit: int
) -> Sequence[StandupPromiseRow]:
    """What somebody promised before a stand-up and has not brought to an end, the newest first.

    Also what they brought to an end at `settled_at`: they may say it otherwise.
    """
    is_open = StandupPromiseRow.delivered_at.is_(None) & StandupPromiseRow.dropped_at.is_(None)
    rows = select(StandupPromiseRow).where(
        *_of(uow, spot.channel_id, user_id),
        StandupPromiseRow.promised_on < spot.day,
        or_(is_open, *_settled(settled_at)),
    )
    order = (StandupPromiseRow.promised_on.desc(), StandupPromiseRow.number)
    return uow.session.scalars(rows.order_by(*order).limit(limit)).all()


def delivered(
    uow: UnitOfWork, channel_id: str, user_id: str, at: datetime
) -> Sequence[StandupPromiseRow]:
    """What somebody said at an instant they had delivered."""
    rows = select(StandupPromiseRow).where(
        *_of(uow, channel_id, user_id), StandupPromiseRow.delivered_at == at
    )
    order = (StandupPromiseRow.promised_on, StandupPromiseRow.number)
    return uow.session.scalars(rows.order_by(*order)).all()


def told_on(
    uow: UnitOfWork, spot: Spot, instants: Iterable[datetime | None]
) -> Sequence[StandupPromiseRow]:
    """What was promised for a stand-up, or came to its end at one of these instants."""
    rows = select(StandupPromiseRow).where(
        StandupPromiseRow.team_id == uow.team_id,
        StandupPromiseRow.channel_id == spot.channel_id,
        or_(
            StandupPromiseRow.promised_on == spot.day,
            StandupPromiseRow.delivered_at.in_([each for each in instants if each]),
        ),
    )
    order = (StandupPromiseRow.promised_on, StandupPromiseRow.number)
    return uow.session.scalars(rows.order_by(*order)).all()


def settle(
    uow: UnitOfWork, promise_id: UUID, *, delivered_at: datetime | None, dropped_at: datetime | None
) -> None:
    """Notes what became of a promise; neither: it is open."""
    mine = update(StandupPromiseRow).where(
        StandupPromiseRow.team_id == uow.team_id, StandupPromiseRow.id == promise_id
    )
    uow.session.execute(mine.values(delivered_at=delivered_at, dropped_at=dropped_at))


def change(uow: UnitOfWork, spot: Spot, user_id: str, changes: Changes) -> None:
    """Has somebody's promises of a stand-up be what they wrote."""
    gone = delete(StandupPromiseRow).where(
        StandupPromiseRow.team_id == uow.team_id, StandupPromiseRow.id.in_(changes.removed)
    )
    affected(uow.session, gone)
    for promise_id, number in changes.numbers.items():
        mine = update(StandupPromiseRow).where(
            StandupPromiseRow.team_id == uow.team_id, StandupPromiseRow.id == promise_id
        )
        uow.session.execute(mine.values(number=number))
    place = {"team_id": uow.team_id, "channel_id": spot.channel_id, "user_id": user_id}
    rows = [
        place
        | {"id": new_id(), "promised_on": spot.day, "number": number, "what": what}
        | {"delivered_at": None, "dropped_at": None}
        for number, what in changes.added
    ]
    insert_new(uow.session, StandupPromiseRow, rows)


def touching(
    uow: UnitOfWork, channel_id: str, week: tuple[date, date], stretch: tuple[datetime, datetime]
) -> Sequence[StandupPromiseRow]:
    """What was promised in a channel on these dates, or came to its end in this stretch of time."""
    start, end = stretch
    rows = select(StandupPromiseRow).where(
        StandupPromiseRow.team_id == uow.team_id,
        StandupPromiseRow.channel_id == channel_id,
        or_(
            StandupPromiseRow.promised_on.between(*week),
            StandupPromiseRow.delivered_at.between(start, end),
            StandupPromiseRow.dropped_at.between(start, end),
        ),
    )
    order = (StandupPromiseRow.promised_on, StandupPromiseRow.number, StandupPromiseRow.id)
    return uow.session.scalars(rows.order_by(*order)).all()


def _of(uow: UnitOfWork, channel_id: str, user_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        StandupPromiseRow.team_id == uow.team_id,
        StandupPromiseRow.channel_id == channel_id,
        StandupPromiseRow.user_id == user_id,
    )


def _settled(at: datetime | None) -> list[ColumnElement[bool]]:
    if at is None:
        return []
    return [StandupPromiseRow.delivered_at == at, StandupPromiseRow.dropped_at == at]
