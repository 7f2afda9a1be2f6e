"""Answers that people give to Baton itself, in the thread of what it wrote to them."""

from bot.core import attention, message_store, people, quotations
from bot.core.attention import Urgency
from bot.core.events import (
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    MessageSent,
    instant_of,
)
from bot.core.message_store import StoredMessage
from bot.core.quotations import DELETED, NOT_KEPT
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import answers
from bot.features.asks.models import AskRow
from bot.features.asks.rules import replies
from bot.features.asks.rules.replies import Meaning, Role
from bot.features.asks.rules.states import Relation
from bot.features.asks.service import access, acting, drawing, hearing, notices, showing


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


def follow_edit(event: MessageEdited, uow: UnitOfWork) -> None:
    """An answer says something else now, and so does what was made of it."""
    message = message_store.find(uow.session, uow.team_id, event.channel_id, event.ts)
    if message is not None:
        words = showing.readable(uow, message.text) if message.is_kept else ""
        _correct(uow, (event.channel_id, event.ts), words, words or NOT_KEPT)


def follow_deletion(event: MessageDeleted, uow: UnitOfWork) -> None:
    """An answer is taken back, and so are its words, wherever they were passed on to."""
    _correct(uow, (event.channel_id, event.ts), "", DELETED)


def _correct(uow: UnitOfWork, place: quotations.Place, words: str, shown: str) -> None:
    for ask, number in queries.answered_by(uow, *place):
        queries.reword(uow, ask, ask.answerer_id, instant_of(place[1]), words)
        drawing.redraw_answer(uow, ask, number, shown)
        notices.correct(uow, ask, number, shown)


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
            case _:
                if _settle(uow, ask, meaning, message):
                    queries.note_answer(uow, ask, message.channel_id, message.ts)


def _settle(uow: UnitOfWork, ask: AskRow, meaning: Meaning, message: StoredMessage) -> bool:
    match meaning:
        case Meaning.DECLINE if ask.relation == Relation.DELEGATED:
            return acting.give_back(uow, ask, message.text)
        case Meaning.DECLINE:
            return acting.decline(uow, ask, message.text)
        case _:  # a question back is better read by the asker than kept here
            return acting.answer(uow, ask, showing.readable(uow, message.text))


def _refuse(uow: UnitOfWork, ask: AskRow, message: StoredMessage, sentence: str) -> None:
    person = people.find(uow.session, uow.team_id, message.user_id)
    if person is not None:
        key = f"asks:{ask.id}:refused:{message.ts}"
        attention.reach(uow, key, person, answers.said(sentence), urgency=Urgency.REPLY)
