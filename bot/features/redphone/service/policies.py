"""Escalation policies: the workspace's own, and those of its rotations."""

from bot.core.ids import known_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.queries import policies as queries
from bot.features.redphone.queries import rotations
from bot.features.redphone.rules.policies import Policy

ROTATION = "rotation:"


def of(uow: UnitOfWork, target: str) -> Policy:
    """The policy by which a page for this target goes on: its rotation's own, else the usual."""
    is_rotation = target.startswith(ROTATION)
    rotation_id = known_id(target.removeprefix(ROTATION)) if is_rotation else None
    rotation = rotations.rotation(uow, rotation_id) if rotation_id else None
    own = queries.policy(uow, rotation.policy_id) if rotation and rotation.policy_id else None
    row = own or queries.usual(uow)
    return Policy.from_json(row.policy) if row else Policy()
