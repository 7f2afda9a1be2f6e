"""Makes rotations, changes them, and takes them away."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import boards
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.working_time import UNKNOWN_ZONE, zone_named
from bot.features.redphone.models import RotationRow
from bot.features.redphone.queries import feeds, overrides
from bot.features.redphone.queries import rotations as queries
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.rules import schedules
from bot.features.redphone.rules.rotations import Layer
from bot.features.redphone.rules.schedules import Plan
from bot.features.redphone.service import announcing, layers, trail
from bot.features.redphone.service.trail import Thing

LEFT: Final = "left"
"""In the audit trail: its actor is no full member any more, and takes no turns."""
KEPT_DELETED: Final = timedelta(days=1)
"""How long a rotation that was taken away can be had back."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A rotation that was made or changed; the `untold` are people who do not know it yet.

    `before` are those who took turns before, where one person is put in the place of several.
    """

    rotation_id: UUID
    name: str
    on_call: str
    untold: list[str] = field(default_factory=list)
    before: tuple[str, ...] = ()


def save(uow: UnitOfWork, plan: Plan, rotation_id: UUID | None, *, by: str) -> Changed | None:
    """Makes a rotation, or changes one; None if another has that name, or it is gone."""
    known = queries.named(uow, plan.name)
    if known is not None and known.id != rotation_id:
        return None
    row = queries.rotation(uow, rotation_id) if rotation_id else None
    before, was = announcing.standing(uow, row), snapshot(uow, row)
    if row is None:
        made = None if rotation_id else queries.add(uow, plan.name, plan.zone, by=by)
        row = queries.rotation(uow, made) if made else None
    if row is None:
        return None
    found = _layers(uow, row, plan)
    queries.change(uow, row.id, by=by, name=plan.name, zone=plan.zone)
    queries.set_layers(uow, row.id, [layers.kept(each) for each in found])
    return _changed(uow, row.id, before, was, by=by)


def put_on_call(uow: UnitOfWork, person: Person, *, by: str) -> Changed | None:
    """Has one person on call in the rotation without a name, until that is changed."""
    row = queries.first(uow)
    before, was = announcing.standing(uow, row), snapshot(uow, row)
    rotation_id = row.id if row else queries.add(uow, "", "UTC", by=by)
    if rotation_id is None:
        return None
    only = Layer((person.user_id,), starts_on=uow.now.date())
    if before.on_call == person.user_id and before.members == {person.user_id}:
        return Changed(rotation_id, "", person.user_id)
    queries.set_layers(uow, rotation_id, [layers.kept(only)])
    overrides.remove_all(uow, rotation_id)
    feeds.remove(uow, rotation_id)
    queries.change(uow, rotation_id, by=by)
    others = tuple(sorted(before.members)) if len(before.members) > 1 else ()
    return _changed(uow, rotation_id, before, was, by=by, others=others)


def remove(uow: UnitOfWork, rotation_id: UUID, *, by: str) -> str | None:
    """Takes a rotation away; returns what it was called, None: it was gone."""
    row = queries.rotation(uow, rotation_id)
    was = snapshot(uow, row)
    if row is None or not queries.remove(uow, rotation_id, by=by):
        return None
    note(uow, "deleted", rotation_id, by, before=was)
    return row.name


def restore(uow: UnitOfWork, rotation_id: UUID, *, by: str) -> str | None:
    """Takes that back; returns what it is called, None: it is too late, or its name is taken."""
    row = queries.rotation(uow, rotation_id, is_deleted=True)
    if row is None or queries.named(uow, row.name) is not None:
        return None
    queries.restore(uow, rotation_id, by=by)
    note(uow, "restored", rotation_id, by, after={"name": row.name})
    return row.name


def gone(session: Session, now: datetime) -> list[tuple[str, UUID]]:
    """(team, rotation) of those that can be had back no more."""
    return queries.deleted_before(session, now - KEPT_DELETED)


def forget(uow: UnitOfWork, rotation_id: UUID) -> None:
    """Deletes one of them for good."""
    queries.forget(uow, rotation_id)


def snapshot(uow: UnitOfWork, row: RotationRow | None) -> dict[str, Any] | None:
    """A rotation as the audit trail keeps it."""
    if row is None:
        return None
    kept = [layers.kept(layers.layer_of(each)) for each in queries.layers(uow, row.id)]
    plain = [each | {"starts_on": str(each["starts_on"])} for each in kept]
    return {"name": row.name, "zone": row.zone, "layers": plain}


def note(
    uow: UnitOfWork,
    verb: str,
    rotation_id: UUID,
    by: str,
    *,
    before: Any = None,
    after: Any = None,
) -> None:
    """Notes a change in the audit trail; everybody's board shows it."""
    about_it = about(rotation_id)
    trail.note(uow, Thing.ROTATION, verb, by, about=about_it, before=before, after=after)
    boards.touch_all(uow)


def about(rotation_id: UUID) -> str:
    """What a rotation is called in the audit trail."""
    return f"rotation:{rotation_id}"


def _layers(uow: UnitOfWork, row: RotationRow, plan: Plan) -> list[Layer]:
    zone = zone_named(plan.zone) or UNKNOWN_ZONE
    able = layers.able(uow, [*plan.members, *plan.upper])
    before = [layers.layer_of(each) for each in queries.layers(uow, row.id)]
    there = zone_named(row.zone) or UNKNOWN_ZONE
    holders = [rules.whose_turn(there, each, uow.now, able) for each in before]
    return schedules.layers_of(plan, zone, uow.now, holders)


def _changed(
    uow: UnitOfWork,
    rotation_id: UUID,
    before: announcing.Standing,
    was: dict[str, Any] | None,
    *,
    by: str,
    others: tuple[str, ...] = (),
) -> Changed:
    row = queries.rotation(uow, rotation_id)
    verb = "changed" if was else "made"
    note(uow, verb, rotation_id, by, before=was, after=snapshot(uow, row))
    name, after = row.name if row else "", announcing.standing(uow, row)
    untold = announcing.announce(uow, name, before, after, by=by)
    return Changed(rotation_id, name, after.on_call, untold, others)
