"""Completes what somebody asked with a message of their own, so that it can be answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from bot.core import attention, message_store, people
from bot.core.attention import Urgency
from bot.core.events import MessageDeleted, MessageNotSent, MessageSent
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.ports import Added, Addition, Draft
from bot.core.quotations import DELETED
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.messages import answers, cards
from bot.features.asks.models import AskRow, AskStandingRow, AskTextRow
from bot.features.asks.queries import Place
from bot.features.asks.rules.shown import Words
from bot.features.asks.rules.states import UNSETTLED, How, Relation, State
from bot.features.asks.service import (
    clocks,
    composing,
    delivering,
    drawing,
    notices,
    opening,
    settling,
    showing,
    turning,
)
from bot.features.asks.service.opening import Asking

COMPLETED: Final = "completed"
UPDATE: Final = "update"


@dataclass(frozen=True, slots=True)
class _Picked:
    """Who was picked: who can be asked, who cannot, and who is off."""

    open: list[Person] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    off: list[str] = field(default_factory=list)

    def result(self, asked: Mapping[str, datetime]) -> Added:
        """What became of them."""
        return Added(is_posted=True, asked=asked, left_out=self.left_out, off=self.off)


def add(uow: UnitOfWork, given: Addition) -> Added:
    """Posts it under its message, once per key, and completes what that message asks.

    Nothing is done if it cannot stand there. By an update without a question nobody is asked.
    """
    known = queries.text_made_by(uow, given.key)
    if known is not None:
        return _as_before(uow, known)
    author = composing.member(uow, given.author_id)
    said = words_of(given.draft)
    words = _with_question(said)
    if author is None or not words.what or not _can_stand(uow, given, author):
        return Added(is_posted=False)
    text = queries.add_text(uow, given.key, author.user_id, given.channel_id, words)
    if text is None:
        return Added(is_posted=True)
    text.completes_ts, text.thread_ts = given.ts, given.root_ts
    uow.session.flush()
    picked = _picked(uow, given)
    is_news = said.kind == UPDATE and not said.what
    done = picked.result({} if is_news else _ask_all(uow, text, author, picked.open, given.due_at))
    card = drawing.card(uow, text)
    if is_news:
        card = cards.naming(card, [each.user_id for each in picked.open])
    uow.outbox.post(drawing.key_of(text.id), given.channel_id, card, thread_ts=given.root_ts)
    return done


def words_of(draft: Draft) -> Words:
    """What a draft says, as far as it is written."""
    kind = draft.kind if draft.kind in cards.KINDS else ""
    return Words(draft.what.strip(), draft.context.strip(), kind, draft.proposal.strip())


def place(event: MessageSent, uow: UnitOfWork) -> None:
    """It is out: what is told of those asks from now on leads to it, and follows it."""
    text = _of_card(uow, event.key)
    if text is not None and not text.card_ts:
        text.card_ts = event.ts
        uow.session.flush()
        queries.forget_standings(uow, text.id)
        for ask in queries.of_text(uow, text.id):
            notices.redraw(uow, ask)


def follow_deletion(event: MessageDeleted, uow: UnitOfWork) -> None:
    """With a message goes what completed it; what its author asked elsewhere, too, stays asked."""
    for text in queries.completing(uow, event.channel_id, event.ts):
        stands = {event.ts, text.card_ts}
        for ask in queries.of_text(uow, text.id):
            if _is_asked_elsewhere(uow, ask, stands):
                ask.text_id = None
            else:
                settling.settle(uow, ask, State.WITHDRAWN, by=ask.asker_id, how=How.ASKER)
        queries.forget_place(uow, text.channel_id, text.card_ts)
        queries.empty_text(uow, text)
        drawing.requote(uow, text, DELETED)
        drawing.take_back(uow, text)


def not_posted(event: MessageNotSent, uow: UnitOfWork) -> bool:
    """Slack did not take it: what was asked before stays as it was, and its author has the text.

    Returns False if the message was no addition.
    """
    text = _of_card(uow, event.key)
    if text is None:
        return False
    former = next(iter(_formers(uow, text)), None)
    stood = queries.standings(uow, text.id)
    for ask in queries.of_text(uow, text.id):
        if ask.id in stood:
            _restore(uow, ask, stood[ask.id], text)
        elif ask.asked_at == text.made_at:
            settling.settle(uow, ask, State.WITHDRAWN, how=How.CLOCK)
        else:
            ask.text_id = former.id if former else None
    queries.forget_standings(uow, text.id)
    if former is not None:
        uow.session.flush()
        drawing.redraw(uow, former)
    _give_back(uow, text)
    return True


def _with_question(words: Words) -> Words:
    """What is not asked in so many words is asked by what else there is."""
    if words.what:
        return words
    if words.context:
        return replace(words, what=words.context, context="")
    return replace(words, what=words.proposal, proposal="")


def _can_stand(uow: UnitOfWork, given: Addition, author: Person) -> bool:
    if uow.workspace.is_paused or attention.is_off(uow, author.user_id):
        return False
    if not composing.can_post(uow, given.channel_id, author):
        return False
    message = message_store.find(uow.session, uow.team_id, given.channel_id, given.ts)
    return message is not None and message.user_id == author.user_id


def _picked(uow: UnitOfWork, given: Addition) -> _Picked:
    """Of those who are named: who can be asked in that channel, who cannot, and who is off."""
    found = _Picked()
    for user_id in dict.fromkeys(given.draft.people):
        if user_id == given.author_id:
            continue
        person = composing.reachable(uow, user_id, given.channel_id)
        if person is None:
            found.left_out.append(user_id)
        elif not delivering.may_ask(uow, person, directly=False):
            found.off.append(user_id)
        else:
            found.open.append(person)
    return found


def _as_before(uow: UnitOfWork, text: AskTextRow) -> Added:
    asks = queries.of_text(uow, text.id)
    due = {ask.answerer_id: ask.due_at for ask in asks if not ask.parent_id}
    return Added(is_posted=True, asked=due)


def _ask_all(
    uow: UnitOfWork,
    text: AskTextRow,
    author: Person,
    answerers: Iterable[Person],
    due_at: datetime | None,
) -> dict[str, datetime]:
    """Asks them; returns until when, by id."""
    deadline = due_at if due_at and due_at > uow.now else None
    found = {each.user_id: _ask(uow, text, author, each, deadline) for each in answerers}
    return {
        user_id: showing.holding(uow, ask).due_at
        for user_id, ask in found.items()
        if ask is not None
    }


def _ask(
    uow: UnitOfWork, text: AskTextRow, author: Person, answerer: Person, deadline: datetime | None
) -> AskRow | None:
    """Somebody is asked in these words: in what they were asked before, or anew."""
    known = _asked_before(uow, text, answerer)
    if known is not None:
        _complete(uow, known, text, deadline)
        return known
    place = Place(text.channel_id, text.completes_ts, text.thread_ts)
    asking = Asking(author, place, uow.now, deadline, text_id=text.id)
    # where the message asked them something that is settled, what is asked now stands on the card
    anew = replace(asking, place=Place(text.channel_id))
    return opening.open_one(uow, asking, answerer) or opening.open_one(uow, anew, answerer)


def _asked_before(uow: UnitOfWork, text: AskTextRow, answerer: Person) -> AskRow | None:
    asks = [*queries.of_message(uow, text.channel_id, text.completes_ts)]
    for former in _formers(uow, text):
        asks += queries.of_text(uow, former.id)
    wanted = (text.asker_id, answerer.user_id)
    return next(
        (
            ask
            for ask in asks
            if (ask.asker_id, ask.answerer_id) == wanted and ask.state in UNSETTLED
        ),
        None,
    )


def _formers(uow: UnitOfWork, text: AskTextRow) -> list[AskTextRow]:
    """What its author completed the same message with before, the newest first."""
    found = queries.completing(uow, text.channel_id, text.completes_ts)
    others = [each for each in found if each.id != text.id and each.asker_id == text.asker_id]
    return sorted(others, key=lambda each: each.made_at, reverse=True)


def _complete(uow: UnitOfWork, ask: AskRow, text: AskTextRow, deadline: datetime | None) -> None:
    """The ask says this now, to whoever has it, and its time counts from now on."""
    completed = (ask, *_handed_on(uow, ask))
    for each in completed:
        queries.note_standing(uow, each, text.id)
    reverse = turning.reverse_of(uow, ask)
    if reverse is not None:
        settling.settle(uow, reverse, State.ANSWERED, by=text.asker_id, how=How.OTHER)
    for each in completed:
        before, each.text_id = each.text_id, text.id
        uow.session.flush()
        queries.note_step(uow, each.id, COMPLETED, by=text.asker_id)
        clocks.begin_anew(uow, each, deadline)
        former = queries.text(uow, before)
        if former is not None:
            drawing.redraw(uow, former)


def _restore(uow: UnitOfWork, ask: AskRow, stood: AskStandingRow, text: AskTextRow) -> None:
    """The ask says what it said, until when it did; where it was settled meanwhile it stays so."""
    if ask.state in UNSETTLED:
        queries.restore(uow, ask, stood)
        for reverse in queries.children(uow, ask.id):
            if reverse.relation == Relation.TURNED and reverse.closed_at == text.made_at:
                settling.reopen(uow, reverse)
        notices.redraw(uow, ask)
    else:
        ask.text_id = stood.text_id
        uow.session.flush()
    drawing.redraw_of(uow, ask)


def _handed_on(uow: UnitOfWork, ask: AskRow) -> Iterable[AskRow]:
    """Those that came from an ask with its words, and are waited for."""
    for child in queries.children(uow, ask.id):
        if child.relation != Relation.TURNED and child.state in UNSETTLED:
            yield child
            yield from _handed_on(uow, child)


def _of_card(uow: UnitOfWork, key: str) -> AskTextRow | None:
    """What completes a message, by the key of its card."""
    match key.split(":"):
        case ["asks", text_id, "card"]:
            text = queries.text(uow, known_id(text_id))
            return text if text is not None and text.completes_ts else None
    return None


def _is_asked_elsewhere(uow: UnitOfWork, ask: AskRow, stands: set[str]) -> bool:
    places = queries.places_of(uow, ask.id)
    return any(not place.is_direct and place.ts not in stands for place in places)


def _give_back(uow: UnitOfWork, text: AskTextRow) -> None:
    author = people.find(uow.session, uow.team_id, text.asker_id)
    if author is not None:
        told = answers.not_added(text.channel_id, showing.words_of(text))
        key = f"asks:{text.id}:returned"
        attention.reach(uow, key, author, told, urgency=Urgency.REPLY)
