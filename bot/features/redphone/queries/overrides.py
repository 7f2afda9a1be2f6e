"""Statements on overrides: somebody is on call for a while, whoever's turn it is."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from bot.core.db import affected
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import RotationOverrideRow


def of(uow: UnitOfWork, rotation_id: UUID, since: datetime) -> Sequence[RotationOverrideRow]:
    """A rotation's overrides that were not over then, the newest first."""
    rows = select(RotationOverrideRow).where(
        RotationOverrideRow.team_id == uow.team_id,
        RotationOverrideRow.rotation_id == rotation_id,
        RotationOverrideRow.ends_at > since,
    )
    newest = rows.order_by(RotationOverrideRow.made_at.desc(), RotationOverrideRow.id.desc())
    return uow.session.scalars(newest).all()


def find(uow: UnitOfWork, override_id: UUID) -> RotationOverrideRow | None:
    """The override with this id."""
    return uow.session.get(RotationOverrideRow, (uow.team_id, override_id))


def add(
    uow: UnitOfWork,
    rotation_id: UUID,
    user_id: str,
    *,
    instead_of: str,
    starts_at: datetime,
    ends_at: datetime,
    by: str,
) -> RotationOverrideRow:
    """Adds an override."""
    row = RotationOverrideRow(
        team_id=uow.team_id,
        id=new_id(),
        rotation_id=rotation_id,
        user_id=user_id,
        instead_of=instead_of,
        starts_at=starts_at,
        ends_at=ends_at,
        made_by=by,
        made_at=uow.now,
    )
    uow.session.add(row)
    return row


def remove(uow: UnitOfWork, override_id: UUID) -> bool:
    """Takes an override back; returns whether it was there."""
    one = delete(RotationOverrideRow).where(
        RotationOverrideRow.team_id == uow.team_id, RotationOverrideRow.id == override_id
    )
    return affected(uow.session, one) == 1


def remove_all(uow: UnitOfWork, rotation_id: UUID) -> None:
    """Takes all overrides of a rotation back."""
    theirs = delete(RotationOverrideRow).where(
        RotationOverrideRow.team_id == uow.team_id, RotationOverrideRow.rotation_id == rotation_id
    )
    affected(uow.session, theirs)


def remove_of(uow: UnitOfWork, user_id: str) -> int:
    """Takes back the overrides that put somebody on call from now on; returns how many."""
    theirs = delete(RotationOverrideRow).where(
        RotationOverrideRow.team_id == uow.team_id,
        RotationOverrideRow.user_id == user_id,
        RotationOverrideRow.ends_at > uow.now,
    )
    return affected(uow.session, theirs)
