"""The coach's table: which hints were given."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import JSON, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base

_UNDONE: Final = text("state != 'done'")
_PLACE_OF_WORDING: Final = ("team_id", "kind", "user_id", "channel_id", "ts")


class HintRow(Base):
    """A message whose author was given a hint (`on`), or would have been (`shadow`).

    Who wrote it is not kept.
    """

    __tablename__ = "coach_hints"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    rule: Mapped[str] = mapped_column(String(32))
    mode: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime]


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
