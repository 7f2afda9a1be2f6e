"""Draws the messages that ask in channels for whoever composed them, as things stand."""

from uuid import UUID

from bot.core import people, revisions
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.quotations import ERASED
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import cards
from bot.features.asks.models import AskRow, AskTextRow
from bot.features.asks.rules.states import PASSED_ON, Relation
from bot.features.asks.service import showing


def card(uow: UnitOfWork, text: AskTextRow) -> Message:
    """The message that asks in a channel, as it stands now.

    It names whom its author asked; who was asked later, and why, is nobody else's business.
    """
    shown = [
        each
        for ask in queries.of_text(uow, text.id)
        if ask.relation not in PASSED_ON | {Relation.ESCALATED}
        and (person := people.find(uow.session, uow.team_id, ask.answerer_id)) is not None
        and (each := showing.show(uow, ask, person)) is not None
    ]
    draw = cards.added if text.completes_ts else cards.card
    called = showing.names(uow, [each.answerer_id for each in shown])
    return draw(str(text.id), text.asker_id, showing.words_of(text), shown, called)


def redraw(uow: UnitOfWork, text: AskTextRow) -> None:
    """Has the message that asks show how things stand."""
    _revise(uow, text, card(uow, text))


def redraw_of(uow: UnitOfWork, ask: AskRow) -> None:
    """Has the message in which this was asked show how things stand, if somebody composed it."""
    text = queries.text(uow, ask.text_id)
    if text is not None:
        redraw(uow, text)


def erase(uow: UnitOfWork, text: AskTextRow) -> None:
    """Takes somebody's words off the message that asks, and off what quotes it."""
    requote(uow, text, ERASED)
    _revise(uow, text, cards.erased())


def take_back(uow: UnitOfWork, text: AskTextRow) -> None:
    """Takes what completed a message off the channel, since that message is gone."""
    _revise(uow, text, cards.gone(text.asker_id))


def requote(uow: UnitOfWork, text: AskTextRow, words: str) -> None:
    """Has what quotes the card of a completed message say something else."""
    if text.card_ts:
        revisions.replace(uow, [(text.channel_id, text.card_ts)], words)


def erase_answers(uow: UnitOfWork, ask: AskRow) -> None:
    """Takes the answerer's words, which they wrote in a form, off what stands in the thread."""
    for number in range(1, ask.round + 1):
        of = answer_key(ask, number)
        uow.outbox.revise(f"{of}:erased", of=of, message=cards.erased())


def redraw_answer(uow: UnitOfWork, ask: AskRow, number: int, words: str) -> None:
    """Has what stands in the thread for the answerer, since a round, say what they say now."""
    of = answer_key(ask, number)
    message = cards.answers(ask.answerer_id, words)
    uow.outbox.revise(f"{of}:{new_id()}", of=of, message=message)


def answer_key(ask: AskRow, number: int) -> str:
    """The name of the fact that an answer from a form was posted, in a round of its ask."""
    return f"asks:{ask.id}:{number}:words"


def key_of(text_id: UUID) -> str:
    """The name of the fact that a composed ask was posted."""
    return f"asks:{text_id}:card"


def _revise(uow: UnitOfWork, text: AskTextRow, message: Message) -> None:
    of = key_of(text.id)
    uow.outbox.revise(f"{of}:{new_id()}", of=of, message=message)
