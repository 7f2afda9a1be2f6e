"""Answers that people give to Baton itself, in the thread of what it wrote to them."""

from bot.core import attention, message_store, people
from bot.core.attention import Urgency
from bot.core.events import MessagePosted, MessageSent
from bot.core.message_store import StoredMessage
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import answers
from bot.features.asks.models import AskRow
from bot.features.asks.rules import replies
from bot.features.asks.rules.replies import Meaning, Role
from bot.features.asks.rules.states import Relation
from bot.features.asks.service import access, acting, hearing, showing


def hear(event: MessagePosted, uow: UnitOfWork) -> None:
    """The answerer's reply goes to where the question stands, or to the asker directly."""
    message = message_store.current(uow.session, event)
    if message is not None:
        _hear(uow, message)


def catch_up(event: MessageSent, uow: UnitOfWork) -> None:
    """A reply may have been faster than the news that what it replies to is out."""
    for message in message_store.replies(uow.session, uow.team_id, event.channel_id, event.ts):
        if event.channel_id.startswith("D") and message.is_kept:
            _hear(uow, message)


def _hear(uow: UnitOfWork, message: StoredMessage) -> None:
    for ask in queries.under(uow, message.channel_id, message.thread_root):
        if ask.answerer_id != message.user_id or message.at <= ask.asked_at:
            continue
        meaning = replies.meaning(message.text, Role.ANSWERER, showing.said_in(uow, ask))
        refusal = access.why_not(uow, ask, message.user_id)
        if refusal and meaning is not Meaning.NOTHING:
            _refuse(uow, ask, message, refusal)
            continue
        match meaning:
            case Meaning.ACCEPT | Meaning.HOLDING:
                hearing.accept(uow, ask, message.user_id)
            case Meaning.NOTHING:
                pass
            case Meaning.DECLINE if ask.relation == Relation.DELEGATED:
                acting.give_back(uow, ask, message.text)
            case Meaning.DECLINE:
                acting.decline(uow, ask, message.text)
            case _:  # a question back is better read by the asker than kept here
                acting.answer(uow, ask, showing.readable(uow, message.text))


def _refuse(uow: UnitOfWork, ask: AskRow, message: StoredMessage, sentence: str) -> None:
    person = people.find(uow.session, uow.team_id, message.user_id)
    if person is not None:
        key = f"asks:{ask.id}:refused:{message.ts}"
        attention.reach(uow, key, person, answers.said(sentence), urgency=Urgency.REPLY)
