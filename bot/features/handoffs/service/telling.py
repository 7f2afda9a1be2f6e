"""Tells people of the batons that are with them, when they are open to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight, sight
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules import batons as rules
from bot.features.handoffs.service import cards

SAME_MORNING: Final = timedelta(hours=1)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, baton) of those of which somebody is to be told by now, in any workspace."""
    return queries.to_tell(session, now, limit)


class Teller:
    """Writes to people; knows whether their digest tells them in time anyway."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    def tell(self, uow: UnitOfWork, baton_id: UUID) -> None:
        """Tells whoever a baton is with if they are open to it now; else later, or their digest."""
        baton = queries.get(uow, baton_id, lock=True)
        if baton is None or baton.tell_at is None or baton.tell_at > uow.now:
            return
        cards.note_place(uow, baton)
        person = people.find(uow.session, uow.team_id, baton.holder_id)
        baton.tell_at = self._tell(uow, baton, person) if person is not None else None
        uow.session.flush()

    def _tell(self, uow: UnitOfWork, baton: HandoffBatonRow, person: Person) -> datetime | None:
        """Returns when to try again; None: they are told, or there is nothing to tell them."""
        seen = sight(uow, person.user_id, baton.channel_id)
        if seen is not Sight.OPEN:
            return uow.now + GOOD_FOR if seen is Sight.UNSURE else None
        verdict = attention.consider(uow, person, Urgency.ROUTINE)
        opens_at = verdict.at or uow.now
        last = queries.steps(uow, [baton.id])[baton.id][-1]
        until = baton.look_at or opens_at + SAME_MORNING
        if self._digests.comes_between(uow, person, last.at, until):
            return None
        if verdict.route is Route.NOW:
            key = rules.told_key(baton.id, last.number)
            told = cards.message_to(cards.show(uow, baton), person)
            attention.reach(uow, key, person, told, urgency=Urgency.ROUTINE)
        return verdict.at if verdict.route is Route.LATER else None
