"""One way to work through rows: claim, lease with a fence, back off, give up.

The inbox, its failed deliveries and the outbox are tables with these columns. A row belongs to a
lane (a conversation). Only the oldest waiting row of a lane can be claimed, and only while no other
row of the lane is in work, so a lane is worked in order: that in which rows were committed, where
two processes store into one lane at the same moment. Leases and back-off run on the machine clock.
"""

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from itertools import takewhile
from typing import Any, Final, Generic, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Index,
    Select,
    String,
    Text,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from bot.core.db import UtcDateTime, affected
from bot.core.errors import LeaseLost

MAX_ATTEMPTS: Final = 5
FIRST_BACKOFF: Final = timedelta(seconds=2)
MAX_BACKOFF: Final = timedelta(minutes=15)
ALONE_AFTER: Final = 2
"""A row whose lease was lost so often is worked alone: it may be what its workers ended on."""
MAX_LOSSES: Final = ALONE_AFTER + 5
ENDED: Final = f"{MAX_LOSSES} processes ended while they had it"


class State(StrEnum):
    """Where a queued row stands."""

    READY = "ready"
    LEASED = "leased"
    UNKNOWN = "unknown"  # sent, outcome not known: to be looked up before anything is sent again
    DONE = "done"
    DROPPED = "dropped"  # no longer worth doing
    DEAD = "dead"  # given up; an operator can replay or drop it


class Queued:
    """The columns every queue shares; mixed into a table.

    `losses`: how often in a row its lease was lost, by processes that ended, as far as is known.
    """

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    lane: Mapped[str] = mapped_column(String(64))
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(8), default=State.READY)
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    losses: Mapped[int] = mapped_column(default=0, server_default="0")


Row = TypeVar("Row", bound=Queued)


@dataclass(frozen=True, slots=True)
class Claim(Generic[Row]):
    """A row taken for work; `fence` proves later that it is still ours.

    `was` is the state in which it was found.
    """

    row: Row
    fence: int
    was: State = State.READY


def queue_indexes(table: str) -> tuple[Index, ...]:
    """The partial indexes that keep a claim fast however many finished rows there are."""
    return (
        partial_index(table, "ready", "'ready'", "not_before"),
        partial_index(table, "leased", "'leased'", "lease_until"),
        partial_index(table, "lane", "'ready', 'leased', 'unknown'", "team_id", "lane", "id"),
        partial_index(table, "dead", "'dead'", "id"),
    )


def turn_indexes(table: str) -> tuple[Index, ...]:
    """Those that claims by turns need besides (`core/turns.py`)."""
    return (
        partial_index(table, "turn", "'ready'", "team_id", "id", "not_before"),
        partial_index(table, "working", "'leased', 'unknown'", "team_id", "lane"),
    )


def partial_index(table: str, name: str, states: str, *columns: str) -> Index:
    """An index of the rows in some states, as `is_in` writes them."""
    where = text(f"state IN ({states})")
    return Index(f"ix_{table}_{name}", *columns, sqlite_where=where, postgresql_where=where)


def is_in(table: type[Queued], *states: State) -> ColumnElement[bool]:
    """In one of these states, written out: SQLite uses no partial index for a parameter."""
    written: BindParameter[Sequence[State]] = bindparam(
        None, states, expanding=True, literal_execute=True
    )
    return table.state.in_(written)


def has_work(
    session: Session, table: type[Queued], *where: ColumnElement[bool], now: datetime
) -> bool:
    """Whether a claim may find something: a look without a lock, as there is often nothing."""
    return is_due(session, table, *where, now=now) or has_lost(session, table, now=now)


def due(
    table: type[Queued], *where: ColumnElement[bool], states: Sequence[State] = (State.READY,)
) -> Select[tuple[bool]]:
    """Finds whether one of these rows waits to be claimed by `now`."""
    now = bindparam("now", type_=UtcDateTime())
    return select(exists().where(is_in(table, *states), table.not_before <= now, *where))


def is_due(
    session: Session,
    table: type[Queued],
    *where: ColumnElement[bool],
    now: datetime,
    states: Sequence[State] = (State.READY,),
) -> bool:
    """Whether one of these rows waits to be claimed."""
    return bool(session.scalar(due(table, *where, states=states), {"now": now}))


