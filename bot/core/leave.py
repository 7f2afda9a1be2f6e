"""When people are away: what they told Baton, and what their status says."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import Date, Select, String, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import (
    Base,
    forget_lasting,
    grouped,
    lasting,
    portions,
    those_with,
    upsert,
)
from bot.core.patterns import regex

LONGEST: Final = timedelta(days=366)
"""Nobody is counted out for longer, whatever they say or their status does."""
AWAY_EMOJI: Final = frozenset(
    {"palm_tree", "desert_island", "beach_with_umbrella", "face_with_thermometer"}
)
AWAY_WORDS: Final = ("vacation", "on leave", "out of office", "ooo", "out sick", "parental leave")
"""Statuses that Slack itself offers ("Vacationing", "Out sick"), and what people write."""


_AWAY: Final = regex(rf"\b(?:{'|'.join(AWAY_WORDS)})\b", re.IGNORECASE)


class LeaveRow(Base):
    """Days on which somebody does not work, both included."""

    __tablename__ = "leaves"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    first_day: Mapped[date] = mapped_column(Date, primary_key=True)
    last_day: Mapped[date] = mapped_column(Date)
    is_status: Mapped[bool] = mapped_column(primary_key=True)  # seen in Slack, not told
    told_at: Mapped[datetime]


def _leaves() -> Select[Any]:
    columns = LeaveRow.__table__.c
    found = select(columns.user_id, columns.first_day, columns.last_day, columns.is_status).where(
        columns.team_id == bindparam("team_id"),
        columns.user_id.in_(bindparam("user_ids", expanding=True)),
        columns.last_day >= bindparam("since"),
    )
    return found.order_by(columns.first_day, columns.is_status)


_LEAVES: Final = _leaves()

_Read: TypeAlias = tuple[date, Sequence[tuple[date, date, bool]]]
"""From which day on leaves were read, and these: the first and last day, and if it is a status."""


@dataclass(frozen=True, slots=True)
class Leave:
    """A stretch of days away, both ends included."""

    first_day: date
    last_day: date

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Leave and public holidays together."""

    leaves: tuple[Leave, ...]
    holidays: Container[date]

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return any(day in leave for leave in self.leaves) or day in self.holidays


@dataclass(frozen=True, slots=True)
class Status:
    """Somebody's status in Slack; `until` is empty where it does not end by itself."""

    emoji: str = ""
    text: str = ""
    until: datetime | None = None

    @property
    def means_away(self) -> bool:
        """Whether it says that they do not work."""
        return self.emoji.strip(":") in AWAY_EMOJI or bool(_AWAY.search(self.text))


def leave_of_status(status: Status, seen: datetime) -> Leave | None:
    """The days a status tells of; `seen` is when it was read, in the person's own time.

    One that does not end by itself counts until it is read again, which is within the next day.
    """
    if not status.means_away:
        return None
    first_day = seen.date()
    if status.until is None:
        return Leave(first_day, first_day + timedelta(days=1))
    until = min(status.until, seen.astimezone(UTC) + LONGEST).astimezone(seen.tzinfo).date()
    return Leave(first_day, until) if until >= first_day else None


def of(
    session: Session, team_id: str, user_id: str, *, since: date, only_told: bool = False
) -> list[Leave]:
    """Somebody's leaves that are not over, the next first; with `only_told` without statuses."""
    together = those_with(session, user_id)
    read_ahead(session, team_id, together, since=since)
    return [
        Leave(first_day, last_day)
        for first_day, last_day, is_status in _known(session)[team_id, user_id][1]
        if last_day >= since and not (only_told and is_status)
    ]


def read_ahead(session: Session, team_id: str, user_ids: Iterable[str], *, since: date) -> None:
    """Reads the leaves of many people in one go, for when they are asked about one by one."""
    known = _known(session)
    nothing = (date.max, ())
    unread = {each for each in user_ids if known.get((team_id, each), nothing)[0] > since}
    for some in portions(sorted(unread)):
        given = {"team_id": team_id, "user_ids": some, "since": since}
        theirs = grouped(session.execute(_LEAVES, given), by=lambda row: row.user_id)
        for user_id in some:
            found = tuple(tuple(row)[1:] for row in theirs.get(user_id, ()))
            known[team_id, user_id] = (since, found)


def _known(session: Session) -> dict[tuple[str, str], _Read]:
    return lasting(session, "leaves", dict)


def note_status(
    session: Session,
    team_id: str,
    user_id: str,
    status: Status,
    seen: datetime,
    *,
    away_since: datetime | None,
) -> None:
    """Keeps for which days somebody's status said that they are away, or that it no longer does.

    So the first digest after it tells of all of it. `seen` is in the person's own time;
    `away_since` is when it was read the last time, if it said so then, too.
    """
    today = seen.date()
    forget_lasting(session)
    if leave_of_status(status, seen) is not None:
        first_day = min(away_since.astimezone(seen.tzinfo).date(), today) if away_since else today
        leave = Leave(first_day, today)
        _keep(session, team_id, user_id, leave, now=seen, is_status=True)
        return
    current = select(LeaveRow).where(
        LeaveRow.team_id == team_id,
        LeaveRow.user_id == user_id,
        LeaveRow.is_status,
        LeaveRow.last_day >= today,
    )
    for row in session.scalars(current).all():
        _end(session, row, before=today)
    session.flush()


def tell(session: Session, team_id: str, user_id: str, leave: Leave, *, now: datetime) -> None:
    """Notes a leave; one that begins on the same day is replaced."""
    _keep(session, team_id, user_id, leave, now=now, is_status=False)


def _keep(
    session: Session, team_id: str, user_id: str, leave: Leave, *, now: datetime, is_status: bool
) -> None:
    forget_lasting(session)
    values = {
        "team_id": team_id,
        "user_id": user_id,
        "first_day": leave.first_day,
        "last_day": leave.last_day,
        "is_status": is_status,
        "told_at": now,
    }
    upsert(session, LeaveRow, values)


def end(session: Session, team_id: str, user_id: str, leave: Leave, *, before: date) -> None:
    """Ends a leave before a day; one that had not begun by then is deleted."""
    forget_lasting(session)
    told = {"is_status": False, "first_day": leave.first_day}
    row = session.get(LeaveRow, {"team_id": team_id, "user_id": user_id, **told})
    if row is not None:
        _end(session, row, before=before)
    session.flush()


def _end(session: Session, row: LeaveRow, *, before: date) -> None:
    if row.first_day < before:
        row.last_day = before - timedelta(days=1)
    else:
        session.delete(row)
