"""Draws the messages that ask in channels, as things stand."""

from uuid import UUID

from bot.core import people
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import cards
from bot.features.asks.models import AskTextRow
from bot.features.asks.service import showing


def card(uow: UnitOfWork, text: AskTextRow) -> Message:
    """The message that asks in a channel, as it stands now."""
    asks = queries.of_text(uow, text.id)
    shown = [
        each
        for ask in asks
        if (person := people.find(uow.session, uow.team_id, ask.answerer_id))
        and (each := showing.show(uow, ask, person)) is not None
    ]
    words = showing.words_of(text)
    return cards.card(str(text.id), text.asker_id, words, shown)


def redraw(uow: UnitOfWork, text: AskTextRow) -> None:
    """Has the message that asks show how things stand."""
    key = f"asks:{text.id}:card:{new_id()}"
    uow.outbox.revise(key, of=card_key(text.id), message=card(uow, text))


def card_key(text_id: UUID) -> str:
    """The name of the fact that a composed ask was posted."""
    return f"asks:{text_id}:card"
