"""The coach's tables: which hints were given, and who wants none."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


class HintRow(Base):
    """A message whose author was given a hint; shown to nobody."""

    __tablename__ = "coach_hints"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    rule: Mapped[str] = mapped_column(String(32))
    given_at: Mapped[datetime]


class HintsOffRow(Base):
    """Somebody who wants no hints."""

    __tablename__ = "coach_hints_off"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime]
