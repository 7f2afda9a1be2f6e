"""Decisions, their versions and their numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from bot.core.db import insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import (
    DecisionCountRow,
    DecisionRow,
    DecisionTagRow,
    DecisionVersionRow,
)

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


def made_since(uow: UnitOfWork, since: datetime) -> Sequence[DecisionRow]:
    """The decisions made since then, the newest first."""
    return newest(uow, DecisionRow.decided_at >= since)


def replaced_by(uow: UnitOfWork, number: int) -> Sequence[int]:
    """The numbers of the decisions that this one superseded."""
    return replaced_by_each(uow, [number]).get(number, [])


def replaced_by_each(uow: UnitOfWork, numbers: Sequence[int]) -> dict[int, list[int]]:
    """The numbers that each of these decisions superseded; those that none did are left out."""
    found = select(DecisionRow.superseded_by, DecisionRow.number).where(
        DecisionRow.team_id == uow.team_id,
        DecisionRow.superseded_by.in_(numbers),
        DecisionRow.superseded_by.is_not(None),
    )  # that this is said, and no order asked for, has SQLite use the index
    replaced: dict[int, list[int]] = {}
    for by, number in sorted((by or 0, number) for by, number in uow.session.execute(found)):
        replaced.setdefault(by, []).append(number)
    return replaced


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


def set_tags(uow: UnitOfWork, number: int, tags: Sequence[str]) -> None:
    """Has a decision bear these tags and no others."""
    old = delete(DecisionTagRow).where(
        DecisionTagRow.team_id == uow.team_id, DecisionTagRow.number == number
    )
    uow.session.execute(old)
    rows = [{"team_id": uow.team_id, "tag": tag, "number": number} for tag in tags]
    insert_new(uow.session, DecisionTagRow, rows)


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
