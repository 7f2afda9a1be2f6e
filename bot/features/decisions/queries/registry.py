"""Decisions, their versions and their numbers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from bot.core.db import PORTION, insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import (
    DecisionCountRow,
    DecisionRow,
    DecisionTagRow,
    DecisionVersionRow,
)
from bot.features.decisions.rules.registry import Status

SCANNED = 5_000
"""How many of the newest matches are looked at for some that the reader may see."""


def add(uow: UnitOfWork, values: Mapping[str, Any]) -> DecisionRow | None:
    """Adds a decision under the next number; None if its thread was logged before."""
    number = _next_number(uow)
    row = {"team_id": uow.team_id, "number": number, **values}
    return get(uow, number) if insert_new(uow.session, DecisionRow, [row]) else None


def get(uow: UnitOfWork, number: int, *, lock: bool = False) -> DecisionRow | None:
    """The decision with this number; with a `lock` nobody changes it meanwhile."""
    key = (uow.team_id, number)
    if not lock:
        return uow.session.get(DecisionRow, key)
    return uow.session.get(DecisionRow, key, with_for_update=True, populate_existing=True)


def of_thread(uow: UnitOfWork, channel_id: str, root_ts: str) -> DecisionRow | None:
    """The decision that was logged from this thread."""
    found = newest(uow, DecisionRow.channel_id == channel_id, DecisionRow.root_ts == root_ts)
    return found[0] if found else None


def decided_in(uow: UnitOfWork, channel_id: str, roots_ts: Iterable[str]) -> frozenset[str]:
    """Those of these threads, by the `ts` of their roots, from which a decision was logged.

    What is only proposed is no decision.
    """
    rows = select(DecisionRow.root_ts).where(
        DecisionRow.team_id == uow.team_id,
        DecisionRow.channel_id == channel_id,
        DecisionRow.root_ts.in_(set(roots_ts)),
        DecisionRow.status != Status.PROPOSED,
    )
    return frozenset(uow.session.scalars(rows))


def every(uow: UnitOfWork) -> Iterator[DecisionRow]:
    """All decisions of the workspace, by number, a portion at a time."""
    last = 0
    while rows := _after(uow, last):
        yield from rows
        last = rows[-1].number


def put(uow: UnitOfWork, number: int, values: Mapping[str, Any]) -> DecisionRow:
    """Adds a decision under a number of its own; `count_on` has to follow."""
    row = DecisionRow(team_id=uow.team_id, number=number, **values)
    uow.session.add(row)
    return row


def count_on(uow: UnitOfWork, number: int) -> None:
    """Has the next decision get a higher number than this."""
    insert_new(uow.session, DecisionCountRow, [{"team_id": uow.team_id, "newest": 0}])
    behind = (DecisionCountRow.team_id == uow.team_id) & (DecisionCountRow.newest < number)
    uow.session.execute(update(DecisionCountRow).where(behind).values(newest=number))


def replaced_by(uow: UnitOfWork, numbers: Collection[int]) -> Mapping[int, Sequence[int]]:
    """The numbers of the decisions that each of these superseded, if there are any."""
    rows = select(DecisionRow.superseded_by, DecisionRow.number).where(
        DecisionRow.team_id == uow.team_id,
        DecisionRow.superseded_by.in_(numbers),
        DecisionRow.superseded_by.is_not(None),
    )  # for this, and in no order, or SQLite reads every decision instead of the index
    found: dict[int, list[int]] = {}
    for old, number in sorted((old, number) for number, old in uow.session.execute(rows)):
        if number is not None:
            found.setdefault(number, []).append(old)
    return found


def quoting(uow: UnitOfWork, user_id: str) -> Sequence[DecisionRow]:
    """The decisions in which somebody's words stand."""
    return _all(uow, DecisionRow.author_id == user_id)


def of_person(uow: UnitOfWork, user_id: str) -> Sequence[DecisionRow]:
    """The decisions that somebody logged or owns."""
    return _all(uow, (DecisionRow.logged_by == user_id) | (DecisionRow.owner_id == user_id))


def newest(uow: UnitOfWork, *where: ColumnElement[bool]) -> Sequence[DecisionRow]:
    """The newest decisions for which this holds."""
    rows = select(DecisionRow).where(DecisionRow.team_id == uow.team_id, *where)
    return uow.session.scalars(rows.order_by(DecisionRow.number.desc()).limit(SCANNED)).all()


