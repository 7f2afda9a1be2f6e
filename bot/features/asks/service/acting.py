"""What the two sides do about an ask by a button or a form."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, TypeAlias
from uuid import UUID

from bot.core import channels, people
from bot.core.events import AskReopened
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.asks import queries
from bot.features.asks.messages import answers, cards
from bot.features.asks.models import AskRow
from bot.features.asks.queries import Place
from bot.features.asks.rules.clock import Clock, is_late_enough_to_escalate
from bot.features.asks.rules.notices import Notice
from bot.features.asks.rules.shown import NotTaken
from bot.features.asks.rules.states import PASSED_ON, UNSETTLED, WAITING, How, Relation, State
from bot.features.asks.service import (
    access,
    clocks,
    composing,
    delivering,
    digested,
    drawing,
    hearing,
    notices,
    opening,
    settling,
    showing,
)
from bot.features.asks.service.access import Refused
from bot.features.asks.service.opening import Asking

_NEEDLESS: Final = frozenset({answers.ASKED_ALREADY, answers.NOT_ONE_OF_YOU})
Ask: TypeAlias = AskRow
"""An ask as the entry points pass it on, without looking into it."""


def done(uow: UnitOfWork, ask: AskRow, by: str) -> bool:
    """It is done; returns False if it was settled before."""
    return settling.settle(uow, ask, State.ANSWERED, by=by, how=How.BUTTON)


def accept(uow: UnitOfWork, ask: AskRow) -> bool:
    """The answerer is on it; returns False if they were, or it is settled."""
    if not hearing.accept(uow, ask, ask.answerer_id):
        return False
    notices.settle(uow, ask)
    return True


def decline(uow: UnitOfWork, ask: AskRow, reason: str) -> bool:
    """The answerer cannot do it, and says why."""
    by = ask.answerer_id
    return settling.settle(uow, ask, State.DECLINED, by=by, how=How.BUTTON, words=reason)


def answer(uow: UnitOfWork, ask: AskRow, words: str) -> bool:
    """The answerer's words go where the question stands, or to the asker directly."""
    by = ask.answerer_id
    if not settling.settle(uow, ask, State.ANSWERED, by=by, how=How.BUTTON, words=words):
        return False
    if _has_thread(uow, ask):
        key = drawing.answer_key(ask, ask.round)
        said = cards.answers(by, words)
        uow.outbox.post(key, ask.channel_id, said, thread_ts=ask.root_ts)
    return True


def delegate(uow: UnitOfWork, ask: AskRow, to: Person, words: str) -> str:
    """Passes an ask on, with a clock of its own; returns a sentence if that cannot be."""
    refusal = why_not(uow, ask, to)
    if refusal:
        return refusal
    if ask.state not in WAITING:
        return answers.SETTLED_BEFORE
    child = child_of(uow, ask, to, Relation.DELEGATED)
    if child is None:
        return answers.CANNOT_SEE
    queries.move(uow, ask, State.DELEGATED, by=ask.answerer_id, words=words, nudge_at=None)
    notices.settle(uow, ask)
    delivering.send(uow, child, Notice.DELEGATED)
    notices.tell(uow, ask, Notice.PASSED_ON, ask.asker_id)
    drawing.redraw_of(uow, ask)
    return ""


def give_back(uow: UnitOfWork, ask: AskRow, words: str = "") -> bool:
    """Whom it was passed on to returns it; whoever had it has a new clock."""
    if ask.relation not in PASSED_ON:
        return False
    by = ask.answerer_id
    return settling.settle(uow, ask, State.DECLINED, by=by, how=How.BUTTON, words=words)


def escalate(uow: UnitOfWork, ask: AskRow, to: Sequence[Person]) -> str:
    """The asker asks others, too, from the due time on; returns a sentence if that cannot be."""
    refusal = too_early(uow, ask)
    if refusal:
        return refusal
    refusals = {person.user_id: why_not(uow, ask, person) for person in to}
    fine = [person for person in to if not refusals[person.user_id]]
    wrong = [each for each in refusals.values() if each and (each not in _NEEDLESS or not fine)]
    if wrong or not fine:
        return wrong[0] if wrong else answers.NOBODY
    found = [child_of(uow, ask, person, Relation.ESCALATED) for person in fine]
    asked = [child for child in found if child is not None]
    if not asked:
        return answers.CANNOT_SEE
    queries.note_step(uow, ask.id, "escalated", by=ask.asker_id)
    for child in asked:
        delivering.send(uow, child, Notice.ESCALATED)
    return ""


def too_early(uow: UnitOfWork, ask: AskRow) -> str:
    """Why others cannot be asked yet, or any more; empty if they can."""
    if is_late_enough_to_escalate(State(ask.state), ask.due_at, uow.now):
        return ""
    return answers.NOT_DUE_YET if ask.state in WAITING else answers.SETTLED_BEFORE


