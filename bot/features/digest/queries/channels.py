"""Every statement on when digests of channels are due, and what became of them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new, upsert
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestChannelPostRow, DigestChannelRow
from bot.features.digest.rules.channels import Due
from bot.features.digest.rules.mornings import State


def scheduled(uow: UnitOfWork, channel_id: str) -> DigestChannelRow | None:
    """When a channel's next digest is due, and from when on it tells; None: it gets none."""
    return uow.session.get(DigestChannelRow, (uow.team_id, channel_id), populate_existing=True)


def schedule(uow: UnitOfWork, channel_id: str, next_at: datetime, *, covers_from: datetime) -> None:
    """Schedules a channel's next digest, in the place of one that was scheduled."""
    row = {
        "team_id": uow.team_id,
        "channel_id": channel_id,
        "next_at": next_at,
        "covers_from": covers_from,
    }
    upsert(uow.session, DigestChannelRow, row)


def unschedule(uow: UnitOfWork, channel_id: str) -> None:
    """Has a channel get no digest."""
    row = delete(DigestChannelRow).where(
        DigestChannelRow.team_id == uow.team_id, DigestChannelRow.channel_id == channel_id
    )
    uow.session.execute(row)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, Due]]:
    """(team, digest) of those that are due, the oldest first."""
    rows = select(
        DigestChannelRow.team_id, DigestChannelRow.channel_id, DigestChannelRow.next_at
    ).where(DigestChannelRow.next_at <= now)
    found = session.execute(rows.order_by(DigestChannelRow.next_at).limit(limit))
    return [(team_id, Due(channel_id, next_at)) for team_id, channel_id, next_at in found]


def claim(uow: UnitOfWork, due: Due, *, next_at: datetime) -> bool:
    """Claims a due digest by scheduling the next; returns False if somebody was faster."""
    claimed = update(DigestChannelRow).where(
        DigestChannelRow.team_id == uow.team_id,
        DigestChannelRow.channel_id == due.channel_id,
        DigestChannelRow.next_at == due.scheduled,
    )
    return affected(uow.session, claimed.values(next_at=next_at)) == 1


def told(uow: UnitOfWork, channel_id: str) -> None:
    """Has a channel's next digest tell of what is new from now on."""
    mine = update(DigestChannelRow).where(
        DigestChannelRow.team_id == uow.team_id, DigestChannelRow.channel_id == channel_id
    )
    uow.session.execute(mine.values(covers_from=uow.now))


def record(uow: UnitOfWork, channel_id: str, local_date: date, state: State) -> bool:
    """Notes what became of a channel's digest; returns False if that date had one."""
    row = {
        "team_id": uow.team_id,
        "channel_id": channel_id,
        "local_date": local_date,
        "state": state,
        "made_at": uow.now,
    }
    return insert_new(uow.session, DigestChannelPostRow, [row]) == 1


def last_date(uow: UnitOfWork, channel_id: str) -> date | None:
    """The newest local date of which a channel's digest was made, or folded into the next."""
    newest = select(func.max(DigestChannelPostRow.local_date)).where(*_posts(uow, channel_id))
    found: date | None = uow.session.scalar(newest)
    return found


def last_told(uow: UnitOfWork, channel_id: str) -> datetime | None:
    """When a digest last told what was said in a channel, also if there was nothing to say."""
    newest = select(func.max(DigestChannelPostRow.made_at)).where(
        *_posts(uow, channel_id), DigestChannelPostRow.state != State.FOLDED
    )
    return uow.session.scalar(newest)


def forget_old(uow: UnitOfWork, before: date) -> int:
    """Deletes what became of digests before a day; returns how many."""
    old = delete(DigestChannelPostRow).where(
        DigestChannelPostRow.team_id == uow.team_id, DigestChannelPostRow.local_date < before
    )
    return affected(uow.session, old)


def _posts(uow: UnitOfWork, channel_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        DigestChannelPostRow.team_id == uow.team_id,
        DigestChannelPostRow.channel_id == channel_id,
    )
