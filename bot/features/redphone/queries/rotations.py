"""Statements on rotations and their layers."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, update

from bot.core.db import affected, insert_new, upsert
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import RotationLayerRow, RotationRow


def rotation(uow: UnitOfWork, rotation_id: UUID) -> RotationRow | None:
    """The rotation with this id."""
    return uow.session.get(RotationRow, (uow.team_id, rotation_id))


def rotations(uow: UnitOfWork) -> Sequence[RotationRow]:
    """All rotations of the workspace, by name; the one without a name first."""
    rows = select(RotationRow).where(RotationRow.team_id == uow.team_id)
    return uow.session.scalars(rows.order_by(func.lower(RotationRow.name), RotationRow.id)).all()


def first(uow: UnitOfWork) -> RotationRow | None:
    """The rotation of the workspace that has no name."""
    own = (RotationRow.team_id == uow.team_id) & (RotationRow.name == "")
    return uow.session.scalar(select(RotationRow).where(own))


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
    }
    return rotation_id if insert_new(uow.session, RotationRow, [row]) else None


def change(uow: UnitOfWork, rotation_id: UUID, *, by: str, **values: object) -> None:
    """Changes a rotation's own values, and notes who did it."""
    one = update(RotationRow).where(
        RotationRow.team_id == uow.team_id, RotationRow.id == rotation_id
    )
    affected(uow.session, one.values(changed_by=by, changed_at=uow.now, **values))


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


def remove(uow: UnitOfWork, rotation_id: UUID) -> bool:
    """Deletes a rotation and its layers; returns whether it was there."""
    theirs = (RotationLayerRow.team_id == uow.team_id, RotationLayerRow.rotation_id == rotation_id)
    affected(uow.session, delete(RotationLayerRow).where(*theirs))
    own = (RotationRow.team_id == uow.team_id, RotationRow.id == rotation_id)
    return affected(uow.session, delete(RotationRow).where(*own)) == 1


def set_only(uow: UnitOfWork, user_id: str, set_by: str) -> None:
    """Puts somebody on call until somebody else is, in the rotation without a name."""
    row = first(uow)
    rotation_id = row.id if row else add(uow, "", "UTC", by=set_by)
    if rotation_id is None:
        return
    change(uow, rotation_id, by=set_by)
    layer = {
        "every": "weekly",
        "hand_over_at": "09:00",
        "weekday": 0,
        "starts_on": uow.now.date(),
        "members": [user_id],
        "hours": "",
    }
    set_layers(uow, rotation_id, [layer])
