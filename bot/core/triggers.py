"""What was used once: Slack gives every interaction a trigger id and never sends it again."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, insert_new

KEPT_FOR: Final = timedelta(days=8)  # longer than any button is good


class UsedTriggerRow(Base):
    """One interaction that was dealt with; `trigger` is a hash of its trigger id."""

    __tablename__ = "used_triggers"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    trigger: Mapped[str] = mapped_column(String(64), primary_key=True)
    used_at: Mapped[datetime] = mapped_column(index=True)


def use(session: Session, team_id: str, trigger_id: str, *, now: datetime) -> bool:
    """Notes that an interaction is dealt with; returns False if it was before.

    The note is undone with the unit of work, should that fail.
    """
    if not trigger_id:
        return True  # nothing tells it from another
    trigger = sha256(trigger_id.encode()).hexdigest()
    row = {"team_id": team_id, "trigger": trigger, "used_at": now}
    return insert_new(session, UsedTriggerRow, [row]) == 1


def forget_old(session: Session, *, now: datetime) -> int:
    """Deletes the notes that nobody needs any more; returns how many."""
    old = delete(UsedTriggerRow).where(UsedTriggerRow.used_at < now - KEPT_FOR)
    return affected(session, old)
