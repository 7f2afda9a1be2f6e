"""Escalation policies: the workspace's usual one, and those of its rotations."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from bot.core import audit, groups, people
from bot.core.agreement.roles import may_change
from bot.core.agreement.setting import WORKSPACE
from bot.core.ids import known_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages.policies import FIRST_ROTATION, TARGETED
from bot.features.redphone.models import EscalationPolicyRow
from bot.features.redphone.queries import policies as queries
from bot.features.redphone.queries import rotations
from bot.features.redphone.queries.policies import USUAL
from bot.features.redphone.rules.policies import TARGET, Held, Policy
from bot.features.redphone.rules.targets import GROUP, ROTATION
from bot.features.redphone.service import trail
from bot.features.redphone.service.trail import Thing

_ROTATION: Final = f"{ROTATION}:"


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


def names_of(uow: UnitOfWork, policies: Iterable[Policy]) -> dict[str, str]:
    """What the contacts of policies are called, for people; those that are gone are left out."""
    contacts = {
        contact for policy in policies for level in policy.levels for contact in level.contacts
    }
    found = {contact: name_of(uow, contact) for contact in contacts - {TARGET}}
    return {contact: name for contact, name in found.items() if name}


def name_of(uow: UnitOfWork, contact: str) -> str:
    """What people call a contact; empty: nobody of that name can be paged any more."""
    kind, _, name = contact.partition(":")
    if kind == GROUP:
        handle = groups.name(uow.session, uow.team_id, name)
        return f"@{handle}" if handle else ""
    if kind == ROTATION:
        rotation_id = known_id(name)
        row = rotations.rotation(uow, rotation_id) if rotation_id else None
        return (row.name or FIRST_ROTATION) if row is not None else ""
    person = people.find(uow.session, uow.team_id, name)
    return person.name if person is not None and person.is_member else ""


def offered(uow: UnitOfWork) -> dict[str, str]:
    """The rotations and groups that a level can have among its contacts, by what they are called.

    First of all whomever a page is for.
    """
    turns = {f"{_ROTATION}{each.id}": each.name for each in rotations.rotations(uow)}
    handles = groups.known(uow.session, uow.team_id)
    return {
        TARGET: TARGETED,
        **{name: f"On call for {title}" if title else "On call" for name, title in turns.items()},
        **{f"{GROUP}:{group_id}": f"Everybody in @{each}" for group_id, each in handles.items()},
    }


def wrong_people(uow: UnitOfWork, user_ids: Sequence[str]) -> list[str]:
    """Those who cannot be paged: guests, apps and people of elsewhere."""
    found = {each: people.find(uow.session, uow.team_id, each) for each in user_ids}
    return [each for each, person in found.items() if person is None or not person.is_member]


def called(uow: UnitOfWork, user_ids: Sequence[str]) -> Mapping[str, str]:
    """What people are called."""
    return people.names(uow.session, uow.team_id, user_ids)


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
    trail.note(uow, Thing.POLICY, "changed", by, about=_about(name), before=before, after=after)
