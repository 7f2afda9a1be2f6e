"""Answers that people give to Baton itself, in the thread of what it wrote to them."""

from bot.core import message_store
from bot.core.events import MessagePosted
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.rules import replies
from bot.features.asks.rules.replies import Meaning, Role
from bot.features.asks.rules.states import Relation
from bot.features.asks.service import acting, hearing, showing


def hear(event: MessagePosted, uow: UnitOfWork) -> None:
    """The answerer's reply goes to where the question stands, or to the asker directly."""
    message = message_store.current(uow.session, event)
    if message is None:
        return
    for ask in queries.under(uow, event.channel_id, event.thread_ts or event.ts):
        if ask.answerer_id != event.user_id or message.at <= ask.asked_at:
            continue
        match replies.meaning(message.text, Role.ANSWERER):
            case Meaning.ACCEPT | Meaning.HOLDING:
                hearing.accept(uow, ask, event.user_id)
            case Meaning.NOTHING:
                pass
            case Meaning.DECLINE if ask.relation == Relation.DELEGATED:
                acting.give_back(uow, ask, message.text)
            case Meaning.DECLINE:
                acting.decline(uow, ask, message.text)
            case _:  # a question back is better read by the asker than kept here
                acting.answer(uow, ask, showing.readable(uow, message.text))
