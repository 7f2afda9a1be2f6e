"""What those do with a baton who have it, are to take it, or handed it over."""

from typing import Any, TypeAlias
from uuid import UUID

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.blocks import Message
from bot.core.ids import known_id
from bot.core.ports import AskLedger, NewAsk
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.handoffs.messages import batons as messages
from bot.features.handoffs.messages import refusals
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.queries import chains
from bot.features.handoffs.rules import batons as rules
from bot.features.handoffs.rules.batons import TRANSITIONS, Verdict
from bot.features.handoffs.rules.items import State, StepKind, To
from bot.features.handoffs.rules.relay import Next
from bot.features.handoffs.rules.shown import BatonShown, bound_to
from bot.features.handoffs.service import batons, blockers, cards, told

Baton: TypeAlias = HandoffBatonRow


class Refused(Exception):
    """Somebody cannot do that to this baton now; `message` tells them why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def hold(
    uow: UnitOfWork, asks: AskLedger, baton_id: UUID | None, user_id: str, kind: StepKind
) -> Baton:
    """The baton that a button or a form is about, if somebody may do this to it as it is now.

    Nobody else moves it, or settles what it waits for, meanwhile. Raises Refused.
    """
    if baton_id is not None:
        blockers.hold_asks(uow, asks, baton_id)
    baton = queries.get(uow, baton_id, lock=True) if baton_id is not None else None
    if baton is None or not may_see(uow, user_id, baton.channel_id):
        raise Refused(refusals.said(refusals.UNKNOWN))
    chain = chains.members(uow, baton.chain_id) if baton.chain_id is not None else ()
    ids = {"holder_id": baton.holder_id, "sender_id": baton.sender_id}
    roles = rules.roles_of(user_id, chain=chain, **ids)
    if rules.judge(kind, State(baton.state), roles) is not Verdict.YES:
        raise Refused(messages.refused(cards.show(uow, baton), kind, user_id))
    return baton


def take(uow: UnitOfWork, asks: AskLedger, baton: Baton, user_id: str) -> Message:
    """Somebody has it from now on, and carries it on; what it waits for, they wait for."""
    blockers.move_to(uow, asks, baton.id, user_id)
    _move(uow, baton, StepKind.TAKEN, user_id, holder_id=user_id)
    batons.forget_question(uow, asks, baton)
    return messages.done(cards.show(uow, baton), user_id)


def ask_back(uow: UnitOfWork, asks: AskLedger, baton: Baton, user_id: str, words: str) -> Message:
    """Its holder returns it with a question, and its sender owes an answer. Raises Refused."""
    number = len(queries.steps(uow, [baton.id])[baton.id]) + 1
    new = NewAsk(
        f"handoffs:{baton.id}:question:{number}",
        user_id,
        baton.sender_id,
        words,
        context=messages.question_about(baton.what),
        channel_id=baton.channel_id,
    )
    ask_id = asks.open(uow, new) if user_id != baton.sender_id else None
    if ask_id is None:
        raise Refused(messages.cannot_ask(baton.sender_id))
    _move(uow, baton, StepKind.RETURNED, user_id, words=words, ask_id=ask_id)
    return messages.done(cards.show(uow, baton), user_id)


def pass_on(
    uow: UnitOfWork, asks: AskLedger, baton: Baton, user_id: str, to: To, *, words: str
) -> Message:
    """Its holder gives it to somebody else, or to whoever is next. Raises Refused."""
    found = batons.next_for(uow, user_id, baton.channel_id, to, baton)
    person_id = _fit(found)
    batons.offer(uow, baton, person_id, kind=StepKind.PASSED_ON, by=user_id, words=words)
    batons.forget_question(uow, asks, baton)
    return messages.done(cards.show(uow, baton), user_id)


def offer_again(uow: UnitOfWork, baton: Baton, user_id: str, to: To) -> Message:
    """Its sender, who has it again, gives it to somebody else, or to its chain anew.

    Raises Refused.
    """
    to = to if to.user_id else To(chain_id=baton.chain_id)
    person_id = _fit(batons.next_for(uow, user_id, baton.channel_id, to))
    batons.offer(uow, baton, person_id, kind=StepKind.HANDED_OVER, by=user_id)
    return messages.done(cards.show(uow, baton), user_id)


def finish(uow: UnitOfWork, asks: AskLedger, baton: Baton, user_id: str) -> Message:
    """It is done; nothing is in its way any more."""
    blockers.close_of(uow, asks, baton.id, by=user_id)
    _move(uow, baton, StepKind.DONE, user_id)
    return messages.done(cards.show(uow, baton), user_id)


def take_back(uow: UnitOfWork, asks: AskLedger, baton: Baton, user_id: str) -> Message:
    """Its sender keeps it after all, with what is in its way: nobody else has to carry it on."""
    blockers.move_to(uow, asks, baton.id, user_id)
    _move(uow, baton, StepKind.WITHDRAWN, user_id)
    batons.forget_question(uow, asks, baton)
    return messages.done(cards.show(uow, baton), user_id)


def follow_answer(uow: UnitOfWork, ask_id: UUID, *, is_answered: bool, by: str) -> None:
    """The question with which a baton was returned is settled: its holder can go on."""
    baton = queries.asking(uow, ask_id)
    if baton is not None and baton.state == State.RETURNED:
        kind = StepKind.ANSWERED if is_answered else StepKind.UNANSWERED
        batons.offer(uow, baton, baton.holder_id, kind=kind, by=by)


def follow_reopening(uow: UnitOfWork, ask_id: UUID) -> None:
    """The question was not answered after all, and the baton goes no further before it is."""
    baton = queries.asking(uow, ask_id)
    if baton is None or baton.state != State.OFFERED:
        return
    last = cards.last_of(queries.steps(uow, [baton.id])[baton.id])
    if last.kind in {StepKind.ANSWERED, StepKind.UNANSWERED}:
        _move(uow, baton, StepKind.RETURNED, baton.holder_id, ask_id=ask_id)


def not_posted(uow: UnitOfWork, key: str) -> None:
    """Posts a card beside the thread that it could not stand in; or its sender hears of it."""
    baton_id = rules.baton_of(key)
    baton = queries.get(uow, baton_id) if baton_id is not None else None
    sender = people.find(uow.session, uow.team_id, baton.sender_id) if baton is not None else None
    if baton is None or sender is None or uow.outbox.post_outside(key):
        return
    told = messages.no_card(cards.show(uow, baton))
    attention.reach(uow, f"handoffs:{baton.id}:no_card", sender, told, urgency=Urgency.REPLY)


def state_of(uow: UnitOfWork, baton_id: str) -> str | None:
    """Where a baton is, for buttons on its card; None: there is none."""
    found = known_id(baton_id)
    baton = queries.get(uow, found) if found is not None else None
    return bound_to(baton.state, baton.holder_id) if baton is not None else None


def shown(uow: UnitOfWork, baton: Baton) -> BatonShown:
    """A baton as people read it."""
    return cards.show(uow, baton)


def _move(
    uow: UnitOfWork,
    baton: Baton,
    kind: StepKind,
    user_id: str,
    words: str = "",
    **values: Any,
) -> None:
    before = baton.holder_id
    still = {"look_at": None, "tell_at": None}
    if not queries.move(uow, baton, TRANSITIONS[kind].after, **still, **values):
        raise Refused(messages.refused(cards.show(uow, baton), kind, user_id))
    queries.note_step(uow, baton, kind, by=user_id, words=words)
    told.follow(uow, baton, before)


def _fit(found: Next | str) -> str:
    if isinstance(found, str):
        raise Refused(refusals.said(found))
    return found.person.user_id
