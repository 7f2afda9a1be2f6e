"""Whose data was erased lately, so that an event that Slack sends again brings nothing back.

Who it was is kept as a hash, and only as long as Slack may still send events of before.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, portions, upsert

REMEMBERED_FOR: Final = timedelta(days=3)  # Slack may send an event again for a day


class ErasureRow(Base):
    """Somebody had everything erased that they had written until then."""

    __tablename__ = "erasures"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    who: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


def _until() -> Select[Any]:
    columns = ErasureRow.__table__.c
    wanted = columns.who.in_(bindparam("all_who", expanding=True))
    return select(columns.who, columns.at).where(columns.team_id == bindparam("team_id"), wanted)


_UNTIL: Final = _until()


def note(session: Session, team_id: str, user_id: str, *, now: datetime) -> None:
    """Remembers that somebody's data was erased."""
    upsert(session, ErasureRow, {"team_id": team_id, "who": _hash(team_id, user_id), "at": now})


def covers(session: Session, team_id: str, user_id: str, instant: datetime) -> bool:
    """Whether what somebody did at an instant was erased."""
    until = instants(session, team_id, [user_id]).get(user_id)
    return until is not None and instant <= until


def instants(session: Session, team_id: str, user_ids: Collection[str]) -> Mapping[str, datetime]:
    """Until when was erased what somebody did, by id; others are left out."""
    people = {_hash(team_id, user_id): user_id for user_id in user_ids}
    found: dict[str, datetime] = {}
    for some in portions(sorted(people)):
        rows = session.execute(_UNTIL, {"team_id": team_id, "all_who": some})
        found |= {people[who]: at for who, at in rows}
    return found


def forget_old(session: Session, team_id: str, *, now: datetime) -> int:
    """Deletes what no event can come of any more; returns how many."""
    old = (ErasureRow.team_id == team_id) & (ErasureRow.at < now - REMEMBERED_FOR)
    return affected(session, delete(ErasureRow).where(old))


def _hash(team_id: str, user_id: str) -> str:
    return sha256(f"{team_id}:{user_id}".encode()).hexdigest()
