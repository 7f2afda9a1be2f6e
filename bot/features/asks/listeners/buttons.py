"""What people press, choose and fill in about an ask."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from typing import Final

from bot.core.blocks import Message
from bot.core.events import ButtonPressed, FormSubmitted
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import modals
from bot.features.asks.messages import answers, lists, names
from bot.features.asks.rules.shown import AskShown
from bot.features.asks.rules.states import WAITING
from bot.features.asks.service import (
    access,
    acting,
    clocks,
    composing,
    redirecting,
    restraint,
    showing,
)
from bot.features.asks.service.access import Refused
from bot.features.asks.service.acting import Ask

Press = Callable[[ButtonPressed, UnitOfWork, Ask], Reply | None]
Listening = Callable[[ButtonPressed, UnitOfWork], Reply | None]
Submission = Callable[[FormSubmitted, UnitOfWork], Reply | None]


def for_answerer(press: Press) -> Listening:
    """A button that only whoever was asked may press."""

    @wraps(press)
    def listen(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        try:
            ask = access.theirs(uow, known_id(event.value), event.user_id)
        except Refused as refused:
            return Answer(answers.said(refused.sentence))
        return press(event, uow, ask)

    return listen


def for_asker(press: Press) -> Listening:
    """A button that only whoever asked may press."""

    @wraps(press)
    def listen(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
        try:
            ask = access.own(uow, known_id(event.value), event.user_id)
        except Refused as refused:
            return Answer(answers.said(refused.sentence))
        return press(event, uow, ask)

    return listen


def refused_under(name: str) -> Callable[[Submission], Submission]:
    """A form that says under this field why its sender cannot deal with the ask."""

    def decorate(submit: Submission) -> Submission:
        @wraps(submit)
        def listen(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
            try:
                return submit(event, uow)
            except Refused as refused:
                return FieldErrors({name: refused.sentence})

        return listen

    return decorate


def choose(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """An entry of the menu beside an ask: the same as the button of that name."""
    name, _, ask_id = event.value.partition("|")
    reply = ENTRIES[name](replace(event, action_id=name, value=ask_id), uow)
    if reply is None and name == names.DONE and not event.on_home:
        return Answer(answers.said(answers.DONE))  # the list stays as it is
    return reply


@for_answerer
def done(event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The answerer says that it is done."""
    return None if acting.done(uow, ask, event.user_id) else _settled(uow, ask)


