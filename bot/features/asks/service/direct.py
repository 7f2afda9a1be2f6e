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
from bot.features.asks.queries import Place
from bot.features.asks.rules import replies
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.replies import Meaning, Role
from bot.features.asks.rules.states import PASSED_ON, UNSETTLED, Relation
from bot.features.asks.service import (
    access,
    acting,
    delivering,
    drawing,
    hearing,
    notices,
    showing,
    turning,
)


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
    for ask in queries.placed_under(uow, message.channel_id, message.thread_root):
        if message.at <= ask.asked_at or _is_known(uow, ask, message):
            continue
        meaning = replies.meaning(message.text, Role.ANSWERER, showing.said_in(uow, ask))
        refusal = access.why_not(uow, ask, message.user_id)
        if refusal and meaning is not Meaning.NOTHING:
            _refuse(uow, ask, message, refusal)
            continue
        if message.user_id == ask.answerer_id and ask.state in UNSETTLED:
            _take(uow, ask, meaning, message)
        elif _may_add(ask, message.user_id) and meaning is not Meaning.NOTHING:
            notices.pass_on(uow, ask, message.user_id, message.text)


def _refuse(uow: UnitOfWork, ask: AskRow, message: StoredMessage, sentence: str) -> None:
    person = people.find(uow.session, uow.team_id, message.user_id)
    if person is not None:
        key = f"asks:{ask.id}:refused:{message.ts}"
        attention.reach(uow, key, person, answers.said(sentence), urgency=Urgency.REPLY)


def _take(uow: UnitOfWork, ask: AskRow, meaning: Meaning, message: StoredMessage) -> None:
    match meaning:
        case Meaning.ACCEPT | Meaning.HOLDING:
            hearing.accept(uow, ask, message.user_id)
        case Meaning.NOTHING:
            pass
        case Meaning.ASKS_BACK if ask.relation != Relation.TURNED:
            place = Place(message.channel_id, message.ts, message.thread_root)
            reverse = turning.turn(uow, ask, place, message.user_id)
            if reverse is not None:
                delivering.send(uow, reverse, Notice.ASKED_BACK)
        case _:
            if _settle(uow, ask, meaning, message):
                queries.note_answer(uow, ask, message.channel_id, message.ts)


def _settle(uow: UnitOfWork, ask: AskRow, meaning: Meaning, message: StoredMessage) -> bool:
    match meaning:
        case Meaning.DECLINE if ask.relation in PASSED_ON:
            return acting.give_back(uow, ask, message.text)
        case Meaning.DECLINE:
            return acting.decline(uow, ask, message.text)
        case _:
            return acting.answer(uow, ask, showing.readable(uow, message.text))


def _may_add(ask: AskRow, user_id: str) -> bool:
    """Whether one of the two writes about what is settled, or is somebody else's now."""
    if ask.relation == Relation.TURNED and ask.asker_id == user_id:
        return False  # it stands in the thread of what they were asked: that one hears it
    return user_id in {ask.asker_id, ask.answerer_id}


def _is_known(uow: UnitOfWork, ask: AskRow, message: StoredMessage) -> bool:
    """Whether the message was dealt with before: what is said twice is passed on once."""
    if queries.of_message(uow, message.channel_id, message.ts):
        return True
    words = {message.text, showing.readable(uow, message.text)}
    steps = queries.steps(uow, ask.id)
    return any(step.by == message.user_id and step.words in words for step in steps)
