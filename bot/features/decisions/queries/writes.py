"""What systems of record are to hold, and what they hold."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from bot.core import queue
from bot.core.db import insert_new
from bot.core.ids import new_id
from bot.core.queue import Claim, State
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow, DecisionVersionRow, WriteRow

CHUNK = 500


def add(
    uow: UnitOfWork, system: str, versions: Iterable[tuple[int, int]], *, not_before: datetime
) -> int:
    """Has a system hold these (number, version); returns how many nobody wanted before."""
    rows = [
        {
            "team_id": uow.team_id,
            "id": new_id(),
            "lane": system,
            "urgent": False,
            "state": State.READY,
            "not_before": not_before,
            "attempts": 0,
            "fence": 0,
            "lease_until": None,
            "error": None,
            "system": system,
            "number": number,
            "version": version,
            "wanted_at": uow.now,
            "recorded_at": None,
            "reference": None,
            "replaced": False,
        }
        for number, version in versions
    ]
    return sum(
        insert_new(uow.session, WriteRow, rows[at : at + CHUNK])
        for at in range(0, len(rows), CHUNK)
    )


def find(uow: UnitOfWork, system: str, number: int, version: int) -> WriteRow | None:
    """The row of one version."""
    rows = _of(uow, system, number).where(WriteRow.version == version)
    return uow.session.scalars(rows.with_for_update()).first()


def held(uow: UnitOfWork, system: str, number: int) -> WriteRow | None:
    """The newest version that a system was seen to hold, or was told to hold before."""
    rows = _of(uow, system, number).where(WriteRow.reference.is_not(None))
    return uow.session.scalars(rows.order_by(WriteRow.version.desc())).first()


def recorded(uow: UnitOfWork, number: int, version: int) -> Sequence[WriteRow]:
    """The rows of a version that its systems hold, by the system's name."""
    rows = select(WriteRow).where(
        WriteRow.team_id == uow.team_id,
        WriteRow.number == number,
        WriteRow.version == version,
        WriteRow.state == State.DONE,
        WriteRow.reference.is_not(None),
    )
    return uow.session.scalars(rows.order_by(WriteRow.system)).all()


def missing(uow: UnitOfWork, system: str) -> list[tuple[int, int]]:
    """The newest (number, version) of every decision that nobody wants to be held yet."""
    wanted = exists().where(
        WriteRow.team_id == DecisionRow.team_id,
        WriteRow.number == DecisionRow.number,
        WriteRow.system == system,
        WriteRow.version == DecisionRow.version,
    )
    rows = select(DecisionRow.number, DecisionRow.version).where(
        DecisionRow.team_id == uow.team_id, ~wanted
    )
    found = uow.session.execute(rows.order_by(DecisionRow.number))
    return [(number, version) for number, version in found]


def given_up(uow: UnitOfWork) -> Sequence[WriteRow]:
    """The rows that were given up and are the newest of their decision, or left out."""
    newest = DecisionRow.version == WriteRow.version
    rows = (
        select(WriteRow)
        .join(DecisionRow, _same_decision() & newest)
        .where(WriteRow.team_id == uow.team_id, WriteRow.state.in_([State.DEAD, State.DROPPED]))
    )
    return uow.session.scalars(rows.order_by(WriteRow.id)).all()


def let_go(uow: UnitOfWork, system: str, number: int, *, before: int) -> None:
    """Drops what was given up of versions before this one: a newer one stands there."""
    old = update(WriteRow).where(
        WriteRow.team_id == uow.team_id,
        WriteRow.system == system,
        WriteRow.number == number,
        WriteRow.version < before,
        WriteRow.state == State.DEAD,
    )
    uow.session.execute(old.values(state=State.DROPPED))


