"""The table of asks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base

_TO_NUDGE = text("nudge_at IS NOT NULL")
_WAITING = text("state IN ('open', 'overdue')")


class AskRow(Base):
    """One person asked for one thing. What was said stays in the message store.

    `root_ts` is the message under which an answer is expected; `nudge_at` is empty once there is
    nothing more to remind of.
    """

    __tablename__ = "asks"
    __table_args__ = (
        Index(
            "uq_asks_message_ts", "team_id", "channel_id", "message_ts", "answerer_id", unique=True
        ),
        Index("ix_asks_nudge_at", "nudge_at", sqlite_where=_TO_NUDGE, postgresql_where=_TO_NUDGE),
        Index(
            "ix_asks_answerer_id",
            "team_id",
            "answerer_id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_asks_asker_id", "team_id", "asker_id", "closed_at"),
        Index("ix_asks_root_ts", "team_id", "channel_id", "root_ts"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    root_ts: Mapped[str] = mapped_column(String(32))
    asker_id: Mapped[str] = mapped_column(String(32))
    answerer_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    nudge_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
