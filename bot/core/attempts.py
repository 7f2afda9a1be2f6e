"""Attempts to reach somebody outside of Slack, queued in the same transaction as their reason.

Every row has a key that names the fact, as in the outbox; the same attempt is never queued twice.
A row is leased, and the lease committed, before anybody is called, and one whose outcome is not
known is not repeated: whoever queued it is told, and goes another way.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Index, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, insert_new
from bot.core.ids import new_id
from bot.core.queue import Queued, State, queue_indexes
from bot.core.unit_of_work import UnitOfWork

CALLER: Final = "caller"
"""The lane that makes attempts; see `Bot.in_lane`."""


class Outcome(StrEnum):
    """What became of an attempt, as it is told to features."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"  # it may have arrived


class AttemptRow(Queued, Base):
    """One call of a pager, e.g. `sms`; `user_id` is whom it reaches, empty: nobody in particular.

    `payload` is what is said, emptied when it is settled; addresses never stand in it.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        Index("uq_attempts_key", "team_id", "key", unique=True),
        *queue_indexes("attempts"),
    )

    key: Mapped[str] = mapped_column(String(128))
    pager: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]]
    queued_at: Mapped[datetime] = mapped_column(index=True)
    claimed_at: Mapped[datetime | None]


def queue(
    uow: UnitOfWork, key: str, pager: str, payload: dict[str, Any], *, user_id: str = ""
) -> bool:
    """Has a pager called; returns whether that is new. `payload` is a `ports.Notice` as data."""
    row_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": row_id,
        "lane": str(row_id),
        "urgent": True,
        "not_before": uow.outbox.machine_now,
        "key": key,
        "pager": pager,
        "user_id": user_id,
        "payload": payload,
        "queued_at": uow.now,
    }
    is_new = insert_new(uow.session, AttemptRow, [row]) == 1
    if is_new:
        uow.wakes.add(CALLER)
    return is_new


def cancel(uow: UnitOfWork, keys: Iterable[str]) -> int:
    """Takes back attempts that were not begun; returns how many.

    An attempt that is being claimed at the same time is waited for, and stays.
    """
    waiting = update(AttemptRow).where(
        AttemptRow.team_id == uow.team_id,
        AttemptRow.key.in_(sorted(keys)),
        AttemptRow.state == State.READY,
    )
    return affected(uow.session, waiting.values(state=State.DROPPED, payload={}))


def find(session: Session, team_id: str, key: str) -> AttemptRow | None:
    """The attempt that was queued under `key`."""
    own = (AttemptRow.team_id == team_id) & (AttemptRow.key == key)
    return session.scalar(select(AttemptRow).where(own))