def set_deadline(uow: UnitOfWork, ask: AskRow, deadline: datetime) -> None:
    """The asker says until when; nothing happens to what is settled."""
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    if answerer is not None and ask.state in WAITING:
        policy = clocks.policy(uow, ask.urgency, ask.channel_id)
        clock = Clock.started(uow.now, policy, deadline)
        clocks.set_clock(uow, ask, clock, answerer)


def snooze(uow: UnitOfWork, ask: AskRow) -> datetime:
    """Nothing more is said of it until the answerer's next working day; the due time stays."""
    answerer = people.find(uow.session, uow.team_id, ask.answerer_id)
    if answerer is None:
        return uow.now
    until = showing.next_day(answerer, uow.now)
    queries.note_step(uow, ask.id, queries.SNOOZED, by=ask.answerer_id)
    notices.snooze(uow, ask, until)
    digested.follow(uow, ask)
    return answerer.working_time.local(until)


def withdraw(uow: UnitOfWork, ask: AskRow) -> bool:
    """The asker takes it back, from everybody who was asked by the same words."""
    text = queries.text(uow, ask.text_id)
    if text is not None:
        return composing.withdraw(uow, text) is not None
    return settling.settle(uow, ask, State.WITHDRAWN, by=ask.asker_id, how=How.ASKER)


def creator_of(uow: UnitOfWork, ask: AskRow) -> str:
    """Who made the channel in which it was asked; empty if nobody knows."""
    channel = channels.find(uow.session, uow.team_id, ask.channel_id)
    return channel.creator_id if channel else ""


def answer_many(
    uow: UnitOfWork, by: str, words: Mapping[UUID, str]
) -> tuple[int, Sequence[NotTaken]]:
    """Answers several asks, each in its own thread: how many, and what could not be answered."""
    count, not_taken = 0, []
    for ask_id, said in words.items():
        missed = _answer_one(uow, by, ask_id, said.strip()) if said.strip() else None
        if missed is not None:
            not_taken.append(missed)
        count += bool(said.strip()) and missed is None
    return count, not_taken


def _answer_one(uow: UnitOfWork, by: str, ask_id: UUID, said: str) -> NotTaken | None:
    """Answers an ask; returns what was not taken, if so."""
    try:
        ask = access.theirs(uow, ask_id, by)
    except Refused as refused:
        return NotTaken(said, refusal=refused.sentence)
    if answer(uow, ask, said):
        return None
    question = showing.readable(uow, showing.said_in(uow, ask))
    return NotTaken(said, question, State(ask.state), ask.closed_by)


def _has_thread(uow: UnitOfWork, ask: AskRow) -> bool:
    if not ask.root_ts or ask.channel_id.startswith("D"):
        return False
    channel = channels.find(uow.session, uow.team_id, ask.channel_id)
    return channel is not None and channel.is_member


def child_of(uow: UnitOfWork, ask: AskRow, to: Person, relation: Relation) -> AskRow | None:
    """The same asked of somebody else, once; None if they may not see where it was asked."""
    for known in queries.children(uow, ask.id):
        was_settled = known.closed_at is not None
        if known.answerer_id == to.user_id and queries.move(uow, known, State.OPEN):
            known.relation = relation
            if was_settled:
                uow.tell(AskReopened(team_id=uow.team_id, ask_id=known.id))
            clocks.restart(uow, known)
            return known
    asker = people.find(uow.session, uow.team_id, ask.asker_id)
    if asker is None:
        return None
    deadline = ask.due_at if ask.is_deadline and ask.due_at > uow.now else None
    place = Place(ask.channel_id, ask.message_ts, ask.root_ts)
    asking = Asking(asker, place, uow.now, deadline, ask.urgency, ask.text_id, ask.id, relation)
    return opening.open_one(uow, asking, to)


def why_not(uow: UnitOfWork, ask: AskRow, to: Person) -> str:
    """Why somebody cannot be asked the same, in a sentence; empty if they can."""
    if not to.is_member:
        return answers.NOT_A_MEMBER
    if to.user_id in {ask.answerer_id, ask.asker_id}:
        return answers.NOT_ONE_OF_YOU
    others = queries.of_message(uow, ask.channel_id, ask.message_ts) if ask.message_ts else ()
    if any(each.answerer_id == to.user_id and each.state in UNSETTLED for each in others):
        return answers.ASKED_ALREADY
    is_direct = not ask.channel_id or ask.channel_id.startswith("D")
    is_inside = not is_direct and not showing.is_elsewhere(uow, ask)
    if is_inside and not may_see(uow, to.user_id, ask.channel_id):
        return answers.CANNOT_SEE
    return delivering.refusal(uow, to, directly=is_direct)