@for_answerer
def accept(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The answerer is on it."""
    if not acting.accept(uow, ask):
        return _settled(uow, ask)
    shown = _shown(uow, ask, ask.answerer_id)
    return Answer(answers.on_it(shown)) if shown else None


@for_answerer
def open_answer(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The answerer wants to write an answer."""
    return _form(uow, ask, ask.answerer_id, modals.answer)


@for_answerer
def open_decline(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The answerer wants to decline."""
    return _form(uow, ask, ask.answerer_id, modals.decline)


@for_answerer
def open_delegate(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The answerer wants to pass it on."""
    return _form(uow, ask, ask.answerer_id, modals.delegate)


@for_answerer
def give_back(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """Whom it was passed on to returns it."""
    return None if acting.give_back(uow, ask) else _settled(uow, ask)


@for_answerer
def snooze(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The answerer wants to hear nothing of it for now."""
    if ask.closed_at is not None:
        return _settled(uow, ask)
    shown = _shown(uow, ask, ask.answerer_id)
    if shown is not None and shown.snoozed is not None:
        return Answer(answers.snoozed_already(shown.snoozed))
    until = acting.snooze(uow, ask)
    return Answer(answers.snoozed(until, shown)) if shown else None


@for_answerer
def was_urgent(event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The answerer says whether an urgent ask was one."""
    restraint.judge_urgency(uow, ask, was_urgent=event.action_id == names.WAS_URGENT)
    return Answer(answers.thanks_for_judging())


@for_asker
def got_it(event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The asker has what they need."""
    return None if acting.done(uow, ask, event.user_id) else _settled(uow, ask)


@for_asker
def withdraw(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The asker takes it back."""
    if not acting.withdraw(uow, ask):
        return _settled(uow, ask)
    return Answer(answers.withdrawn(str(ask.id)))


@for_asker
def ask_after_all(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The asker takes taking it back back."""
    if not composing.unwithdraw(uow, ask):
        return _settled(uow, ask)
    return Answer(answers.said("It waits for an answer again."))


def ask_instead(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """The asker asks whoever stands in for somebody who is away."""
    ask_id, _, named = event.value.partition("|")
    try:
        ask = access.own(uow, known_id(ask_id), event.user_id)
    except Refused as refused:
        return _tell(event, answers.said(refused.sentence))
    before = redirecting.asked_instead(uow, ask)
    if before is not None:
        return _tell(event, answers.has_it_already(before.answerer_id, str(before.id)))
    shown = _shown(uow, ask, ask.asker_id)
    now = shown.stand_in if shown else None
    if now is not None and now.user_id != named:
        return _tell(event, answers.may_ask_instead(now))
    asked = redirecting.ask_instead(uow, ask)
    if isinstance(asked, str):
        return _tell(event, answers.said(asked))
    to = _shown(uow, asked, asked.asker_id)
    if to is None:
        return None
    told = answers.asked_of_stand_in(to.id, to.answerer_id, to.due, to.gets_it)
    return None if event.on_home else Answer(told)


@for_asker
def not_instead(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The asker takes that back."""
    if not redirecting.undo(uow, ask):
        return _settled(uow, ask)
    return Answer(answers.said("Taken back. Your question is where it was."))


@for_asker
def open_escalate(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The asker wants to ask somebody else, too."""
    refusal = acting.too_early(uow, ask)
    if refusal:
        return Answer(answers.said(refusal))
    creator_id = acting.creator_of(uow, ask)
    return _form(uow, ask, ask.asker_id, lambda shown: modals.escalate(shown, creator_id))


@for_asker
def open_urgent(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The asker wants to say why it presses."""
    within = clocks.policy(uow, clocks.URGENT, ask.channel_id)
    return _form(uow, ask, ask.asker_id, lambda shown: modals.urgent(shown, within))


@for_asker
def history(_event: ButtonPressed, uow: UnitOfWork, ask: Ask) -> Reply | None:
    """The asker wants to know what happened so far."""
    shown, steps = _shown(uow, ask, ask.asker_id), showing.steps(uow, ask)
    return OpenForm(modals.history(lists.history(shown, steps))) if shown else None


def set_time(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """The author says which of two times they meant."""
    ask_id, _, seconds = event.value.partition("|")
    try:
        ask = access.own(uow, known_id(ask_id), event.user_id)
    except Refused as refused:
        return Answer(answers.said(refused.sentence))
    at = datetime.fromtimestamp(int(seconds), UTC)
    if at <= uow.now:
        return Answer(answers.said(answers.TIME_OVER))
    acting.set_deadline(uow, ask, at)
    shown = _shown(uow, ask, ask.asker_id)
    return Answer(answers.time_set(shown.due)) if shown else None


@refused_under(modals.WHAT)
def answer(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The answer is written."""
    ask = access.theirs(uow, known_id(event.reference), event.user_id)
    words = event.values.get(modals.WHAT, "").strip()
    if not words:
        return FieldErrors({modals.WHAT: answers.NO_WORDS})
    if not acting.answer(uow, ask, words):
        return FieldErrors({modals.WHAT: answers.SETTLED_BEFORE})
    return None


@refused_under(modals.REASON)
def decline(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The reason is written."""
    ask = access.theirs(uow, known_id(event.reference), event.user_id)
    reason = event.values.get(modals.REASON, "").strip()
    if not reason:
        return FieldErrors({modals.REASON: answers.NO_WORDS})
    if not acting.decline(uow, ask, reason):
        return FieldErrors({modals.REASON: answers.SETTLED_BEFORE})
    return None


@refused_under(modals.WHOM)
def delegate(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The person is picked to whom it is passed on."""
    ask = access.theirs(uow, known_id(event.reference), event.user_id)
    to = composing.member(uow, event.values.get(modals.WHOM, ""))
    if to is None:
        return FieldErrors({modals.WHOM: answers.NOT_A_MEMBER})
    refusal = acting.delegate(uow, ask, to, event.values.get(modals.REASON, ""))
    return FieldErrors({modals.WHOM: refusal}) if refusal else None


@refused_under(modals.WHOM)
def escalate(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """Those are picked who are asked, too."""
    ask = access.own(uow, known_id(event.reference), event.user_id)
    ids = event.chosen.get(modals.WHOM, ())
    if event.values.get(modals.KIND) == modals.CREATOR:
        ids = (acting.creator_of(uow, ask), *ids)
    found = [person for each in ids if (person := composing.member(uow, each))]
    refusal = acting.escalate(uow, ask, found) if found else answers.NOBODY
    return FieldErrors({modals.WHOM: refusal}) if refusal else None


@refused_under(modals.REASON)
def make_urgent(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The reason is written."""
    ask = access.own(uow, known_id(event.reference), event.user_id)
    reason = event.values.get(modals.REASON, "").strip()
    if not reason:
        return FieldErrors({modals.REASON: answers.NEEDS_REASON})
    if ask.state not in WAITING:
        return FieldErrors({modals.REASON: answers.SETTLED_BEFORE})
    if not restraint.make_urgent(uow, ask, reason):
        return FieldErrors({modals.REASON: answers.over_budget(restraint.budget(uow))})
    shown = _shown(uow, ask, ask.asker_id)
    told = answers.urgent_now(shown.due) if shown else None
    return ShowNext(modals.told("Urgent", told.text)) if told else None


def open_several(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Somebody wants to answer several asks at once."""
    person = composing.member(uow, event.user_id)
    asks = showing.waiting_on(uow, person).seen if person else ()
    if not asks:
        return Answer(answers.said(lists.NOTHING_WAITS))
    people = showing.names(uow, [ask.asker_id for ask in asks])
    return OpenForm(modals.several(asks, people))


def answer_several(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """Several answers are written."""
    words = {ask_id: said for name, said in event.values.items() if (ask_id := known_id(name))}
    count, not_taken = acting.answer_many(uow, event.user_id, words)
    title = "Not answered" if not_taken and not count else "Answered"
    return ShowNext(modals.told(title, answers.several(count, not_taken).text))


def _tell(event: ButtonPressed, told: Message) -> Reply:
    """Tells whoever pressed; on their Home tab, where nothing else is seen, by a view."""
    return OpenForm(modals.told("Ask instead", told.text)) if event.on_home else Answer(told)


def _form(uow: UnitOfWork, ask: Ask, reader_id: str, make: Callable[[AskShown], View]) -> Reply:
    shown = _shown(uow, ask, reader_id)
    if shown is None or ask.closed_at is not None:
        return _settled(uow, ask)
    return OpenForm(make(shown))


def _settled(uow: UnitOfWork, ask: Ask) -> Reply:
    shown = _shown(uow, ask, ask.answerer_id)
    if shown is None:
        return Answer(answers.said(answers.SETTLED_BEFORE))
    return Answer(answers.settled_by(shown, ask.closed_by))


def _shown(uow: UnitOfWork, ask: Ask, reader_id: str) -> AskShown | None:
    reader: Person | None = composing.member(uow, reader_id)
    return showing.show(uow, ask, reader) if reader else None


ENTRIES: Final[Mapping[str, Listening]] = {
    names.DONE: done,
    names.ACCEPT: accept,
    names.DELEGATE: open_delegate,
    names.DECLINE: open_decline,
    names.SNOOZE: snooze,
    names.ASK_INSTEAD: ask_instead,
    names.GOT_IT: got_it,
    names.ESCALATE: open_escalate,
    names.WITHDRAW: withdraw,
    names.HISTORY: history,
}
"""What the menu beside an ask offers."""
BUTTONS: Final[Mapping[str, Listening]] = {
    **ENTRIES,
    names.DO: choose,
    names.ANSWER: open_answer,
    names.GIVE_BACK: give_back,
    names.ASK_AFTER_ALL: ask_after_all,
    names.NOT_INSTEAD: not_instead,
    names.SEVERAL: open_several,
    names.TIME: set_time,
    names.MAKE_URGENT: open_urgent,
    names.WAS_URGENT: was_urgent,
    names.WAS_NOT: was_urgent,
}
"""Every button and menu about an ask, by name."""
