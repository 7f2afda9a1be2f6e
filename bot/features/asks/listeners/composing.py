"""What people compose: `/ask`, the form, the shortcuts, and texts they send to Baton itself."""

from dataclasses import replace

from bot.core import deadlines, message_store
from bot.core.blocks import Element, Message, button
from bot.core.deadlines import Ambiguous, Deadline
from bot.core.events import ButtonPressed, Command, FormSubmitted, GlobalShortcut, MessageShortcut
from bot.core.ids import known_id
from bot.core.people import Person
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.asks import modals
from bot.features.asks.listeners.figures import Stats
from bot.features.asks.messages import about, answers, lists, names
from bot.features.asks.rules import command
from bot.features.asks.rules.command import Request
from bot.features.asks.rules.shown import Words
from bot.features.asks.service import clocks, composing, posting, showing
from bot.features.asks.service.composing import Composed, Outcome


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
    if wrong:
        return FieldErrors(wrong)
    try:
        deadline = _deadline(event, uow)
    except Unreadable as unreadable:
        return FieldErrors({modals.BY: unreadable.sentence})
    channel_id = event.values.get(modals.WHERE, "")
    given = Composed(
        f"form:{event.view_id}",
        event.user_id,
        _words(event),
        _whom(event),
        channel_id=channel_id,
        deadline=deadline.at if deadline else None,
        is_urgent=event.values.get(modals.URGENCY) == clocks.URGENT,
    )
    outcome = composing.compose(uow, given)
    if outcome.asked:
        return ShowNext(modals.told("Asked", _message(outcome).text))
    if outcome.is_paused:
        return FieldErrors({modals.WHOM: answers.PAUSED})
    if outcome.off:
        return FieldErrors({modals.WHOM: answers.MAY_NOT_WRITE})
    return FieldErrors({modals.WHOM: answers.CANNOT_SEE if channel_id else answers.NOT_A_MEMBER})


