"""What people compose: `/ask`, the form, the shortcuts, and texts they send to Baton itself."""

from dataclasses import replace
from datetime import datetime

from bot.core import deadlines
from bot.core.blocks import Element, Message, button
from bot.core.deadlines import Ambiguous, Deadline
from bot.core.events import ButtonPressed, Command, FormSubmitted, GlobalShortcut, MessageShortcut
from bot.core.people import Person
from bot.core.prose import addressed_in
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.asks import modals
from bot.features.asks.listeners import scheduling
from bot.features.asks.listeners.figures import Stats
from bot.features.asks.listeners.reading import time_in, whom
from bot.features.asks.messages import about, answers, lists, names, scheduled
from bot.features.asks.rules import command
from bot.features.asks.rules.addresses import with_addresses
from bot.features.asks.rules.command import Request
from bot.features.asks.rules.pointing import Pointed
from bot.features.asks.rules.scheduling import is_too_soon
from bot.features.asks.rules.shown import Words
from bot.features.asks.service import access, clocks, composing, forms, posting, showing
from bot.features.asks.service.access import Refused
from bot.features.asks.service.acting import Ask
from bot.features.asks.service.composing import Composed, Outcome
from bot.features.asks.service.scheduling import of as planned_of


class AskCommand:
    """`/ask` and what can stand behind it."""

    def __init__(self, stats: Stats) -> None:
        self._stats = stats

    def answer(self, event: Command, uow: UnitOfWork) -> Reply:
        """Somebody types /ask."""
        person = composing.member(uow, event.user_id)
        if person is None:
            return Answer(answers.said(answers.NOT_A_MEMBER))
        request = command.parse(event.text)
        match request.verb:
            case "ask":
                return _ask(event, uow, person, request)
            case "compose":
                return OpenForm(_composer(uow, event.channel_id, person, request))
            case "stats":
                return self._stats.tell(uow, person, request.channel_id)
            case _:
                return Answer(_told_of(uow, person, request))


