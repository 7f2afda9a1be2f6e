"""Tells the owner of a decision what somebody else did with it."""

from typing import Final

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.decisions.messages import changes
from bot.features.decisions.rules.registry import Change, Decision, Status

_TOLD: Final = frozenset({Change.AMENDED, Change.SUPERSEDED, Change.DEPRECATED, Change.REVIEWED})


def tell(uow: UnitOfWork, decision: Decision, change: Change, *, by: str, note: str) -> None:
    """One message to the owner, if they may be reached now and may see it."""
    owner_id = decision.fields.owner_id
    if change not in _TOLD or decision.status is Status.PROPOSED or by in {"", owner_id}:
        return
    owner = people.find(uow.session, uow.team_id, owner_id) if owner_id else None
    if owner is None or not may_see(uow, owner_id, decision.place.channel_id):
        return
    key = f"decisions:{decision.number}:changed:{decision.version}"
    message = changes.of_yours(decision, change, by=by, note=note)
    attention.reach(uow, key, owner, message, urgency=Urgency.ROUTINE)
