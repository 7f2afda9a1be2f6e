"""What was given up, for an operator to look at, try again or drop."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.core import queue
from bot.core.errors import NoDeadLetter
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.outbox import POSTS, OutboxRow
from bot.core.queue import State

Row = InboxRow | DeliveryRow | OutboxRow


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A row that was given up; `what` tells which work it was."""

    id: UUID
    team_id: str
    queue: str
    what: str
    attempts: int
    error: str
    content: str


def every(session: Session) -> list[DeadLetter]:
    """All of them, the oldest first."""
    return [_letter(row) for row in _rows(session)]


def show(session: Session, wanted: str) -> DeadLetter:
    """The one whose id begins with `wanted`. Raises NoDeadLetter."""
    return _letter(_row(session, wanted))


def replay(session: Session, wanted: str, *, now: datetime) -> DeadLetter:
    """Gives it a new set of attempts; a post that may be out is looked up first.

    Raises NoDeadLetter.
    """
    row = _row(session, wanted)
    letter = _letter(row)
    queue.replay(row, now=now)
    if isinstance(row, OutboxRow) and row.method in POSTS and row.sent_after:
        row.state = State.UNKNOWN
    return letter


def drop(session: Session, wanted: str) -> DeadLetter:
    """Gives it up for good; its content is deleted. Raises NoDeadLetter."""
    row = _row(session, wanted)
    letter = _letter(row)
    row.state = State.DROPPED
    if isinstance(row, OutboxRow):
        row.payload = {}
    else:
        row.body = None
    return letter


def _rows(session: Session) -> list[Row]:
    rows: list[Row] = []
    for table in (InboxRow, DeliveryRow, OutboxRow):
        rows += session.scalars(select(table).where(table.state == State.DEAD))
    return sorted(rows, key=lambda row: row.id)


def _row(session: Session, wanted: str) -> Row:
    found = [row for row in _rows(session) if str(row.id).startswith(wanted)]
    if len(found) != 1:
        raise NoDeadLetter(f"({wanted}: {len(found)} begin like this)")
    return found[0]


def _letter(row: Row) -> DeadLetter:
    match row:
        case InboxRow():
            what, content = (f"event {row.event_id}", (row.body or b"").decode(errors="replace"))
        case DeliveryRow():
            what = f"event {row.event_id} for {row.listener}"
            content = (row.body or b"").decode(errors="replace")
        case OutboxRow():
            what = f"{row.method} to {row.recipient}, {row.key}"
            content = str(row.payload.get("text", ""))
    return DeadLetter(
        row.id, row.team_id, row.__tablename__, what, row.attempts, row.error or "", content
    )
