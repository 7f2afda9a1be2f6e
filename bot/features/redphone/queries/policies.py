"""Statements on escalation policies."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.core.db import upsert
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import EscalationPolicyRow

USUAL = "usual"
"""The name of the one that holds where a rotation has none of its own."""


def usual(uow: UnitOfWork) -> EscalationPolicyRow | None:
    """The workspace's own; None: nobody changed it."""
    return named(uow, USUAL)


def named(uow: UnitOfWork, name: str) -> EscalationPolicyRow | None:
    """The policy that is called so."""
    own = (EscalationPolicyRow.team_id == uow.team_id) & (EscalationPolicyRow.name == name)
    return uow.session.scalar(select(EscalationPolicyRow).where(own))


def policy(uow: UnitOfWork, policy_id: UUID) -> EscalationPolicyRow | None:
    """The policy with this id."""
    return uow.session.get(EscalationPolicyRow, (uow.team_id, policy_id), populate_existing=True)


def save(uow: UnitOfWork, name: str, kept: Mapping[str, Any], *, by: str) -> UUID:
    """Keeps a policy under its name; returns its id."""
    before = named(uow, name)
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