def has_lost(session: Session, table: type[Queued], *, now: datetime) -> bool:
    """Whether the lease of a row ran out."""
    return bool(session.scalar(_lost(cast(Hashable, table)), {"now": now}))


@cache
def _lost(table: Any) -> Select[tuple[bool]]:
    now = bindparam("now", type_=UtcDateTime())
    return select(exists().where(is_in(table, State.LEASED), table.lease_until < now))


def claim(
    session: Session,
    table: type[Row],
    *where: ColumnElement[bool],
    now: datetime,
    lease: timedelta,
    limit: int,
) -> list[Claim[Row]]:
    """Leases up to `limit` rows that head their lane, urgent ones first, then the oldest."""
    heads = (
        select(table)
        .where(is_in(table, State.READY), table.not_before <= now, _heads_its_lane(table), *where)
        .order_by(table.urgent.desc(), table.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=table)
    )
    claims = []
    for row in apart(_alone_in_their_lanes(session, table, session.scalars(heads).all())):
        row.state, row.lease_until = State.LEASED, now + lease
        row.attempts += 1
        row.fence += 1
        claims.append(Claim(row, row.fence))
    session.flush()
    return claims


def expire_leases(
    session: Session,
    table: type[Queued],
    *where: ColumnElement[bool],
    now: datetime,
    to: State = State.READY,
    wait: timedelta = timedelta(),
    give_up: bool = False,
) -> int:
    """Takes rows away from workers whose lease ran out, for others after `wait`; returns how many.

    `give_up`: it was no attempt, as what ended a worker may be no fault of the row; but one that
    `MAX_LOSSES` workers in a row ended on is dead.

    Of those that somebody else is changing at the moment it keeps off: whoever waited for them
    here would hold up a claim, or wait for somebody who waits for him.
    """
    lost = select(table.team_id, table.id).where(
        is_in(table, State.LEASED), table.lease_until < now, *where
    )
    free = lost.with_for_update(skip_locked=True).correlate(None)
    overdue = update(table).where(tuple_(table.team_id, table.id).in_(free))
    lost_again = table.losses + 1
    values: dict[str, Any] = {"state": to}
    if give_up:
        is_over = lost_again >= MAX_LOSSES
        values["state"] = case((is_over, State.DEAD), else_=to)
        values["error"] = case((is_over, ENDED), else_=table.error)
        values["attempts"] = table.attempts - 1
    values |= {"not_before": now + wait, "fence": table.fence + 1, "losses": lost_again}
    return affected(session, overdue.values(values))


def apart(rows: Sequence[Row]) -> Sequence[Row]:
    """Of rows to be claimed, in order, those that one worker may have at once.

    What may end it comes alone, so that it takes nothing along, and only once all before it went.
    """
    if rows and is_alone(rows[0]):
        return rows[:1]
    return [*takewhile(lambda row: not is_alone(row), rows)]


def is_alone(row: Queued) -> bool:
    """Whether a row may be what its workers ended on."""
    return row.losses >= ALONE_AFTER


def vouch(session: Session, claims: Iterable[Claim[Any]]) -> None:
    """Their worker was too slow and lost some of them, but it lives: no row is to blame."""
    for claim in sorted(claims, key=lambda each: (each.row.team_id, each.row.id)):
        table, row = type(claim.row), claim.row
        blamed = (table.losses > 0, is_in(table, State.READY, State.LEASED))
        lost = update(table).where(table.team_id == row.team_id, table.id == row.id, *blamed)
        session.execute(lost.values(losses=0))


def finish(session: Session, claim: Claim[Any], state: State = State.DONE, **values: Any) -> None:
    """Ends the work on a claimed row. Raises LeaseLost if it is no longer ours."""
    _settle(session, claim, state=state, **values)


def extend(session: Session, claim: Claim[Any], *, until: datetime) -> None:
    """Keeps a claimed row for longer. Raises LeaseLost if it is no longer ours."""
    _settle(session, claim, lease_until=until)
    claim.row.lease_until = until


def put_back(
    session: Session, claim: Claim[Any], state: State = State.READY, **values: Any
) -> None:
    """Returns a row that could not be worked on now, without counting the attempt."""
    _settle(session, claim, state=state, attempts=claim.row.attempts - 1, **values)