def troubles_of(uow: UnitOfWork, owner_id: str) -> Sequence[tuple[DecisionRow, WriteRow]]:
    """The decisions of somebody that a system does not hold, as it failed at least once."""
    open_ones = [State.READY, State.LEASED, State.DEAD]
    newer = aliased(WriteRow)
    is_newest = ~exists().where(
        newer.team_id == WriteRow.team_id,
        newer.number == WriteRow.number,
        newer.system == WriteRow.system,
        newer.version > WriteRow.version,
    )
    where = (WriteRow.state.in_(open_ones), WriteRow.error.is_not(None), is_newest)
    return _of_owner(uow, owner_id, *where)


def replaced_of(
    uow: UnitOfWork, owner_id: str, since: datetime
) -> Sequence[tuple[DecisionRow, WriteRow]]:
    """The decisions of somebody that were changed by hand in a system, and written over since."""
    return _of_owner(uow, owner_id, WriteRow.replaced.is_(True), WriteRow.recorded_at >= since)


def claim(
    uow: UnitOfWork, systems: Sequence[str], *, now: datetime, lease: Any
) -> Claim[WriteRow] | None:
    """Takes on the next row of one of these systems; what a dead process held goes first."""
    ours = WriteRow.team_id == uow.team_id
    queue.expire_leases(uow.session, WriteRow, ours, now=now)
    where = (ours, WriteRow.system.in_(systems))
    claims = queue.claim(uow.session, WriteRow, *where, now=now, lease=lease, limit=1)
    return claims[0] if claims else None


def teams_with_work(session: Session, systems: Sequence[str], *, now: datetime) -> Sequence[str]:
    """The workspaces for which there is something to write, or to take over."""
    is_due = (WriteRow.state == State.READY, WriteRow.not_before <= now)
    is_lost = (WriteRow.state == State.LEASED, WriteRow.lease_until < now)
    teams: set[str] = set()
    for where in (is_due, is_lost):  # apart, so that each has its index
        rows = select(WriteRow.team_id).where(*where, WriteRow.system.in_(systems))
        teams |= set(session.scalars(rows.distinct()))
    return sorted(teams)


def counts(session: Session, system: str) -> Mapping[State, int]:
    """How many rows of a system stand where."""
    rows = select(WriteRow.state, func.count()).where(WriteRow.system == system)
    found = session.execute(rows.group_by(WriteRow.state))
    return Counter({State(state): count for state, count in found})


def last_error(session: Session, system: str) -> str:
    """What went wrong last with a system, of what is not done."""
    rows = select(WriteRow.error).where(
        WriteRow.system == system,
        WriteRow.error.is_not(None),
        WriteRow.state.in_([State.READY, State.LEASED, State.DEAD]),
    )
    return session.scalars(rows.order_by(WriteRow.id.desc())).first() or ""


def first_titles(uow: UnitOfWork, numbers: Iterable[int]) -> Mapping[int, str]:
    """The titles that decisions were given first."""
    rows = select(DecisionVersionRow.number, DecisionVersionRow.record).where(
        DecisionVersionRow.team_id == uow.team_id,
        DecisionVersionRow.number.in_(set(numbers)),
        DecisionVersionRow.version == 1,
    )
    return {number: str(record["title"]) for number, record in uow.session.execute(rows)}


def _of(uow: UnitOfWork, system: str, number: int) -> Any:
    return select(WriteRow).where(
        WriteRow.team_id == uow.team_id, WriteRow.system == system, WriteRow.number == number
    )


def _of_owner(
    uow: UnitOfWork, owner_id: str, *where: ColumnElement[bool]
) -> Sequence[tuple[DecisionRow, WriteRow]]:
    rows = (
        select(DecisionRow, WriteRow)
        .join(WriteRow, _same_decision())
        .where(DecisionRow.team_id == uow.team_id, DecisionRow.owner_id == owner_id, *where)
        .order_by(DecisionRow.number, WriteRow.system)
    )
    return [(decision, row) for decision, row in uow.session.execute(rows)]


def _same_decision() -> ColumnElement[bool]:
    return (DecisionRow.team_id == WriteRow.team_id) & (DecisionRow.number == WriteRow.number)
