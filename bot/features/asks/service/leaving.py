"""Whoever is no full member any more is waited for no longer, nor do they wait for anybody."""

from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.rules.states import How, State
from bot.features.asks.service import settling


def follow(uow: UnitOfWork, user_id: str) -> None:
    """Ends what somebody asked, and what they were asked for: its askers hear of that."""
    for ask in queries.asked_by(uow, user_id):
        settling.settle(uow, ask, State.EXPIRED, by=user_id, how=How.LEFT)
    for ask in queries.waiting_on(uow, user_id):
        settling.leave(uow, ask)
