"""The coach's tables."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base

_UNDONE: Final = text("state != 'done'")
_PLACE_OF_WORDING: Final = ("team_id", "kind", "user_id", "channel_id", "ts")


class LookRow(Base):
    """A message at which the coach looks once more at `look_at`, when its author had time."""

    __tablename__ = "coach_looks"
    __table_args__ = (Index("ix_coach_looks_look_at", "look_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(8))
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


class WordingRow(Base):
    """Words that a model is asked for: a draft in order, or a kind reading of a message.

    Which draft or message it is about is told by its place and, of a draft, by `rev`; its text
    stays where messages are stored. `parts` are the words of a draft's new version, as long as they
    can be used; a reading's row goes when it is sent.
    """

    __tablename__ = "coach_wordings"
    __table_args__ = (
        Index("uq_coach_wordings_place", *_PLACE_OF_WORDING, unique=True),
        Index(
            "ix_coach_wordings_made_at",
            "made_at",
            sqlite_where=_UNDONE,
            postgresql_where=_UNDONE,
        ),
        Index("ix_coach_wordings_ts", "team_id", "channel_id", "ts"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str] = mapped_column(String(32))
    channel_id: Mapped[str] = mapped_column(String(32))
    ts: Mapped[str] = mapped_column(String(32))
    rev: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    missing: Mapped[list[str]] = mapped_column(JSON)
    parts: Mapped[dict[str, str]] = mapped_column(JSON)
