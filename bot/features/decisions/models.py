"""The tables of the decision registry."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


class DecisionRow(Base):
    """One decision, numbered within its workspace; a thread is logged once.

    `owner_id` logged it, `author_id` said what is quoted in it; empty: unknown, or erased.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index("uq_decisions_root_ts", "team_id", "channel_id", "root_ts", unique=True),
        Index("ix_decisions_decided_at", "team_id", "decided_at"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str] = mapped_column(String(32))
    author_id: Mapped[str] = mapped_column(String(32), default="")
    channel_id: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    root_ts: Mapped[str] = mapped_column(String(32))
    decided_at: Mapped[datetime]


class DecisionDraftRow(Base):
    """A form that somebody opened on a message, until it is sent off."""

    __tablename__ = "decision_drafts"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32))
    author_id: Mapped[str] = mapped_column(String(32), default="")
    channel_id: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    root_ts: Mapped[str] = mapped_column(String(32))
    opened_at: Mapped[datetime]


class DecisionCountRow(Base):
    """How many decisions a workspace has; the next one gets the next number."""

    __tablename__ = "decision_counts"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    newest: Mapped[int]