def finish_all(session: Session, claims: Sequence[Claim[Any]], **values: Any) -> int:
    """Ends the work on rows of one table that are still ours; returns how many that were."""
    if not claims:
        return 0
    columns = type(claims[0].row).__table__.c
    ours = update(columns.team_id.table).where(
        columns.team_id == bindparam("of"),
        columns.id == bindparam("row_id"),
        columns.fence == bindparam("was"),
    )
    done = ours.values({"state": State.DONE, "lease_until": None} | values)
    given = [
        {"of": claim.row.team_id, "row_id": claim.row.id, "was": claim.fence} for claim in claims
    ]
    session.flush()
    options = {"preserve_rowcount": True}
    return session.connection().execute(done, given, execution_options=options).rowcount


def fail(
    session: Session, claim: Claim[Any], error: str, *, now: datetime, give_up: bool = True
) -> State:
    """Schedules another attempt, or gives the row up after the last one; returns the new state."""
    if give_up and claim.row.attempts >= MAX_ATTEMPTS:
        _settle(session, claim, state=State.DEAD, error=error)
        return State.DEAD
    later = now + backoff(claim.row.attempts)
    _settle(session, claim, state=State.READY, error=error, not_before=later, losses=0)
    return State.READY


def backoff(attempts: int) -> timedelta:
    """How long to wait after the n-th failed attempt: 2 s, doubled each time, at most 15 min."""
    return min(FIRST_BACKOFF * 2.0 ** min(attempts - 1, 30), MAX_BACKOFF)


def replay(row: Queued, *, now: datetime) -> None:
    """Gives a dead row a new set of attempts."""
    row.state, row.attempts, row.not_before, row.lease_until = State.READY, 0, now, None
    row.losses = 0
    row.fence += 1


def _alone_in_their_lanes(session: Session, table: type[Row], rows: Sequence[Row]) -> Sequence[Row]:
    """Those of the rows whose lane nobody else is claiming from at this moment.

    A row that is stored while another one of its lane is being claimed sees no lease yet. So on
    PostgreSQL a claim locks the lane, then looks again; SQLite's writers take turns anyway.
    """
    if session.get_bind().dialect.name != "postgresql" or not rows:
        return rows
    found = table.id.in_([row.id for row in rows])
    lanes = locked_lanes(session, table, {(row.team_id, row.lane) for row in rows})
    heads = set(session.scalars(select(table.id).where(found, _heads_its_lane(table))))
    return [row for row in rows if row.id in heads and (row.team_id, row.lane) in lanes]


def locked_lanes(
    session: Session, table: type[Queued], lanes: Collection[tuple[str, str]]
) -> set[tuple[str, str]]:
    """On PostgreSQL, those lanes, of a workspace each, that this transaction got for itself."""
    places = {f"{table.__name__}:{team_id}:{lane}": (team_id, lane) for team_id, lane in lanes}
    tried = session.execute(_LOCKED, {"places": sorted(places)})
    return {places[place] for place, is_ours in tried if is_ours}


def _heads_its_lane(table: type[Row]) -> ColumnElement[bool]:
    other = aliased(table)
    in_work = is_in(other, State.LEASED, State.UNKNOWN) & (other.id != table.id)
    older = is_in(other, State.READY) & (other.id < table.id)
    return ~exists().where(
        other.team_id == table.team_id,
        other.lane == table.lane,
        is_in(other, State.READY, State.LEASED, State.UNKNOWN),  # word by word as of `ix_…_lane`
        or_(in_work, older),
    )


_PLACES: Final = func.unnest(bindparam("places", type_=ARRAY(Text()))).column_valued("place")
_LOCKED: Final = select(_PLACES, func.pg_try_advisory_xact_lock(func.hashtextextended(_PLACES, 0)))


def _settle(session: Session, claim: Claim[Any], **values: Any) -> None:
    table, row = type(claim.row), claim.row
    ours = update(table).where(
        table.team_id == row.team_id, table.id == row.id, table.fence == claim.fence
    )
    if affected(session, ours.values({"lease_until": None} | values)) != 1:
        raise LeaseLost(f"({table.__tablename__} {row.id})")
