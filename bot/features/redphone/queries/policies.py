"""Statements on escalation policies."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete, select

from bot.core.db import affected, upsert
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import EscalationPolicyRow

USUAL: Final = "usual"
"""The name of the one that holds where a rotation has none of its own."""


def named(uow: UnitOfWork, name: str, *, lock: bool = False) -> EscalationPolicyRow | None:
    """The policy that is called so; None: nobody changed what holds anyway."""
    own = (EscalationPolicyRow.team_id == uow.team_id) & (EscalationPolicyRow.name == name)
    row = select(EscalationPolicyRow).where(own).execution_options(populate_existing=True)
    return uow.session.scalar(row.with_for_update() if lock else row)


def policy(uow: UnitOfWork, policy_id: UUID) -> EscalationPolicyRow | None:
    """The policy with this id."""
    return uow.session.get(EscalationPolicyRow, (uow.team_id, policy_id), populate_existing=True)


def save(uow: UnitOfWork, name: str, kept: Mapping[str, Any], *, by: str) -> UUID:
    """Keeps a policy under its name; returns its id."""
    before = named(uow, name, lock=True)
    policy_id = before.id if before else new_id()
    values = {
        "team_id": uow.team_id,
        "id": policy_id,
        "name": name,
        "policy": dict(kept),
        "changed_by": by,
        "changed_at": uow.now,
    }
    upsert(uow.session, EscalationPolicyRow, values)
    return policy_id


def remove(uow: UnitOfWork, name: str) -> bool:
    """Deletes a policy; returns whether it was there."""
    own = delete(EscalationPolicyRow).where(
        EscalationPolicyRow.team_id == uow.team_id, EscalationPolicyRow.name == name
    )
    return affected(uow.session, own) == 1
