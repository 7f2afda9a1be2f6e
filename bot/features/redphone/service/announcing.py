"""Tells people what their turns are, within their attention."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.blocks import Message
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import rotations as messages
from bot.features.redphone.models import RotationRow
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.service import addresses, layers

_AGAIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is on call in a rotation, and who takes turns in it."""

    on_call: str = ""
    members: frozenset[str] = frozenset()


def standing(uow: UnitOfWork, row: RotationRow | None) -> Standing:
    """How a rotation stands now."""
    if row is None:
        return Standing()
    rotation = layers.rotation_of(uow, row)
    members = {each for layer in rotation.layers for each in layer.members}
    return Standing(rules.on_call(rotation, uow.now) or "", frozenset(members))


def announce(
    uow: UnitOfWork, name: str, before: Standing, after: Standing, *, by: str
) -> list[str]:
    """Tells everybody for whom something is different; returns those who do not know it now."""
    told = {user_id: messages.no_turns(by, name) for user_id in before.members - after.members}
    new = after.members - before.members
    told |= {each: messages.takes_turns(by, name, hint(uow, each)) for each in new}
    if after.on_call != before.on_call:
        told |= {after.on_call: messages.put_on_call(by, name, hint(uow, after.on_call))}
        if before.on_call in after.members or before.on_call not in before.members:
            told |= {before.on_call: messages.off_call(by, name)}
    return tell_all(uow, told.items(), by=by)


def tell_all(uow: UnitOfWork, told: Iterable[tuple[str, Message]], *, by: str) -> list[str]:
    """Tells several people, each something; returns those who do not know it now, by id."""
    key = f"redphone:oncall:{uow.now.isoformat()}"
    return [
        user_id
        for user_id, message in sorted(told, key=lambda each: each[0])
        if user_id not in {"", by} and not _tell(uow, f"{key}:{user_id}", user_id, message)
    ]


def tell_once(uow: UnitOfWork, key: str, user_id: str, message: Message) -> datetime | None:
    """Tells somebody a fact once; returns when to try again if they cannot be told now."""
    if _tell(uow, key, user_id, message):
        return None
    person = people.find(uow.session, uow.team_id, user_id)
    opens_at = attention.opens_at(uow, person) if person else None
    return max(opens_at, uow.now + _AGAIN) if opens_at else None


def hint(uow: UnitOfWork, user_id: str) -> str:
    """What somebody should know who is put on call and is reached in Slack only; or nothing."""
    person = people.find(uow.session, uow.team_id, user_id)
    return addresses.hint(uow, person) if person is not None else ""


def key_of(fact: str, rotation_id: UUID, user_id: str, at: datetime) -> str:
    """The key under which a fact about a shift is told."""
    return f"redphone:{fact}:{rotation_id}:{user_id}:{int(at.timestamp())}"


def _tell(uow: UnitOfWork, key: str, user_id: str, message: Message) -> bool:
    person = people.find(uow.session, uow.team_id, user_id)
    if person is None:
        return False
    return attention.reach(uow, key, person, message, urgency=Urgency.ROUTINE) is Route.NOW
