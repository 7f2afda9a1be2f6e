"""Statements on rotations."""

from sqlalchemy import select

from bot.core.db import upsert
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import RotationLayerRow, RotationRow


def first(uow: UnitOfWork) -> RotationRow | None:
    """The rotation of the workspace that has no name."""
    own = (RotationRow.team_id == uow.team_id) & (RotationRow.name == "")
    return uow.session.scalar(select(RotationRow).where(own))


def members(uow: UnitOfWork, rotation: RotationRow) -> list[str]:
    """Who takes turns in its lowest layer."""
    row = uow.session.get(RotationLayerRow, (uow.team_id, rotation.id, 0))
    return list(row.members) if row else []


def set_only(uow: UnitOfWork, user_id: str, set_by: str) -> None:
    """Puts somebody on call until somebody else is."""
    row = first(uow)
    rotation = {
        "team_id": uow.team_id,
        "id": row.id if row else new_id(),
        "name": "",
        "zone": "UTC",
        "policy_id": None,
        "changed_by": set_by,
        "changed_at": uow.now,
    }
    upsert(uow.session, RotationRow, rotation)
    layer = {
        "team_id": uow.team_id,
        "rotation_id": rotation["id"],
        "position": 0,
        "every": "weekly",
        "hand_over_at": "09:00",
        "weekday": 0,
        "starts_on": uow.now.date(),
        "members": [user_id],
        "hours": "",
    }
    upsert(uow.session, RotationLayerRow, layer)
