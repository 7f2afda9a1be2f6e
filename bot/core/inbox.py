"""Events as Slack sent them, kept before they are acknowledged; and the deliveries that failed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Index,
    LargeBinary,
    SQLColumnExpression,
    String,
    bindparam,
    delete,
    exists,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import logs, queue
from bot.core.bulk import BulkInsert, Row
from bot.core.crash import crash_point
from bot.core.db import Base, Database, affected, insert_new
from bot.core.ids import new_id
from bot.core.queue import Claim, Queued, State, queue_indexes, turn_indexes
from bot.core.turns import Turns

log = logs.get(__name__)

KEPT_FOR: Final = timedelta(days=3)  # Slack may send an event again for a day
BEHIND: Final = timedelta(seconds=10)


class InboxRow(Queued, Base):
    """One event; when it was dealt with its body goes, its id stays to refuse a second one."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("uq_inbox_event_id", "team_id", "event_id", unique=True),
        *queue_indexes("inbox"),
        *turn_indexes("inbox"),
    )

    event_id: Mapped[str] = mapped_column(String(64))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(index=True)


class DeliveryRow(Queued, Base):
    """An event that one listener failed on: retried for that listener alone."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("uq_deliveries_event_id", "team_id", "event_id", "listener", unique=True),
        *queue_indexes("deliveries"),
    )

    event_id: Mapped[str] = mapped_column(String(64))
    listener: Mapped[str] = mapped_column(String(128))
    body: Mapped[bytes | None] = mapped_column(LargeBinary)

    @property
    def trace(self) -> UUID:
        """The id of the event's row in the inbox."""
        return UUID(self.lane)


_INSERT: Final = BulkInsert(
    InboxRow,
    ("team_id", "id", "lane", "not_before", "event_id", "body", "received_at"),
    urgent="false",
    state=f"'{State.READY}'",
    attempts="0",
    fence="0",
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event on its way in. `lane` is the conversation it belongs to."""

    team_id: str
    event_id: str
    lane: str
    body: bytes


def accept(database: Database, events: Sequence[Envelope], *, now: datetime) -> int:
    """Stores events durably, all or none; returns how many were not here before."""
    rows = _rows(events, now)
    try:
        new = _store(database, rows)
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        new = _store(database, rows)  # the server was started again; a second time changes nothing
    crash_point("inbox.after_commit")
    log.info("events received", traces=[row[1] for row in rows])
    return new


def add(session: Session, events: Sequence[Envelope], *, now: datetime) -> int:
    """Stores events with whatever else stands in this transaction; returns how many are new."""
    session.flush()
    return _INSERT.run(session.connection(), _rows(events, now))


def _rows(events: Sequence[Envelope], now: datetime) -> list[Row]:
    """By id, so that two processes that get the same ones never wait for each other in a circle."""
    rows = [
        (each.team_id, new_id(), each.lane, now, each.event_id, each.body, now) for each in events
    ]
    return sorted(rows, key=lambda row: (row[0], row[4]))


def _store(database: Database, rows: Sequence[Row]) -> int:
    with database.accepting() as connection:
        new = _INSERT.run(connection, rows)
        crash_point("inbox.before_commit")
    return new


def claim(
    session: Session, turns: Turns[InboxRow], *, now: datetime, lease: timedelta, limit: int
) -> list[Claim[InboxRow]]:
    """Takes the events to be dealt with next, of each conversation in order."""
    if queue.has_lost(session, InboxRow, now=now):
        queue.expire_leases(session, InboxRow, now=now, give_up=True)
    return turns.claim(session, now=now, lease=lease, limit=limit)


def claim_deliveries(
    session: Session, listeners: Collection[str], *, now: datetime, lease: timedelta, limit: int
) -> list[Claim[DeliveryRow]]:
    """Takes the failed deliveries to these listeners whose time has come again.

    Those to others are left to a newer version, which has them.
    """
    queue.expire_leases(session, DeliveryRow, now=now, give_up=True)
    known = DeliveryRow.listener.in_(sorted(listeners))
    return queue.claim(session, DeliveryRow, known, now=now, lease=lease, limit=limit)


def deliver_later(
    session: Session, event: InboxRow, listener: str, error: str, *, now: datetime
) -> None:
    """Notes that one listener failed on an event, to try again for it alone."""
    row = {
        "team_id": event.team_id,
        "id": new_id(),
        "lane": str(event.id),  # nothing else waits for this one
        "not_before": now + queue.backoff(1),
        "attempts": 1,
        "error": error,
        "event_id": event.event_id,
        "listener": listener,
        "body": event.body,
    }
    insert_new(session, DeliveryRow, [row])


def has_unread(session: Session, team_id: str, channel_id: str) -> bool:
    """Whether events of a conversation still wait: what they say could change what is due."""
    given = {"team_id": team_id, "channel_id": channel_id}
    return bool(session.scalar(_HAS_UNREAD, given))


def is_unread(
    team_id: SQLColumnExpression[str], channel_id: SQLColumnExpression[str]
) -> ColumnElement[bool]:
    """The same as a condition, about the columns of another table."""
    return exists().where(
        InboxRow.team_id == team_id,
        InboxRow.lane == channel_id,
        queue.is_in(InboxRow, State.READY, State.LEASED, State.UNKNOWN),  # as of `ix_inbox_lane`
    )


_HAS_UNREAD: Final = select(is_unread(bindparam("team_id"), bindparam("channel_id")))


def forget(session: Session, claim: Claim[InboxRow]) -> None:
    """Deletes an event that was claimed; it may be deleted by now with all of its workspace."""
    ours = (InboxRow.team_id == claim.row.team_id) & (InboxRow.id == claim.row.id)
    session.execute(delete(InboxRow).where(ours, InboxRow.fence == claim.fence))


def forget_old(session: Session, *, now: datetime) -> int:
    """Deletes finished events that Slack can no longer send again; returns how many.

    And failed deliveries that wait as long for a listener: no version that runs has it.
    """
    finished = InboxRow.state.in_([State.DONE, State.DROPPED])
    old = delete(InboxRow).where(finished, InboxRow.received_at < now - KEPT_FOR)
    delivered = DeliveryRow.state.in_([State.DONE, State.DROPPED, State.READY])
    session.execute(delete(DeliveryRow).where(delivered, DeliveryRow.not_before < now - KEPT_FOR))
    return affected(session, old)


def is_behind(session: Session, team_id: str, *, now: datetime) -> bool:
    """Whether events of a workspace wait for longer than they should."""
    late = now - BEHIND
    return queue.is_due(session, InboxRow, InboxRow.team_id == team_id, now=late)
