"""The coach's tables."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


class LookRow(Base):
    """A message at which the coach looks once more at `look_at`, when its author had time.

    `text` is empty where the message store has it.
    """

    __tablename__ = "coach_looks"
    __table_args__ = (Index("ix_coach_looks_look_at", "look_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    look_at: Mapped[datetime]


class HintRow(Base):
    """A message whose author was given a hint (`on`), or would have been (`shadow`).

    Each rule once in a thread, or at a message outside of threads. Who wrote it is not kept.
    `outcome`: the author completed the message, or said that the hint was of no help.
    """

    __tablename__ = "coach_hints"
    __table_args__ = (
        Index("ix_coach_hints_ts", "team_id", "channel_id", "ts"),
        Index("ix_coach_hints_given_at", "team_id", "given_at"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    root_ts: Mapped[str] = mapped_column(String(32), primary_key=True, server_default="")
    rule: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32))
    mode: Mapped[str] = mapped_column(String(8))
    outcome: Mapped[str] = mapped_column(String(16), server_default="")
    given_at: Mapped[datetime]


class CoachedRow(Base):
    """Since when Baton works for somebody, and when they had, or would have had, the last hint."""

    __tablename__ = "coach_people"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime | None]
    hinted_at: Mapped[datetime | None]
    shadowed_at: Mapped[datetime | None]


class RefusalRow(Base):
    """How often a kind of hint was of no help to somebody; after the third it stays away."""

    __tablename__ = "coach_refusals"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    rule: Mapped[str] = mapped_column(String(32), primary_key=True)
    count: Mapped[int]
    off_until: Mapped[datetime | None]
