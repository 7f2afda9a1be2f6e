"""Tells people of the batons that are with them, when they are open to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from bot.core import attention, people
from bot.core.attention import Route, Urgency
from bot.core.people import Person
from bot.core.ports import Digests
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import GOOD_FOR, Sight, sight
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as steps
from bot.features.handoffs.queries import telling as queries
from bot.features.handoffs.service import cards, told

SAME_MORNING: Final = timedelta(hours=1)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, str]]:
    """(team, person) of those who are to be told of batons by now, in any workspace."""
    return queries.to_tell(session, now, limit)


class Teller:
    """Writes to people; knows whether their digest tells them in time anyway."""

    def __init__(self, digests: Digests) -> None:
        self._digests = digests

    def tell(self, uow: UnitOfWork, holder_id: str) -> None:
        """Tells somebody, in one message, of all that is with them and was not told yet.

        Only if they are open to it now; else later, or their digest does.
        """
        untold = queries.hold_untold(uow, holder_id, told.MOST)
        person = people.find(uow.session, uow.team_id, holder_id)
        at_once = []
        for baton in untold:
            cards.note_place(uow, baton)
            at = self._when(uow, baton, person) if person is not None else None
            baton.tell_at = at if at != uow.now else None
            at_once += [baton] if at == uow.now else []
        uow.session.flush()
        if person is not None and at_once:
            told.reach(uow, person, at_once)

    def _when(self, uow: UnitOfWork, baton: HandoffBatonRow, person: Person) -> datetime | None:
        """When to tell them, or to try again; None: they know, or there is nothing to tell."""
        seen = sight(uow, person.user_id, baton.channel_id)
        if seen is not Sight.OPEN:
            return uow.now + GOOD_FOR if seen is Sight.UNSURE else None
        verdict = attention.consider(uow, person, Urgency.ROUTINE)
        opens_at = verdict.at or uow.now
        last = steps.steps(uow, [baton.id])[baton.id][-1]
        until = baton.look_at or opens_at + SAME_MORNING
        if self._digests.comes_between(uow, person, last.at, until):
            return None
        return opens_at if verdict.route in {Route.NOW, Route.LATER} else None
