"""The tables of the red phone."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


class PageRow(Base):
    """One use of the red phone. `form_id` is the form it came from: sent twice, it pages once."""

    __tablename__ = "pages"
    __table_args__ = (Index("uq_pages_form_id", "team_id", "form_id", unique=True),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(String(64))
    caller_id: Mapped[str] = mapped_column(String(32))
    paged_id: Mapped[str] = mapped_column(String(32))
    what: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16))
    paged_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]


class OnCallRow(Base):
    """Who is on call in a workspace."""

    __tablename__ = "on_call"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32))
    set_by: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime]
