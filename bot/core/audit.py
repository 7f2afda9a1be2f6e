"""Who did what to which thing of ours; names and values, never what people wrote."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, cast, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, storable
from bot.core.ids import new_id

FORGOTTEN: Final = "somebody"
"""Who it was, once that person had themselves erased."""
MAX_ABOUT: Final = 128


class AuditRow(Base):
    """One thing that was done, or refused."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_about", "team_id", "about", "id"),
        Index("ix_audit_actor_id", "team_id", "actor_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(64))
    about: Mapped[str] = mapped_column(String(MAX_ABOUT))
    before: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    after: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trail. `action` is e.g. `setting.changed`, `about` what it was done to."""

    at: datetime
    actor_id: str
    action: str
    about: str
    before: Any
    after: Any


def record(
    session: Session,
    team_id: str,
    *,
    at: datetime,
    actor_id: str,
    action: str,
    about: str,
    before: Any = None,
    after: Any = None,
) -> None:
    """Adds a line, in the transaction of what it tells of. `before` and `after` are plain JSON."""
    session.add(
        AuditRow(
            team_id=team_id,
            id=new_id(),
            at=at,
            actor_id=storable(actor_id)[:32],
            action=action,
            about=storable(about)[:MAX_ABOUT],
            before=before,
            after=after,
        )
    )


def entries(
    session: Session, team_id: str, about: str | None = None, *, limit: int = 100
) -> list[Entry]:
    """The newest lines, about one thing if it is given; the newest first."""
    where = [AuditRow.team_id == team_id]
    if about is not None:
        where.append(AuditRow.about == about)
    newest = select(AuditRow).where(*where).order_by(AuditRow.id.desc()).limit(limit)
    return [_entry(row) for row in session.scalars(newest)]


def entries_below(
    session: Session, team_id: str, about: str, action: str, *, limit: int
) -> list[Entry]:
    """The newest lines of one kind about everything whose name begins with `about`."""
    where = (AuditRow.team_id == team_id, AuditRow.action == action)
    below = AuditRow.about.startswith(about, autoescape=True)
    newest = select(AuditRow).where(*where, below).order_by(AuditRow.id.desc()).limit(limit)
    return [_entry(row) for row in session.scalars(newest)]


def done_by(session: Session, team_id: str, user_id: str) -> list[Entry]:
    """Everything somebody did, the oldest first."""
    theirs = select(AuditRow).where(AuditRow.team_id == team_id, AuditRow.actor_id == user_id)
    return [_entry(row) for row in session.scalars(theirs.order_by(AuditRow.id))]


def forget_person(session: Session, team_id: str, user_id: str) -> int:
    """Takes somebody's id off the trail; what was done stays. Returns how many lines they wrote."""
    naming = [
        cast(column, Text).contains(user_id, autoescape=True)
        for column in (AuditRow.about, AuditRow.before, AuditRow.after)
    ]
    for row in session.scalars(select(AuditRow).where(AuditRow.team_id == team_id, or_(*naming))):
        row.about = row.about.replace(user_id, FORGOTTEN)[:MAX_ABOUT]
        row.before = _without(row.before, user_id)
        row.after = _without(row.after, user_id)
    session.flush()
    theirs = update(AuditRow).where(AuditRow.team_id == team_id, AuditRow.actor_id == user_id)
    return affected(session, theirs.values(actor_id=FORGOTTEN))


def _without(value: Any, user_id: str) -> Any:
    """Plain data without an id in it."""
    return json.loads(json.dumps(value).replace(user_id, FORGOTTEN))


def _entry(row: AuditRow) -> Entry:
    return Entry(row.at, row.actor_id, row.action, row.about, row.before, row.after)