def open_editor(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """The asker wants to change what they asked."""
    text = composing.own_text(uow, event.value, event.user_id)
    if text is None:
        return Answer(answers.said(answers.NOT_YOUR_ASK))
    return OpenForm(modals.editor(event.value, showing.words_of(text)))


def edit(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The asker says it in other words."""
    asker = composing.member(uow, event.user_id)
    text = composing.own_text(uow, event.reference, event.user_id)
    if asker is None or text is None:
        return FieldErrors({modals.WHAT: answers.NOT_YOUR_ASK})
    try:
        deadline = _deadline(event, uow)
    except Unreadable as unreadable:
        return FieldErrors({modals.BY: unreadable.sentence})
    words = replace(_words(event), reason=showing.words_of(text).reason)
    if not words.what:
        return FieldErrors({modals.WHAT: answers.NO_WORDS})
    composing.edit(uow, text, words, deadline.at if deadline else None)
    return None


def withdraw_card(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """The asker takes back what they composed, or what stands beside it in a list."""
    text = composing.own_text(uow, event.value, event.user_id)
    if text is None:
        return Answer(answers.said(answers.NOT_YOUR_ASK))
    first = composing.withdraw(uow, text)
    return Answer(answers.withdrawn(str(first)) if first else answers.said(answers.SETTLED_BEFORE))


def point_at(event: MessageShortcut, uow: UnitOfWork) -> Reply:
    """Somebody picks "Waiting for a reply" from a message's menu."""
    text = composing.point_at(uow, event)
    if text is None:
        return Answer(answers.said(answers.SETTLED_BEFORE))
    whom = composing.whom(uow, event)
    is_inside = composing.is_inside(uow, text)
    return OpenForm(modals.wait_for(str(text.id), whom=whom, is_inside=is_inside))


def wait_for(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The person is picked whose reply is waited for."""
    asker, text_id = composing.member(uow, event.user_id), known_id(event.reference)
    answerer = composing.member(uow, event.values.get(modals.WHOM, ""))
    if asker is None or answerer is None or text_id is None:
        return FieldErrors({modals.WHOM: answers.NOT_A_MEMBER})
    if answerer.user_id == asker.user_id:
        return FieldErrors({modals.WHOM: "That is you. Please pick somebody else."})
    try:
        deadline = _deadline(event, uow)
    except Unreadable as unreadable:
        return FieldErrors({modals.BY: unreadable.sentence})
    refusal = composing.refusal(uow, text_id, answerer)
    if refusal:
        return FieldErrors({modals.WHOM: refusal})
    at = deadline.at if deadline else None
    ask = composing.wait_for(uow, text_id, asker.user_id, answerer.user_id, at)
    if ask is None:
        return FieldErrors({modals.WHOM: answers.CANNOT_SEE})
    due = asker.working_time.local(ask.due_at)
    return ShowNext(modals.told("Waiting for a reply", answers.waits(answerer.user_id, due).text))


def offer_to_send(place: str) -> Element:
    """A button under what somebody wrote to Baton: ask with these words."""
    return button("Send as an ask", names.SEND, place)


def offer_to_post(place: str) -> Element:
    """A button under what somebody wrote to Baton: post these words in a channel."""
    return button("Post in a channel", names.POST, place)


def send_as_ask(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """What somebody wrote to Baton becomes an ask."""
    return OpenForm(_form(uow, Words(_written(event, uow))))


def open_post(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """What somebody wrote to Baton is to stand in a channel."""
    return OpenForm(modals.post(_written(event, uow)))


def post(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The channel is picked."""
    words, channel_id = event.values.get(modals.WHAT, ""), event.values.get(modals.WHERE, "")
    asker = composing.member(uow, event.user_id)
    if asker is None or not composing.can_post(uow, channel_id, asker):
        return FieldErrors({modals.WHERE: answers.NOT_THERE})
    if not words.strip():
        return FieldErrors({modals.WHAT: answers.NO_WORDS})
    posting.post(uow, event.view_id, asker.user_id, channel_id, words)
    return ShowNext(modals.told("Posted", answers.posted(channel_id).text))


def _told_of(uow: UnitOfWork, person: Person, request: Request) -> Message:
    match request.verb:
        case "list":
            return lists.listed(showing.waiting_on(uow, person), showing.asked_by(uow, person))
        case "unclear":
            return answers.unclear(showing.readable(uow, request.text))
        case _:
            return about.help_text()


def _ask(event: Command, uow: UnitOfWork, person: Person, request: Request) -> Reply:
    found = deadlines.find(request.text, written=uow.now, author=person.working_time)
    if isinstance(found, Ambiguous):
        local = person.working_time.local
        return Answer(answers.unclear_time(found.words, [local(at) for at in found.choices]))
    if request.is_urgent and not request.reason:
        return Answer(answers.said(f"{answers.NEEDS_REASON} `/ask @ana … urgent: why`"))
    what = deadlines.without(request.text, found.words) if found else request.text
    outcome = composing.compose(
        uow,
        Composed(
            f"command:{event.trigger_id}",
            event.user_id,
            Words(showing.readable(uow, what or request.text), reason=request.reason),
            request.people,
            request.groups,
            event.channel_id,
            found.at if found else None,
            request.is_urgent,
        ),
    )
    return Answer(_message(outcome))


def _composer(uow: UnitOfWork, channel_id: str, person: Person, request: Request) -> View:
    where = channel_id if composing.can_post(uow, channel_id, person) else ""
    return _form(uow, Words("", reason=request.reason), request, where)


def _form(
    uow: UnitOfWork, words: Words, request: Request | None = None, channel_id: str = ""
) -> View:
    return modals.composer(
        words,
        people=request.people if request else (),
        channel_id=channel_id,
        is_urgent=request.is_urgent if request else False,
        urgent=clocks.policy(uow, clocks.URGENT, channel_id),
        standard=clocks.policy(uow, clocks.STANDARD, channel_id),
    )


def _words(event: FormSubmitted) -> Words:
    names_of = ("what", "context", "kind", "proposal", "fallback", "reason")
    return Words(**{name: event.values.get(name, "").strip() for name in names_of})


def _wrong(event: FormSubmitted, uow: UnitOfWork) -> dict[str, str]:
    """What is to be changed in the composer, by field."""
    asker = composing.member(uow, event.user_id)
    words, channel_id = _words(event), event.values.get(modals.WHERE, "")
    is_urgent = event.values.get(modals.URGENCY) == clocks.URGENT
    wrong = {}
    if not _whom(event):
        wrong[modals.WHOM] = answers.NOBODY
    if not words.what:
        wrong[modals.WHAT] = answers.NO_WORDS
    if is_urgent and not words.reason:
        wrong[modals.REASON] = answers.NEEDS_REASON
    if channel_id and (asker is None or not composing.can_post(uow, channel_id, asker)):
        wrong[modals.WHERE] = answers.NOT_THERE
    return wrong


def _whom(event: FormSubmitted) -> list[str]:
    return [each for each in event.chosen.get(modals.WHOM, ()) if each != event.user_id]


def _deadline(event: FormSubmitted, uow: UnitOfWork) -> Deadline | None:
    """The time in a form's field, in the author's zone; raises Unreadable."""
    text, author = event.values.get(modals.BY, "").strip(), composing.member(uow, event.user_id)
    if not text or author is None:
        return None
    found = deadlines.read(text, written=uow.now, author=author.working_time)
    if isinstance(found, Ambiguous):
        raise Unreadable(answers.either(found.choices, author.working_time))
    return found


def _written(event: ButtonPressed, uow: UnitOfWork) -> str:
    channel_id, _, ts = event.value.partition("|")
    message = message_store.find(uow.session, uow.team_id, channel_id, ts)
    is_theirs = message is not None and message.user_id == event.user_id
    return showing.readable(uow, message.text) if message is not None and is_theirs else ""


def _message(outcome: Outcome) -> Message:
    if outcome.is_paused:
        return answers.said(answers.PAUSED)
    return answers.asked(
        outcome.asked,
        outcome.left_out,
        outcome.over_budget,
        in_channel=outcome.in_channel,
        is_elsewhere=outcome.is_elsewhere,
        later=outcome.later,
        off=outcome.off,
    )
