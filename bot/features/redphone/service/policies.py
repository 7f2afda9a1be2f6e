"""Escalation policies: the workspace's usual one, and those of its rotations."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from bot.core import audit, people
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import WORKSPACE
from bot.core.ids import known_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import EscalationPolicyRow
from bot.features.redphone.queries import policies as queries
from bot.features.redphone.queries import rotations
from bot.features.redphone.queries.policies import USUAL
from bot.features.redphone.rules.policies import Policy

CHANGED: Final = "policy.changed"
_ROTATION: Final = "rotation:"


@dataclass(frozen=True, slots=True)
class Held:
    """A policy as it holds; `name` is that of its row.

    `is_own` is false where nobody changed anything: then a rotation follows the usual one.
    """

    name: str
    policy: Policy
    is_own: bool


def of(uow: UnitOfWork, target: str) -> Policy:
    """The policy by which a page for this target goes on: its rotation's own, else the usual."""
    return held(uow, target).policy


def held(uow: UnitOfWork, name: str) -> Held:
    """What holds under a name: `usual`, or a rotation's target; any other follows the usual."""
    own, usual = _own(uow, name), queries.named(uow, USUAL)
    row = own or usual
    policy = Policy.from_json(row.policy) if row is not None else Policy()
    return Held(name, policy, own is not None)


def all_of(uow: UnitOfWork) -> list[Held]:
    """The usual policy, and what holds for each rotation."""
    names = [f"{_ROTATION}{each.id}" for each in rotations.rotations(uow)]
    return [held(uow, name) for name in (USUAL, *names)]


def may_be_changed(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody may change policies: whoever may change the workspace's settings."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person is not None and may_change(person, WORKSPACE, None)


def change(uow: UnitOfWork, name: str, policy: Policy | None, *, by: str) -> Held:
    """Has another policy hold; None: the usual one, or what holds where nobody changed anything."""
    before = _own(uow, name)
    kept = policy.to_json() if policy is not None else None
    if kept is None:
        queries.remove(uow, name)
        policy_id = None
    else:
        policy_id = queries.save(uow, name, kept, by=by)
    rotation_id = _rotation_id(name)
    if rotation_id is not None:
        rotations.change(uow, rotation_id, by=by, policy_id=policy_id)
    _record(uow, name, before.policy if before else None, kept, by)
    return held(uow, name)


def version(uow: UnitOfWork, name: str) -> str:
    """Another text after each change."""
    newest = audit.entries(uow.session, uow.team_id, _about(name), limit=1)
    return newest[0].at.isoformat() if newest else ""


def undo(uow: UnitOfWork, name: str, version: str, *, by: str) -> Held | None:
    """Takes the newest change back; None: somebody changed it since."""
    entries = audit.entries(uow.session, uow.team_id, _about(name), limit=1)
    if not entries or entries[0].at.isoformat() != version:
        return None
    kept = entries[0].before
    return change(uow, name, Policy.from_json(kept) if kept is not None else None, by=by)


def _own(uow: UnitOfWork, name: str) -> EscalationPolicyRow | None:
    if name == USUAL:
        return queries.named(uow, USUAL)
    rotation_id = _rotation_id(name)
    rotation = rotations.rotation(uow, rotation_id) if rotation_id else None
    return queries.policy(uow, rotation.policy_id) if rotation and rotation.policy_id else None


def _rotation_id(name: str) -> UUID | None:
    return known_id(name.removeprefix(_ROTATION)) if name.startswith(_ROTATION) else None


def _about(name: str) -> str:
    return f"policy:{name}"


def _record(uow: UnitOfWork, name: str, before: Any, after: Any, by: str) -> None:
    audit.record(
        uow.session,
        uow.team_id,
        at=uow.now,
        actor_id=by,
        action=CHANGED,
        about=_about(name),
        before=before,
        after=after,
    )
