"""Who is on call."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.core import people
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.queries import rotations as queries
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.service import layers


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call in a rotation; `until` somebody else is, None: that is not in sight."""

    rotation_id: UUID
    name: str
    person: Person | None
    until: datetime | None


def on_call(uow: UnitOfWork, rotation_id: UUID, at: datetime | None = None) -> Person | None:
    """Who is on call in a rotation, now or at another instant; None: nobody."""
    row = queries.rotation(uow, rotation_id)
    if row is None:
        return None
    instant = at or uow.now
    user_id = rules.on_call(layers.rotation_of(uow, row, instant), instant)
    return people.find(uow.session, uow.team_id, user_id) if user_id else None


def all_of(uow: UnitOfWork) -> list[OnCall]:
    """Who is on call now in each rotation, by name; the one without a name first."""
    found = []
    for row in queries.rotations(uow):
        rotation = layers.rotation_of(uow, row)
        user_id = rules.on_call(rotation, uow.now)
        person = people.find(uow.session, uow.team_id, user_id) if user_id else None
        found.append(OnCall(row.id, row.name, person, rules.until(rotation, uow.now)))
    return found


def is_on_call(uow: UnitOfWork, user_id: str) -> bool:
    """Whether somebody is on call now, in any rotation."""
    return any(each.person and each.person.user_id == user_id for each in all_of(uow))
