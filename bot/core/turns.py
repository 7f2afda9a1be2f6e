"""Claims by turns: each workspace that waits gets its share, and a conversation stays in order.

Where `queue.claim` takes one row of a lane, here a worker takes what stands at the head of it, as
much as it can deal with: a lane is claimed once for many rows. No workspace waits behind another.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Select, Update, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from bot.core.db import UtcDateTime
from bot.core.queue import Claim, Queued, State, is_in, lock_of_lane

TEAMS_AT_ONCE: Final = 5
"""So many workspaces share one claim; the next one begins with the next of them."""

Row = TypeVar("Row", bound=Queued)


class Turns(Generic[Row]):
    """Remembers which workspace had the last turn; each thread that claims has one of its own."""

    def __init__(self, table: type[Row]) -> None:
        self._table, self._last = table, ""
        self._next_team, self._waiting = _next_team(table), _waiting(table)
        self._leased = _leased(table)

    def claim(
        self, session: Session, *, now: datetime, lease: timedelta, limit: int
    ) -> list[Claim[Row]]:
        """Leases up to `limit` rows of the workspaces whose turn it is, in order in each lane."""
        tried: set[str] = set()
        while teams := self._next(session, now, besides=tried):
            tried.update(teams)
            claims = self._claim_of(session, teams, now=now, until=now + lease, limit=limit)
            if claims:
                return claims
        return []

    def _next(self, session: Session, now: datetime, *, besides: Collection[str]) -> list[str]:
        """The workspaces that come after the last one, and after the end those at the beginning."""
        found: list[str] = []
        after, has_begun_anew = self._last, False
        while len(found) < TEAMS_AT_ONCE:
            team_id = session.scalar(self._next_team, {"now": now, "after": after})
            if team_id is None and not has_begun_anew:
                after, has_begun_anew = "", True
            elif team_id is None or team_id in found or team_id in besides:
                break
            else:
                found.append(team_id)
                after = team_id
        return found

    def _claim_of(
        self, session: Session, teams: Sequence[str], *, now: datetime, until: datetime, limit: int
    ) -> list[Claim[Row]]:
        claims: list[Claim[Row]] = []
        for number, team_id in enumerate(teams):
            share = -(-(limit - len(claims)) // (len(teams) - number))
            if share:
                given = {"team_id": team_id, "now": now, "most": share}
                rows = session.scalars(self._waiting, given).all()
                claims += self._lease(session, self._locked(session, team_id, rows), until)
                self._last = team_id
        return claims

    def _locked(self, session: Session, team_id: str, rows: Sequence[Row]) -> Sequence[Row]:
        """Those of the rows that head a lane from which nobody else is claiming.

        A row that is stored, or passed over as somebody holds it, while another of its lane is
        claimed could be dealt with after it. So on PostgreSQL the lane is locked and looked at once
        more; SQLite's writers take turns anyway.
        """
        if session.get_bind().dialect.name != "postgresql" or not rows:
            return rows
        table, claimed = self._table, {row.id: row for row in rows}
        ours = (table.team_id == team_id) & table.id.in_(list(claimed))
        tried = session.execute(select(table.lane, lock_of_lane(table)).where(ours))
        lanes = {lane for lane, is_locked in tried if is_locked}
        is_ready = is_in(table, State.READY)
        active = select(table.id, table.lane).where(
            table.team_id == team_id,
            table.lane.in_(lanes),
            is_in(table, State.READY, State.LEASED, State.UNKNOWN),
            or_(table.id <= rows[-1].id, ~is_ready),
        )
        heads, closed = [], set[str]()
        for row_id, lane in session.execute(active.order_by(is_ready, table.id)):
            if row_id not in claimed:
                closed.add(lane)
            elif lane not in closed:
                heads.append(claimed[row_id])
        return heads

    def _lease(self, session: Session, rows: Sequence[Row], until: datetime) -> list[Claim[Row]]:
        if rows:
            given = [{"of": row.team_id, "row_id": row.id, "until": until} for row in rows]
            session.connection().execute(self._leased, given)
        for row in rows:
            set_committed_value(row, "state", State.LEASED)
            set_committed_value(row, "lease_until", until)
            set_committed_value(row, "attempts", row.attempts + 1)
            set_committed_value(row, "fence", row.fence + 1)
        return [Claim(row, row.fence) for row in rows]


def _next_team(table: Any) -> Select[Any]:
    return select(func.min(table.team_id)).where(
        is_in(table, State.READY),
        table.not_before <= bindparam("now", type_=UtcDateTime()),
        table.team_id > bindparam("after"),
    )


def _waiting(table: Any) -> Select[Any]:
    """What is due of a workspace, in order, in lanes that nothing older holds back."""
    now = bindparam("now", type_=UtcDateTime())
    working, older = aliased(table), aliased(table)
    in_work = exists().where(
        working.team_id == table.team_id,
        working.lane == table.lane,
        is_in(working, State.LEASED, State.UNKNOWN),
    )
    held_back = exists().where(
        older.team_id == table.team_id,
        older.lane == table.lane,
        is_in(older, State.READY, State.LEASED, State.UNKNOWN),  # word by word as of `ix_…_lane`
        older.id < table.id,
        older.not_before > now,
    )
    of_team = (table.team_id == bindparam("team_id"), table.not_before <= now)
    rows = select(table).where(is_in(table, State.READY), *of_team, ~in_work, ~held_back)
    in_order = rows.order_by(table.id).limit(bindparam("most"))
    return in_order.with_for_update(skip_locked=True, of=table)


def _leased(table: Any) -> Update:
    columns = table.__table__.c
    one = (columns.team_id == bindparam("of"), columns.id == bindparam("row_id"))
    return (
        update(table.__table__)
        .where(*one)
        .values(
            state=State.LEASED,
            lease_until=bindparam("until"),
            attempts=columns.attempts + 1,
            fence=columns.fence + 1,
        )
    )