def add_version(uow: UnitOfWork, values: Mapping[str, Any]) -> None:
    """Keeps a decision as it is now."""
    uow.session.add(DecisionVersionRow(team_id=uow.team_id, **values))


def versions(uow: UnitOfWork, number: int) -> Sequence[DecisionVersionRow]:
    """The versions of a decision, the first one first."""
    rows = select(DecisionVersionRow).where(
        DecisionVersionRow.team_id == uow.team_id, DecisionVersionRow.number == number
    )
    return uow.session.scalars(rows.order_by(DecisionVersionRow.version)).all()


def newest_versions(
    uow: UnitOfWork, number: int, *, before: int | None, limit: int
) -> Sequence[DecisionVersionRow]:
    """Versions of a decision that are older than `before`, the newest first."""
    rows = select(DecisionVersionRow).where(
        DecisionVersionRow.team_id == uow.team_id, DecisionVersionRow.number == number
    )
    if before is not None:
        rows = rows.where(DecisionVersionRow.version < before)
    return uow.session.scalars(rows.order_by(DecisionVersionRow.version.desc()).limit(limit)).all()


def versions_with(
    uow: UnitOfWork, user_id: str, numbers: Collection[int]
) -> Sequence[DecisionVersionRow]:
    """The versions that somebody made or that name them, and all of some decisions."""
    owns = DecisionVersionRow.record["owner_id"].as_string() == user_id
    owns |= DecisionVersionRow.note.contains(f"<@{user_id}>")
    rows = select(DecisionVersionRow).where(
        DecisionVersionRow.team_id == uow.team_id,
        (DecisionVersionRow.by == user_id) | owns | DecisionVersionRow.number.in_(numbers),
    )
    return uow.session.scalars(rows.order_by("number", "version")).all()


def version(uow: UnitOfWork, number: int, version: int) -> DecisionVersionRow | None:
    """One version of a decision."""
    return uow.session.get(DecisionVersionRow, (uow.team_id, number, version))


def successor(uow: UnitOfWork, number: int) -> int | None:
    """The number of what superseded a decision, as it is now."""
    found = select(DecisionRow.superseded_by).where(
        DecisionRow.team_id == uow.team_id, DecisionRow.number == number
    )
    return uow.session.scalar(found)


def to_remind(session: Session, now: datetime, limit: int) -> list[tuple[str, int]]:
    """(team, number) of what has to be looked at by now because of its review, the oldest first."""
    rows = (
        select(DecisionRow.team_id, DecisionRow.number)
        .where(DecisionRow.remind_at <= now)
        .order_by(DecisionRow.remind_at)
        .limit(limit)
    )
    return [(team_id, number) for team_id, number in session.execute(rows)]


def set_tags(uow: UnitOfWork, number: int, tags: Sequence[str]) -> None:
    """Has a decision bear these tags and no others."""
    old = delete(DecisionTagRow).where(
        DecisionTagRow.team_id == uow.team_id, DecisionTagRow.number == number
    )
    uow.session.execute(old)
    rows = [{"team_id": uow.team_id, "tag": tag, "number": number} for tag in tags]
    insert_new(uow.session, DecisionTagRow, rows)


def _after(uow: UnitOfWork, number: int) -> Sequence[DecisionRow]:
    rows = select(DecisionRow).where(
        DecisionRow.team_id == uow.team_id, DecisionRow.number > number
    )
    return uow.session.scalars(rows.order_by(DecisionRow.number).limit(PORTION)).all()


def _all(uow: UnitOfWork, where: ColumnElement[bool]) -> Sequence[DecisionRow]:
    rows = select(DecisionRow).where(DecisionRow.team_id == uow.team_id, where)
    return uow.session.scalars(rows.order_by(DecisionRow.number)).all()


def _next_number(uow: UnitOfWork) -> int:
    insert_new(uow.session, DecisionCountRow, [{"team_id": uow.team_id, "newest": 0}])
    counted = (
        update(DecisionCountRow)
        .where(DecisionCountRow.team_id == uow.team_id)
        .values(newest=DecisionCountRow.newest + 1)
        .returning(DecisionCountRow.newest)
    )
    return uow.session.execute(counted).scalar_one()
