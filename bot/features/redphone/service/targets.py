"""Whom a page is for: rotations, people and groups, as people who can be paged."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from bot.core import groups, people
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import rotations as rotation_queries
from bot.features.redphone.rules.policies import TARGET

ROTATION: Final = "rotation"
PERSON: Final = "person"
GROUP: Final = "group"


def contacts(uow: UnitOfWork, contact: str, page: PageRow) -> list[Person]:
    """Those behind a contact of a policy who can be paged now, each once.

    Whoever paged is not among them, unless there is nobody else.
    """
    found = behind(uow, page.target if contact == TARGET else contact)
    others = [each for each in found if each.user_id != page.caller_id]
    return others or found


def behind(uow: UnitOfWork, contact: str) -> list[Person]:
    """Those whom `rotation:<id>`, `person:<id>` or `group:<id>` reaches now."""
    kind, _, name = contact.partition(":")
    if kind == PERSON:
        return _members(uow, [name])
    if kind == GROUP:
        return _members(uow, sorted(groups.members(uow.session, uow.team_id, name)))
    rotation_id = known_id(name) if kind == ROTATION else None
    return _on_call(uow, rotation_id) if rotation_id else []


def member(uow: UnitOfWork, user_id: str) -> Person | None:
    """The person, if they are a full member: nobody else pages, or is paged."""
    person = people.find(uow.session, uow.team_id, user_id)
    return person if person is not None and person.is_member else None


def _members(uow: UnitOfWork, user_ids: Iterable[str]) -> list[Person]:
    return [person for each in user_ids if (person := member(uow, each)) is not None]


def _on_call(uow: UnitOfWork, rotation_id: UUID) -> list[Person]:
    row = rotation_queries.first(uow)
    is_it = row is not None and row.id == rotation_id
    return _members(uow, rotation_queries.members(uow, row)[:1]) if row and is_it else []
