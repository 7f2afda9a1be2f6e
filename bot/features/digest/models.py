"""The tables of the digest."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base

_DRAFTING: Final = text("state = 'drafting'")


class DigestRow(Base):
    """One person's digest of one local date: there is never a second one."""

    __tablename__ = "digests"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    covers_from: Mapped[datetime]
    made_at: Mapped[datetime]


class DigestScheduleRow(Base):
    """When somebody's next digest is due."""

    __tablename__ = "digest_schedules"
    __table_args__ = (Index("ix_digest_schedules_next_at", "next_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    next_at: Mapped[datetime]
    drafted_for: Mapped[datetime | None]  # the `next_at` that drafts were asked for, ahead
    translated_for: Mapped[datetime | None]  # the same of translations


class DigestSliceRow(Base):
    """What was said in one channel from `covers_from` on, as lines that a model worded.

    They tell of what was said until `told_until`; `told_from` says the same as `covers_from`, for
    the version before. `needed_at` is when the digest that comes first is due, `read` are the `ts`
    of what the model has read, `prompt` is which prompt it was asked with.
    """

    __tablename__ = "digest_slices"
    __table_args__ = (
        Index("ix_digest_slices_told_until", "told_until"),
        Index(
            "ix_digest_slices_drafting",
            "team_id",
            "channel_id",
            sqlite_where=_DRAFTING,
            postgresql_where=_DRAFTING,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    covers_from: Mapped[datetime] = mapped_column(primary_key=True)
    told_from: Mapped[datetime]
    told_until: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    lines: Mapped[list[Any]]
    needed_at: Mapped[datetime | None]
    read: Mapped[list[Any]] = mapped_column(server_default="[]")
    prompt: Mapped[str] = mapped_column(String(80), server_default="")


class DigestTranslationRow(Base):
    """The lines of a slice in another language, by the revision of what each said; they go with it.

    `state` is as a slice's; it was asked for at `asked_at`.
    """

    __tablename__ = "digest_translations"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    covers_from: Mapped[datetime] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    lines: Mapped[dict[str, Any]]
