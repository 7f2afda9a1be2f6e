"""The coach's table: which hints were given."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base


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
