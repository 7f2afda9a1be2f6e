"""What people press under a hint, and fill in."""

from collections.abc import Callable
from functools import wraps

from bot.core import people
from bot.core.bot import Bot
from bot.core.events import ButtonPressed, Command, FormSubmitted
from bot.core.ports import Draft
from bot.core.replies import Answer, FieldErrors, OpenForm, Replace, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import Unreadable
from bot.features.coach import modals
from bot.features.coach.messages import about, completing, hints, welcome
from bot.features.coach.rules.catalogue import Rule
from bot.features.coach.rules.hint_reference import HintReference
from bot.features.coach.service import completing as service
from bot.features.coach.service import feedback, overview

Press = Callable[[ButtonPressed, UnitOfWork, HintReference], Reply]
Listening = Callable[[ButtonPressed, UnitOfWork], Reply]


def about_a_hint(press: Press) -> Listening:
    """A button under a hint: what it refers to is read once."""

    @wraps(press)
    def listen(event: ButtonPressed, uow: UnitOfWork) -> Reply:
        reference = HintReference.read(event.value)
        return press(event, uow, reference) if reference else Answer(hints.gone())

    return listen


@about_a_hint
def explain(_event: ButtonPressed, _uow: UnitOfWork, reference: HintReference) -> Reply:
    """Why?"""
    return Replace(hints.explained(reference))


@about_a_hint
def not_helpful(event: ButtonPressed, uow: UnitOfWork, reference: HintReference) -> Reply:
    """Not helpful."""
    until = feedback.not_helpful(uow, reference, event.user_id)
    told = hints.stays_away(reference.rule, until) if until else hints.noted()
    return Replace(told)


@about_a_hint
def open_form(event: ButtonPressed, uow: UnitOfWork, reference: HintReference) -> Reply:
    """Add context."""
    message = service.own_message(uow, reference, event.user_id)
    if message is None:
        return Answer(hints.gone())
    begun = service.prefilled(uow, message)
    return OpenForm(modals.add_context(reference, begun.words, begun.parts, begun.people))


class Choosing:
    """Entry points that need the whole house: its settings, and whoever keeps track of asks."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def stop(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Stop this kind."""
        reference = HintReference.read(event.value)
        if reference is None:
            return Answer(hints.gone())
        self._want(uow, event.user_id, reference.rule, on=False)
        return Replace(hints.stopped(reference.rule))

    def again(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Undo: the kind of hint comes again."""
        if event.value not in set(Rule):
            return Answer(hints.gone())
        rule = Rule(event.value)
        feedback.bring_back(uow, event.user_id, rule)
        self._want(uow, event.user_id, rule, on=True)
        return Replace(hints.back(rule))

    def compose(self, _event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Ask with the form, from the welcome."""
        view = self._bot.asks.composer(uow, Draft())
        return OpenForm(view) if view else Answer(welcome.no_form())

    def complete(self, event: FormSubmitted, uow: UnitOfWork) -> Reply:
        """What was missing is added."""
        reference = HintReference.read(event.reference)
        author = people.find(uow.session, uow.team_id, event.user_id)
        if reference is None or author is None:
            return FieldErrors({modals.CONTEXT: completing.GONE})
        message = service.own_message(uow, reference, event.user_id)
        if message is None:
            return FieldErrors({modals.CONTEXT: completing.GONE})
        draft = _draft(event)
        if not service.says_more(uow, message, draft):
            return FieldErrors({modals.CONTEXT: completing.EMPTY})
        typed = event.values.get(modals.BY, "").strip()
        try:
            due_at = service.deadline(uow, author, typed, draft.people)
        except Unreadable as unreadable:
            return FieldErrors({modals.BY: unreadable.sentence})
        given = service.addition(message, draft, due_at, view_id=event.view_id)
        added = service.complete(uow, self._bot.asks, reference, given)
        if not added.is_posted:
            text = completing.to_copy(service.as_text(draft, typed))
            return ShowNext(modals.told("Copy this", text))
        due = sorted({author.working_time.local(at) for at in added.asked.values() if due_at})
        is_meant = bool(due_at or draft.people)
        told = completing.asked(
            due, added.left_out, added.off, asks_nobody=is_meant and not added.asked
        )
        return ShowNext(modals.told("Posted", told))

    def _want(self, uow: UnitOfWork, user_id: str, rule: Rule, *, on: bool) -> None:
        change = feedback.wanting(uow, user_id, rule, on=on)
        self._bot.change_settings(uow, [change], by=user_id)


def tell(event: Command, uow: UnitOfWork) -> Answer:
    """Somebody types /baton coach."""
    state = overview.state(uow, event.user_id, event.channel_id)
    return Answer(about.overview(state))


def show_example(event: ButtonPressed, _uow: UnitOfWork) -> Reply:
    """Somebody picks a kind of hint from the list."""
    chosen = event.chosen[0] if event.chosen else event.value
    return Answer(about.example(Rule(chosen)) if chosen in set(Rule) else hints.gone())


def _draft(event: FormSubmitted) -> Draft:
    def typed(name: str) -> str:
        return event.values.get(name, "").strip()

    return Draft(
        typed(modals.QUESTION),
        typed(modals.CONTEXT),
        typed(modals.KIND),
        typed(modals.PROPOSAL),
        event.chosen.get(modals.WHOM, ()),
    )
