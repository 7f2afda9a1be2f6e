"""Whose data was erased lately, so that an event that Slack sends again brings nothing back.

Who it was is kept as a hash, and only as long as Slack may still send events of before.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, portions, upsert

REMEMBERED_FOR: Final = timedelta(days=3)  # Slack may send an event again for a day


class ErasureRow(Base):
    """Somebody had everything erased that they had written until then."""

    __tablename__ = "erasures"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    who: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


def note(session: Session, team_id: str, user_id: str, *, now: datetime) -> None:
    """Remembers that somebody's data was erased."""
    upsert(session, ErasureRow, {"team_id": team_id, "who": _hash(team_id, user_id), "at": now})


def covers(session: Session, team_id: str, user_id: str, instant: datetime) -> bool:
    """Whether what somebody did at an instant was erased."""
    row = session.get(ErasureRow, (team_id, _hash(team_id, user_id)))
    return row is not None and instant <= row.at


def instants(session: Session, team_id: str, user_ids: Collection[str]) -> Mapping[str, datetime]:
    """Until when was erased what somebody did, by id; others are left out."""
    people = {_hash(team_id, user_id): user_id for user_id in user_ids}
    found: dict[str, datetime] = {}
    for some in portions(sorted(people)):
        rows = select(ErasureRow.who, ErasureRow.at).where(
            ErasureRow.team_id == team_id, ErasureRow.who.in_(some)
        )
        found |= {people[who]: at for who, at in session.execute(rows)}
    return found


def forget_old(session: Session, team_id: str, *, now: datetime) -> int:
    """Deletes what no event can come of any more; returns how many."""
    old = (ErasureRow.team_id == team_id) & (ErasureRow.at < now - REMEMBERED_FOR)
    return affected(session, delete(ErasureRow).where(old))


def _hash(team_id: str, user_id: str) -> str:
    return sha256(f"{team_id}:{user_id}".encode()).hexdigest()
