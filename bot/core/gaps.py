"""Gaps: stretches of time in which what was said in a workspace may not have come here.

Slack drops events where there are too many of them and tells of the minutes (`core/dropped`); or
nobody here took events in for a while (`core/heartbeat`). What was said then is asked for once
there is time (`slack/backfill`); until it is known a gap is open, and digests say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, Index, String, delete, exists, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, insert_new
from bot.core.dropped import MINUTE, DroppedMinuteRow
from bot.core.ids import new_id
from bot.core.queue import Queued, State, queue_indexes

REACH: Final = timedelta(days=1)
"""What was said longer ago than this is not asked for any more."""
SETTLES_IN: Final = timedelta(minutes=2)
"""A gap is left for so long: Slack tells of minutes one by one, and channels have to be known."""
KEPT_FOR: Final = timedelta(days=31)
_LANE: Final = "gaps"


class Why(StrEnum):
    """Why events did not come."""

    DROPPED = "dropped"  # Slack delivers so many an hour
    OUTAGE = "outage"  # nobody here took them in


class GapRow(Queued, Base):
    """One gap, from `since` to `until`; done: it is filled.

    Dropped: it is too long ago for that, or there is a channel that Slack does not tell of.

    `left` is what is to be asked still, None: it was not begun. A workspace's gaps are one lane.
    """

    __tablename__ = "gaps"
    __table_args__ = (Index("ix_gaps_until", "team_id", "until"), *queue_indexes("gaps"))

    since: Mapped[datetime]
    until: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(8))
    left: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of time of which messages may be missing."""

    since: datetime
    until: datetime
    why: Why


def note(session: Session, team_id: str, gap: Gap, *, now: datetime, machine_now: datetime) -> None:
    """Remembers a gap, unless it is known; one that follows another closely makes that longer."""
    same = (GapRow.team_id == team_id, GapRow.why == gap.why)
    near = select(GapRow).where(*same, GapRow.until >= gap.since, GapRow.since <= gap.until)
    rows = session.scalars(near.order_by(GapRow.since).with_for_update()).all()
    since = gap.since
    for row in rows:
        since = max(since, row.until) if row.since <= since else since
    if since >= gap.until:
        return
    not_before = machine_now + SETTLES_IN
    growing = next((row for row in rows if row.left is None and row.state == State.READY), None)
    if growing is not None:
        growing.since, growing.until = min(growing.since, since), max(growing.until, gap.until)
        growing.not_before = not_before
        return
    reached = min(max(since, now - REACH), gap.until)
    parts = ((since, reached, State.DROPPED), (reached, gap.until, State.READY))
    rows_of = {"team_id": team_id, "lane": _LANE, "not_before": not_before, "why": gap.why}
    fresh = [
        {"id": new_id(), "since": begins, "until": ends, "state": state, **rows_of}
        for begins, ends, state in parts
        if begins < ends
    ]
    insert_new(session, GapRow, fresh)


def has_notices(session: Session) -> bool:
    """Whether Slack told of minutes of which no gap was made yet."""
    return bool(session.scalar(select(exists().select_from(DroppedMinuteRow))))


def take_notices(session: Session, *, now: datetime, machine_now: datetime) -> None:
    """Makes gaps of the minutes that Slack told of."""
    told = select(DroppedMinuteRow).order_by(DroppedMinuteRow.team_id, DroppedMinuteRow.minute)
    of_team: dict[str, list[datetime]] = {}
    for row in session.scalars(told.with_for_update(skip_locked=True)):
        of_team.setdefault(row.team_id, []).append(row.minute)
        session.delete(row)
    for team_id, minutes in of_team.items():
        for since, until in stretches(minutes):
            gap = Gap(since, until, Why.DROPPED)
            note(session, team_id, gap, now=now, machine_now=machine_now)


def stretches(minutes: Iterable[datetime]) -> list[tuple[datetime, datetime]]:
    """Minutes, in order, as stretches from the begin of the first to the end of the last."""
    found: list[tuple[datetime, datetime]] = []
    for minute in minutes:
        if found and minute <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], minute + MINUTE))
        else:
            found.append((minute, minute + MINUTE))
    return found


def open_between(session: Session, team_id: str, since: datetime, until: datetime) -> Sequence[Gap]:
    """The gaps in that time that are not filled, the oldest first."""
    row = GapRow
    within = (row.team_id == team_id, row.until > since, row.since < until)
    rows = select(row).where(*within, row.state != State.DONE).order_by(row.since)
    return [Gap(each.since, each.until, Why(each.why)) for each in session.scalars(rows)]


def forget_old(session: Session, team_id: str, *, now: datetime) -> int:
    """Deletes what no digest looks back on; returns how many."""
    old = (GapRow.team_id == team_id) & (GapRow.until < now - KEPT_FOR)
    return affected(session, delete(GapRow).where(old))
