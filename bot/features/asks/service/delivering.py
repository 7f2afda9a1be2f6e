"""When what asks somebody directly reaches them."""

from datetime import datetime

from bot.core import attention, people
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.messages import answers
from bot.features.asks.models import AskRow
from bot.features.asks.rules.notices import Notice
from bot.features.asks.service import clocks, notices


def may_ask(uow: UnitOfWork, person: Person, *, directly: bool) -> bool:
    """Whether Baton may ask somebody for others: at all, or by a direct message."""
    if attention.is_off(uow, person.user_id):
        return False
    return not directly or attention.opens_at(uow, person) is not None


def refusal(uow: UnitOfWork, person: Person, *, directly: bool) -> str:
    """Why somebody cannot be asked now, in a sentence; empty if they can."""
    if uow.workspace.is_paused:
        return answers.PAUSED
    return "" if may_ask(uow, person, directly=directly) else answers.MAY_NOT_WRITE


def send(uow: UnitOfWork, ask: AskRow, kind: Notice) -> datetime | None:
    """Has the answerer told that they are asked, when they are open to it; None: that is now.

    The clock of the ask runs from then.
    """
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    at = attention.opens_at(uow, answerer) if answerer else None
    if answerer is None or at is None or at <= uow.now:
        notices.tell(uow, ask, kind, ask.answerer_id)
        return None
    notices.tell(uow, ask, kind, ask.answerer_id, at=at)
    clocks.start_at(uow, ask, answerer, at)
    return at
