"""The tables of the digest."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


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
