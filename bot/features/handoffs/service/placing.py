"""Where the card of a baton stands, or that it cannot."""

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.events import MessageSent
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import batons as messages
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.batons import baton_of
from bot.features.handoffs.service import cards


def place(uow: UnitOfWork, event: MessageSent) -> None:
    """Notes where a baton's card stands."""
    baton_id = baton_of(event.key)
    baton = queries.get(uow, baton_id, lock=True) if baton_id is not None else None
    if baton is not None and not baton.card_ts:
        baton.card_ts = event.ts
        uow.session.flush()


def not_posted(uow: UnitOfWork, key: str) -> None:
    """Posts a card beside the thread that it could not stand in; or its sender hears of it."""
    baton_id = baton_of(key)
    baton = queries.get(uow, baton_id) if baton_id is not None else None
    sender = people.find(uow.session, uow.team_id, baton.sender_id) if baton is not None else None
    if baton is None or sender is None or uow.outbox.post_outside(key):
        return
    told = messages.no_card(cards.show(uow, baton))
    attention.reach(uow, f"handoffs:{baton.id}:no_card", sender, told, urgency=Urgency.REPLY)
