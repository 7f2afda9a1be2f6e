"""The minutes of which Slack dropped events: it delivers so many an hour, and tells of each minute.

What it told waits here until gaps are made of it (`core/gaps`). https://docs.slack.dev/apis/events-api/#rate_limiting
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, insert_new

MINUTE: Final = timedelta(minutes=1)
KEPT_FOR: Final = timedelta(days=31)
MAY_BE_OFF: Final = timedelta(days=1)
"""A notice of another time than about now is one of now."""


class DroppedMinuteRow(Base):
    """Slack dropped events of that minute; the instant is when it began."""

    __tablename__ = "dropped_minutes"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    minute: Mapped[datetime] = mapped_column(primary_key=True)


def note(session: Session, team_id: str, seconds: int, *, now: datetime) -> bool:
    """Remembers a minute, given in seconds since 1970; returns False if it was known."""
    at = now
    if abs(seconds - now.timestamp()) <= MAY_BE_OFF.total_seconds():
        at = datetime.fromtimestamp(seconds, UTC)
    minute = at.replace(second=0, microsecond=0)
    return insert_new(session, DroppedMinuteRow, [{"team_id": team_id, "minute": minute}]) == 1


def forget_old(session: Session, team_id: str, *, now: datetime) -> int:
    """Deletes what nobody made a gap of; returns how many."""
    old = (DroppedMinuteRow.team_id == team_id) & (DroppedMinuteRow.minute < now - KEPT_FOR)
    return affected(session, delete(DroppedMinuteRow).where(old))
