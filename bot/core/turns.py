"""Claims by turns: each workspace that waits gets its share, and a conversation stays in order.

Where `queue.claim` takes one row of a lane, here a worker takes what stands at the head of it, as
much as it can deal with: a lane is claimed once for many rows. No workspace waits behind another.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Exists,
    Select,
    String,
    Update,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.attributes import set_committed_value

from bot.core.db import UtcDateTime
from bot.core.queue import Claim, Queued, State, apart, due, is_alone, is_in, locked_lanes

TEAMS_AT_ONCE: Final = 5
"""So many workspaces share one claim; the next one begins with the next of them."""

Row = TypeVar("Row", bound=Queued)

_TEAM: Final = bindparam("team_id", type_=String())
_NOW: Final = bindparam("now", type_=UtcDateTime())


def _nothing(_team_id: str) -> Sequence[ColumnElement[bool]]:
    return ()


class Turns(Generic[Row]):
    """Remembers which workspace had the last turn; threads may share one, or have one each."""

    def __init__(
        self,
        table: type[Row],
        *where: ColumnElement[bool],
        states: Sequence[State] = (State.READY,),
        is_one_each: bool = False,
    ) -> None:
        """Takes rows for which `where` holds, that stand in one of the `states`.

        `is_one_each`: of a lane one row at a time, also where what stands before it is no such row.
        Without it a lane with an unknown outcome is left alone, whatever the `states`.
        """
        self._table, self._last = table, ""
        self._due = due(table, *where, states=states)
        self._next_team = _next_team(table, states).where(*where)
        self._waiting = _waiting(table, states, is_one_each=is_one_each).where(*where)
        self._leased = _leased(table)

    def has_work(self, session: Session, *, now: datetime) -> bool:
        """Whether a claim may find something: a look without a lock, as there is often nothing."""
        return bool(session.scalar(self._due, {"now": now}))

    def claim(
        self,
        session: Session,
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
        resting: Collection[str] = (),
        free: Callable[[str], Sequence[ColumnElement[bool]]] = _nothing,
    ) -> list[Claim[Row]]:
        """Leases up to `limit` rows of the workspaces whose turn it is, in order in each lane.

        Those that are `resting` have none; of each other only what is `free` is taken.
        """
        tried: set[str] = set()
        most = min(limit, TEAMS_AT_ONCE)
        while teams := self._next(session, now, tried, resting, most):
            tried.update(teams)
            claims: list[Claim[Row]] = []
            for number, team_id in enumerate(teams):
                share = -(-(limit - len(claims)) // (len(teams) - number))
                given = {"team_id": team_id, "now": now, "most": share}
                rows = self._found(session, team_id, given, free(team_id))
                if claims and rows and is_alone(rows[0]):
                    break  # the next claim begins with this workspace
                self._last = team_id
                claims += self._lease(session, apart(rows), now + lease)
                if claims and is_alone(claims[0].row):
                    break
            if claims:
                return claims
        return []

    def _next(
        self,
        session: Session,
        now: datetime,
        tried: Collection[str],
        resting: Collection[str],
        most: int,
    ) -> list[str]:
        """The workspaces that come after the last one, and after the end those at the beginning."""
        found: list[str] = []
        after, has_begun_anew = self._last, False
        while len(found) < most:
            team_id = session.scalar(self._next_team, {"now": now, "after": after})
            if team_id in found or team_id in tried or (team_id is None and has_begun_anew):
                break
            if team_id is not None and team_id not in resting:
                found.append(team_id)
            has_begun_anew = has_begun_anew or team_id is None
            after = team_id or ""
        return found

    def _found(
        self,
        session: Session,
        team_id: str,
        given: dict[str, Any],
        free: Sequence[ColumnElement[bool]],
    ) -> Sequence[Row]:
        rows = session.scalars(self._waiting.where(*free), given).all()
        return self._locked(session, team_id, rows)

    def _locked(self, session: Session, team_id: str, rows: Sequence[Row]) -> Sequence[Row]:
        """Those of the rows that head a lane from which nobody else is claiming.

        A row that is stored, or passed over as somebody holds it, while another of its lane is
        claimed could be dealt with after it. So on PostgreSQL the lane is locked and looked at once
        more; SQLite's writers take turns anyway.
        """
        if session.get_bind().dialect.name != "postgresql" or not rows:
            return rows
        table, claimed = self._table, {row.id: row for row in rows}
        wanted = {(team_id, row.lane) for row in rows}
        lanes = [lane for _, lane in locked_lanes(session, table, wanted)]
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
            given = [{"of": row.team_id, "row_id": row.id, "lease_ends": until} for row in rows]
            session.connection().execute(self._leased, given)
        claims = [Claim(row, row.fence + 1, State(row.state)) for row in rows]
        for row in rows:
            set_committed_value(row, "state", State.LEASED)
            set_committed_value(row, "lease_until", until)
            set_committed_value(row, "attempts", row.attempts + 1)
            set_committed_value(row, "fence", row.fence + 1)
        return claims


def _next_team(table: Any, states: Sequence[State]) -> Select[Any]:
    return select(func.min(table.team_id)).where(
        is_in(table, *states),
        table.not_before <= _NOW,
        table.team_id > bindparam("after"),
    )


def _waiting(table: Any, states: Sequence[State], *, is_one_each: bool) -> Select[Any]:
    """What is due of a workspace, in order, in lanes that nothing older holds back."""
    due_of_team = (table.team_id == _TEAM, table.not_before <= _NOW)
    open_lanes = _heads(table) if is_one_each else _of_open_lanes(table)
    rows = select(table).where(is_in(table, *states), *due_of_team, *open_lanes)
    in_order = rows.order_by(table.id).limit(bindparam("most"))
    return in_order.with_for_update(skip_locked=True, of=table)


def _heads(table: Any) -> Sequence[ColumnElement[bool]]:
    """Nothing older is in the lane of a row, and nothing else of it is in work."""
    working, older = aliased(table), aliased(table)
    in_work = exists().where(
        working.team_id == table.team_id,
        working.lane == table.lane,
        is_in(working, State.LEASED, State.UNKNOWN),
        working.id != table.id,
    )
    return (~in_work, ~_has_older(table, older))


def _of_open_lanes(table: Any) -> Sequence[ColumnElement[bool]]:
    """Nothing of the lane of a row is in work, and nothing before it waits.

    What closes lanes is little, and looked up once for all rows. As a join it would be compared
    with each of them by a database that takes a full lane for an empty one. Only where rows that
    are due stand before one that waits, each is compared with that one.
    """
    working, waiting = aliased(table), aliased(table)
    in_work = select(working.lane).where(
        working.team_id == _TEAM, is_in(working, State.LEASED, State.UNKNOWN)
    )
    is_ready = is_in(waiting, State.READY)
    of_team = (waiting.team_id == _TEAM, is_ready, waiting.not_before > _NOW)
    waits = select(waiting.team_id, waiting.lane, waiting.id).where(*of_team).cte("waits")
    heads = select(waits.c.lane).where(~_has_older(waits.c, aliased(table)))
    behind = exists().where(waits.c.lane == table.lane, waits.c.id < table.id)
    return (
        table.lane.not_in(in_work),
        table.lane.not_in(heads),
        or_(table.lane.not_in(select(waits.c.lane)), ~behind),
    )


def _has_older(table: Any, older: Any) -> Exists:
    return exists().where(
        older.team_id == table.team_id,
        older.lane == table.lane,
        is_in(older, State.READY, State.LEASED, State.UNKNOWN),  # word by word as of `ix_…_lane`
        older.id < table.id,
    )


def _leased(table: Any) -> Update:
    columns = table.__table__.c
    one = (columns.team_id == bindparam("of"), columns.id == bindparam("row_id"))
    return (
        update(table.__table__)
        .where(*one)
        .values(
            state=State.LEASED,
            lease_until=bindparam("lease_ends"),
            attempts=columns.attempts + 1,
            fence=columns.fence + 1,
        )
    )