def open_composer(_event: GlobalShortcut | ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants to ask from anywhere."""
    return OpenForm(_form(uow, Words("")))


def compose(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The form is sent off."""
    wrong = _wrong(event, uow)
    deadline, at, unclear = _times(event, uow)
    if wrong or unclear:
        return FieldErrors(wrong | unclear)
    given = Composed(
        f"form:{event.view_id}",
        event.user_id,
        _composed(event, uow),
        whom(event),
        channel_id=event.values.get(modals.WHERE, ""),
        deadline=deadline,
        is_urgent=event.values.get(modals.URGENCY) == clocks.URGENT,
    )
    found = composing.compose(uow, given) if at is None else composing.audience(uow, given)
    if isinstance(found, Outcome) and not found.asked:
        return FieldErrors({modals.WHOM: composing.why_nobody(found, given.channel_id)})
    if isinstance(found, Outcome):
        title = "Goes out later" if found.is_later else "Asked"
        text = composing.told(found, uow.now).text
        return ShowNext(modals.told(title, answers.in_form(text, may_ask=bool(found.stand_ins))))
    return scheduling.plan(uow, given, at or uow.now)


def open_editor(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """The asker wants to change what they asked."""
    try:
        text = access.own_text(uow, event.value, event.user_id)
    except Refused as refused:
        return Answer(answers.said(refused.sentence))
    return OpenForm(modals.editor(event.value, showing.words_of(text)))


def edit(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The asker says it in other words."""
    asker = composing.member(uow, event.user_id)
    if asker is None:
        return FieldErrors({modals.WHAT: answers.NOT_YOUR_ASK})
    try:
        text = access.own_text(uow, event.reference, event.user_id)
        deadline = time_in(event, uow, modals.BY, asker)
    except Refused as refused:
        return FieldErrors({modals.WHAT: refused.sentence})
    except Unreadable as unreadable:
        return FieldErrors({modals.BY: unreadable.sentence})
    known = showing.words_of(text)
    words = replace(_kept(_words(event), known), reason=known.reason)
    if not words.what:
        return FieldErrors({modals.WHAT: answers.NO_WORDS})
    composing.edit(uow, text, words, deadline.at if deadline else None)
    return None


def withdraw_card(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """The asker takes back what they composed, or what stands beside it in a list."""
    try:
        text = access.own_text(uow, event.value, event.user_id)
    except Refused as refused:
        return Answer(answers.said(refused.sentence))
    first = composing.withdraw(uow, text)
    return Answer(answers.withdrawn(str(first)) if first else answers.said(answers.SETTLED_BEFORE))


def point_at(event: MessageShortcut, uow: UnitOfWork) -> Reply:
    """Somebody picks "Waiting for a reply" from a message's menu."""
    pointed, heard = composing.point_at(uow, event)
    whom = composing.whom(uow, event)
    return OpenForm(modals.wait_for(pointed.reference(), whom=whom, heard=heard))


def wait_for(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The person is picked whose reply is waited for."""
    asker, pointed = composing.member(uow, event.user_id), Pointed.of(event.reference)
    answerer = composing.member(uow, event.values.get(modals.WHOM, ""))
    if asker is None or answerer is None or pointed is None:
        return FieldErrors({modals.WHOM: answers.NOT_A_MEMBER})
    if answerer.user_id == asker.user_id:
        return FieldErrors({modals.WHOM: "That is you. Please pick somebody else."})
    try:
        deadline = time_in(event, uow, modals.BY, asker)
    except Unreadable as unreadable:
        return FieldErrors({modals.BY: unreadable.sentence})
    refusal = composing.refusal(uow, pointed, answerer)
    if refusal:
        return FieldErrors({modals.WHOM: refusal})
    at, request_id = deadline.at if deadline else None, f"wait:{event.view_id}"
    ask = composing.wait_for(uow, request_id, pointed, asker=asker, answerer=answerer, deadline=at)
    if ask is None:
        known = composing.asked_by_message(uow, pointed, answerer.user_id)
        return FieldErrors({modals.WHOM: _why_not_waited_for(known, asker)})
    due = asker.working_time.local(ask.due_at)
    shown = showing.show(uow, ask, asker)
    told = answers.waits(
        answerer.user_id,
        due,
        shown.absence if shown else None,
        uow.now,
        shown.stand_in if shown else None,
    )
    may_ask = shown is not None and shown.stand_in is not None
    return ShowNext(modals.told("Waiting for a reply", answers.in_form(told.text, may_ask=may_ask)))


def _why_not_waited_for(known: Ask | None, asker: Person) -> str:
    if known is None:
        return answers.CANNOT_SEE
    if known.closed_at is not None:
        return answers.SETTLED_BEFORE
    return answers.asked_until(asker.working_time.local(known.due_at))


def offer_to_send(place: str) -> Element:
    """A button under what somebody wrote to Baton: ask with these words."""
    return button("Send as an ask", names.SEND, place)


def offer_to_post(place: str) -> Element:
    """A button under what somebody wrote to Baton: post these words in a channel."""
    return button("Post in a channel", names.POST, place)


def send_as_ask(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """What somebody wrote to Baton becomes an ask."""
    words = Words(_written(uow, event.value, event.user_id))
    by = _time_in_words(uow, event.value, event.user_id)
    return OpenForm(forms.composer(uow, words, source=event.value, by=by))


def open_post(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """What somebody wrote to Baton is to stand in a channel."""
    words = _written(uow, event.value, event.user_id)
    return OpenForm(modals.post(words, event.value))


def post(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The channel is picked."""
    words, channel_id = _composed(event, uow).what, event.values.get(modals.WHERE, "")
    asker = composing.member(uow, event.user_id)
    if asker is None or not composing.can_post(uow, channel_id, asker):
        return FieldErrors({modals.WHERE: answers.NOT_THERE})
    if not words:
        return FieldErrors({modals.WHAT: answers.NO_WORDS})
    mentioned = addressed_in(forms.as_it_came(uow, event.reference, event.user_id))
    try:
        at = scheduling.instant_of(event, uow, asker)
    except Unreadable as unreadable:
        return FieldErrors({modals.AT: unreadable.sentence})
    if at is not None:
        named = posting.named_in(uow, words, mentioned)
        given = (asker.user_id, Words(words), named, (), channel_id)
        return scheduling.plan(uow, Composed(f"post:{event.view_id}", *given), at, is_ask=False)
    place = {"author_id": asker.user_id, "channel_id": channel_id}
    done = posting.post(uow, event.view_id, words, mentioned, **place)
    asked = composing.told(done.outcome, uow.now) if done.outcome else None
    return ShowNext(modals.told("Posted", answers.posted(channel_id, asked, done.unreached).text))


def _told_of(uow: UnitOfWork, person: Person, request: Request) -> Message:
    match request.verb:
        case "list":
            asks = (showing.waiting_on(uow, person), showing.asked_by(uow, person))
            return lists.listed(*asks, planned_of(uow, person))
        case "unclear":
            return answers.unclear(showing.readable(uow, request.text))
        case _:
            return about.help_text()


def _ask(event: Command, uow: UnitOfWork, person: Person, request: Request) -> Reply:
    found, what, reason = _read(uow, person, request)
    typed = showing.readable(uow, event.text).strip()
    if isinstance(found, Ambiguous):
        local = [person.working_time.local(at) for at in found.choices]
        return Answer(answers.unclear_time(found.words, local, typed, uow.now))
    if isinstance(found, Unreadable):
        return Answer(answers.not_sent(found.sentence, typed))
    if request.is_urgent and not reason:
        why = f"{answers.NEEDS_REASON} `/ask @ana … urgent: why`"
        return Answer(answers.not_sent(why, typed))
    outcome = composing.compose(
        uow,
        Composed(
            f"command:{event.trigger_id}",
            event.user_id,
            Words(showing.readable(uow, what or request.text), reason=reason),
            request.people,
            request.groups,
            event.channel_id,
            found.at if found else None,
            request.is_urgent,
        ),
    )
    if outcome.is_nobody:
        is_oneself = event.user_id in request.people
        why = answers.YOURSELF if is_oneself else answers.NO_SUCH_GROUP
        return Answer(answers.not_sent(why, typed))
    told = composing.told(outcome, uow.now)
    was_sent = outcome.asked or not outcome.is_new
    return Answer(told if was_sent else answers.not_sent(told.text, typed))


def _read(
    uow: UnitOfWork, person: Person, request: Request
) -> tuple[Deadline | Ambiguous | Unreadable | None, str, str]:
    """The deadline in a question or in why it is urgent, and both without it."""
    author = person.working_time
    reader = composing.clock_of(uow, request.people, request.groups)
    what, reason = request.text, request.reason
    found = deadlines.find(what, written=uow.now, author=author, reader=reader)
    if isinstance(found, Deadline):
        return found, deadlines.without(what, found.words), reason
    found = found or deadlines.find(reason, written=uow.now, author=author, reader=reader)
    if isinstance(found, Deadline):
        return found, what, deadlines.without(reason, found.words) or reason
    if found is None:
        why = deadlines.why_not(what, written=uow.now, author=author, reader=reader)
        return Unreadable(why) if why else None, what, reason
    return found, what, reason


def _composer(uow: UnitOfWork, channel_id: str, person: Person, request: Request) -> View:
    where = channel_id if composing.can_post(uow, channel_id, person) else ""
    return _form(uow, Words("", reason=request.reason), request, where)


def _form(
    uow: UnitOfWork, words: Words, request: Request | None = None, channel_id: str = ""
) -> View:
    return forms.composer(
        uow,
        words,
        people=request.people if request else (),
        channel_id=channel_id,
        is_urgent=request.is_urgent if request else False,
    )


def _words(event: FormSubmitted) -> Words:
    names_of = ("what", "context", "kind", "proposal", "fallback", "reason")
    return Words(**{name: event.values.get(name, "").strip() for name in names_of})


def _composed(event: FormSubmitted, uow: UnitOfWork) -> Words:
    """What a new form says; what was too long for its field is in the message it came from."""
    known = Words(_written(uow, event.reference, event.user_id))
    return _kept(_words(event), known)


def _kept(given: Words, known: Words) -> Words:
    """What a form says, with the texts that it had no field for."""
    long = {
        name: text
        for name in ("what", "context", "proposal")
        if len(text := getattr(known, name)) > modals.LONGEST and not getattr(given, name)
    }
    return replace(given, **long)


def _wrong(event: FormSubmitted, uow: UnitOfWork) -> dict[str, str]:
    """What is to be changed in the composer, by field."""
    asker = composing.member(uow, event.user_id)
    words, channel_id = _composed(event, uow), event.values.get(modals.WHERE, "")
    is_urgent = event.values.get(modals.URGENCY) == clocks.URGENT
    wrong = {}
    refusal = _nobody(event, uow, channel_id)
    if refusal:
        wrong[modals.WHOM] = refusal
    if not words.what:
        wrong[modals.WHAT] = answers.NO_WORDS
    if is_urgent and not words.reason:
        wrong[modals.REASON] = answers.NEEDS_REASON
    if channel_id and (asker is None or not composing.can_post(uow, channel_id, asker)):
        wrong[modals.WHERE] = answers.NOT_THERE
    return wrong


def _nobody(event: FormSubmitted, uow: UnitOfWork, channel_id: str) -> str:
    """Why none of those who were picked can be asked; empty if somebody can."""
    picked = whom(event)
    if not picked:
        return answers.YOURSELF if event.chosen.get(modals.WHOM) else answers.NOBODY
    if any(composing.reachable(uow, each, channel_id) for each in picked):
        return ""
    is_somebody = any(composing.member(uow, each) for each in picked)
    return answers.CANNOT_SEE if is_somebody else answers.NOT_A_MEMBER


def _times(
    event: FormSubmitted, uow: UnitOfWork
) -> tuple[datetime | None, datetime | None, dict[str, str]]:
    """Until when an answer is wanted, when it goes out, and what is wrong with that, by field."""
    author, wrong = composing.member(uow, event.user_id), {}
    deadline, at = None, None
    try:
        deadline = time_in(event, uow, modals.BY, author)
    except Unreadable as unreadable:
        wrong[modals.BY] = unreadable.sentence
    try:
        at = scheduling.instant_of(event, uow, author)
    except Unreadable as unreadable:
        wrong[modals.AT] = unreadable.sentence
    until = deadline.at if deadline else None
    if author and at and is_too_soon(until, at):
        wrong[modals.BY] = scheduled.too_soon(author.working_time.local(at), uow.now)
    return until, at, wrong


def _written(uow: UnitOfWork, place: str, user_id: str) -> str:
    text = forms.as_it_came(uow, place, user_id)
    return with_addresses(showing.readable(uow, text), text)


def _time_in_words(uow: UnitOfWork, place: str, user_id: str) -> str:
    """The words that name a time in what somebody wrote; empty if none do."""
    author, text = composing.member(uow, user_id), forms.as_it_came(uow, place, user_id)
    if author is None:
        return ""
    found = deadlines.find(text, written=uow.now, author=author.working_time)
    return found.words if found else ""
