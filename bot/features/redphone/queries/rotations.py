"""Statements on rotations and their layers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new, upsert
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import (
    RotationFeedRow,
    RotationLayerRow,
    RotationOverrideRow,
    RotationRow,
    RotationShiftRow,
)


def rotation(uow: UnitOfWork, rotation_id: UUID, *, is_deleted: bool = False) -> RotationRow | None:
    """The rotation with this id, of those that are there, or of those that were deleted lately."""
    there = RotationRow.deleted_at.is_not(None) if is_deleted else RotationRow.deleted_at.is_(None)
    row = select(RotationRow).where(*_one(uow, rotation_id), there)
    return uow.session.scalar(row.execution_options(populate_existing=True))


def rotations(uow: UnitOfWork) -> Sequence[RotationRow]:
    """All rotations of the workspace, by name; the one without a name first."""
    rows = select(RotationRow).where(*_there(uow))
    return uow.session.scalars(rows.order_by(func.lower(RotationRow.name), RotationRow.id)).all()


def first(uow: UnitOfWork) -> RotationRow | None:
    """The rotation of the workspace that has no name."""
    row = select(RotationRow).where(*_there(uow), RotationRow.name == "")
    return uow.session.scalar(row.execution_options(populate_existing=True))


def named(uow: UnitOfWork, name: str) -> RotationRow | None:
    """The rotation with this name, whatever its case."""
    folded = name.casefold()
    return next((each for each in rotations(uow) if each.name.casefold() == folded), None)


def layers(uow: UnitOfWork, rotation_id: UUID) -> Sequence[RotationLayerRow]:
    """The layers of a rotation, the lowest first."""
    rows = select(RotationLayerRow).where(
        RotationLayerRow.team_id == uow.team_id, RotationLayerRow.rotation_id == rotation_id
    )
    in_order = rows.order_by(RotationLayerRow.position)
    return uow.session.scalars(in_order.execution_options(populate_existing=True)).all()


def members(uow: UnitOfWork, rotation: RotationRow) -> list[str]:
    """Who takes turns in its lowest layer."""
    lowest = next(iter(layers(uow, rotation.id)), None)
    return list(lowest.members) if lowest else []


def add(uow: UnitOfWork, name: str, zone: str, *, by: str) -> UUID | None:
    """Adds a rotation; None if there is one of that name."""
    rotation_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": rotation_id,
        "name": name,
        "zone": zone,
        "policy_id": None,
        "changed_by": by,
        "changed_at": uow.now,
        "look_at": uow.now,
        "deleted_at": None,
    }
    return rotation_id if insert_new(uow.session, RotationRow, [row]) else None


def change(uow: UnitOfWork, rotation_id: UUID, *, by: str, **values: object) -> None:
    """Changes a rotation's own values, notes who did it, and has the clock look at it at once."""
    noted = {"changed_by": by, "changed_at": uow.now, "look_at": uow.now}
    one = update(RotationRow).where(*_one(uow, rotation_id))
    affected(uow.session, one.values(values | noted))


def look_soon(uow: UnitOfWork, rotation_id: UUID) -> None:
    """Has the clock look at a rotation at once."""
    one = update(RotationRow).where(*_one(uow, rotation_id))
    affected(uow.session, one.values(look_at=uow.now))


def to_look_at(session: Session, *, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, rotation) of those that the clock has to look at, the longest due first."""
    rows = (
        select(RotationRow.team_id, RotationRow.id)
        .where(RotationRow.look_at <= now, RotationRow.deleted_at.is_(None))
        .order_by(RotationRow.look_at)
        .limit(limit)
    )
    return [(team_id, rotation_id) for team_id, rotation_id in session.execute(rows)]


def claim_look(uow: UnitOfWork, rotation_id: UUID, until: datetime) -> bool:
    """Takes a look that is due, until it is due again; returns whether nobody else has it."""
    due = update(RotationRow).where(*_one(uow, rotation_id), RotationRow.look_at <= uow.now)
    return affected(uow.session, due.values(look_at=until)) == 1


def look_by(uow: UnitOfWork, rotation_id: UUID, at: datetime) -> None:
    """Has the clock look at a rotation then at the latest."""
    later = update(RotationRow).where(*_one(uow, rotation_id), RotationRow.look_at > at)
    affected(uow.session, later.values(look_at=at))


def set_layers(uow: UnitOfWork, rotation_id: UUID, layers: Sequence[Mapping[str, Any]]) -> None:
    """Puts these layers in the place of a rotation's, the lowest first."""
    beyond = delete(RotationLayerRow).where(
        RotationLayerRow.team_id == uow.team_id,
        RotationLayerRow.rotation_id == rotation_id,
        RotationLayerRow.position >= len(layers),
    )
    affected(uow.session, beyond)
    for position, layer in enumerate(layers):
        place = {"team_id": uow.team_id, "rotation_id": rotation_id, "position": position}
        upsert(uow.session, RotationLayerRow, place | dict(layer))


def remove(uow: UnitOfWork, rotation_id: UUID, *, by: str) -> bool:
    """Takes a rotation away, for good after a while; returns whether it was there."""
    one = update(RotationRow).where(*_one(uow, rotation_id), RotationRow.deleted_at.is_(None))
    gone = one.values(deleted_at=uow.now, changed_by=by, changed_at=uow.now)
    return affected(uow.session, gone) == 1


def restore(uow: UnitOfWork, rotation_id: UUID, *, by: str) -> bool:
    """Takes that back; returns whether it could be."""
    one = update(RotationRow).where(*_one(uow, rotation_id), RotationRow.deleted_at.is_not(None))
    back = {"deleted_at": None, "changed_by": by, "changed_at": uow.now, "look_at": uow.now}
    return affected(uow.session, one.values(back)) == 1


def deleted_before(session: Session, instant: datetime) -> list[tuple[str, UUID]]:
    """(team, rotation) of those that were taken away before then."""
    rows = select(RotationRow.team_id, RotationRow.id).where(RotationRow.deleted_at < instant)
    return [(team_id, rotation_id) for team_id, rotation_id in session.execute(rows)]


def forget(uow: UnitOfWork, rotation_id: UUID) -> None:
    """Deletes a rotation that was taken away, and all that belongs to it."""
    if rotation(uow, rotation_id, is_deleted=True) is None:
        return
    for table in (RotationLayerRow, RotationOverrideRow, RotationFeedRow, RotationShiftRow):
        theirs = (table.team_id == uow.team_id, table.rotation_id == rotation_id)
        affected(uow.session, delete(table).where(*theirs))
    affected(uow.session, delete(RotationRow).where(*_one(uow, rotation_id)))


def _one(uow: UnitOfWork, rotation_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return RotationRow.team_id == uow.team_id, RotationRow.id == rotation_id


def _there(uow: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    return RotationRow.team_id == uow.team_id, RotationRow.deleted_at.is_(None)
