"""What people change about decisions: by buttons, commands and forms."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from bot.core import attention, people
from bot.core.attention import Urgency
from bot.core.events import ButtonPressed, Command, FormSubmitted
from bot.core.render import clean
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext, View
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import changes, names, refusals
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.modals import registry as modals
from bot.features.decisions.rules import command
from bot.features.decisions.rules.registry import Outcome
from bot.features.decisions.service import amending, local, reviews, superseding
from bot.features.decisions.service.access import Refused

Used = ButtonPressed | Command


def open_amend(event: Used, uow: UnitOfWork) -> Reply:
    """Somebody wants to amend a decision."""
    return _form(event, lambda number: modals.amend(amending.to_amend(uow, event.user_id, number)))


def open_deprecate(event: Used, uow: UnitOfWork) -> Reply:
    """Somebody wants to say that a decision holds no more."""

    def make(number: int) -> View:
        return modals.deprecate(reviews.to_deprecate(uow, event.user_id, number))

    return _form(event, make)


def open_review(event: Used, uow: UnitOfWork) -> Reply:
    """Somebody wants to say whether a decision still holds, or was asked to."""
    _, version, outcome = _parts(event)

    def make(number: int) -> View:
        asked_on = int(version) if version else None
        decision, today = reviews.to_review(uow, event.user_id, number, asked_on)
        return modals.review(decision, today, outcome or Outcome.STILL_TRUE)

    return _form(event, make)


def open_supersede(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Somebody wants another decision to take the place of one."""
    return _form(event, lambda number: _supersede_form(uow, event.user_id, number))


def supersede_typed(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /decision supersede D-3 D-17; with one number a form asks for the other."""
    match command.numbers_in(event.text):
        case (old, new):
            try:
                done = superseding.supersede(uow, event.user_id, old, new)
            except Refused as refused:
                return Answer(changes.said(refused.sentence))
            return Answer(changes.superseded(done.old, done.new))
        case (old,):
            return _opened(event, lambda: _supersede_form(uow, event.user_id, old))
        case _:
            return Answer(changes.said(refusals.NO_TWO_NUMBERS))


def undo(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Whoever had a decision superseded takes it back."""
    number, version, _ = _parts(event)
    try:
        done = superseding.undo(uow, event.user_id, int(number), int(version))
    except Refused as refused:
        return Answer(changes.said(refused.sentence))
    return Answer(changes.undone(done.old))


def amend(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The form that amends a decision is sent off."""
    number, _, version = event.reference.partition("|")
    fields, note = field_blocks.read(event), modals.note_in(event)
    try:
        known = amending.to_amend(uow, event.user_id, int(number)).fields.review_on
        wrong = field_blocks.mistakes(event, local.today(uow, event.user_id), known=known)
        if wrong:
            return FieldErrors(wrong)
        other = amending.amend(
            uow, event.user_id, int(number), int(version), fields=fields, note=note
        )
    except Refused as refused:
        return FieldErrors({field_blocks.TITLE: refused.sentence})
    if other is None:
        return None
    return ShowNext(
        modals.amended_meanwhile(other.decision, other.by, other.fields, other.clashes, note)
    )


def supersede(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The form that picks what takes the place of a decision is sent off."""
    new = command.number_in(event.values.get(modals.SUCCESSOR, ""))
    if new is None:
        return FieldErrors({modals.SUCCESSOR: refusals.NO_NUMBER})
    note = modals.note_in(event)
    try:
        done = superseding.supersede(uow, event.user_id, int(event.reference), new, note)
    except Refused as refused:
        return FieldErrors({modals.SUCCESSOR: refused.sentence})
    person = people.find(uow.session, uow.team_id, event.user_id)
    if person is not None:
        key = f"decisions:{done.old.number}:superseded:{done.old.version}"
        message = changes.superseded(done.old, done.new)
        attention.reach(uow, key, person, message, urgency=Urgency.REPLY)
    return None


def deprecate(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The form that says why a decision holds no more is sent off."""
    reason = modals.note_in(event)
    if not clean(reason).strip():
        return FieldErrors({modals.NOTE: refusals.NO_REASON})
    try:
        reviews.deprecate(uow, event.user_id, int(event.reference), reason)
    except Refused as refused:
        return FieldErrors({modals.NOTE: refused.sentence})
    return None


def review(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The form that says whether a decision still holds is sent off."""
    number, _, version = event.reference.partition("|")
    outcome = Outcome(event.values[modals.OUTCOME])
    note, picked = modals.note_in(event), event.values.get(modals.NEXT_ON, "")
    review_on = date.fromisoformat(picked) if picked else None
    today = local.today(uow, event.user_id)
    if outcome is Outcome.STILL_TRUE and (review_on is None or review_on <= today):
        return FieldErrors({modals.NEXT_ON: refusals.PAST})
    if outcome is Outcome.REVERSED and not clean(note).strip():
        return FieldErrors({modals.NOTE: refusals.NO_REASON})
    try:
        reviews.review(
            uow,
            event.user_id,
            int(number),
            int(version),
            outcome,
            note=note,
            review_on=review_on if outcome is Outcome.STILL_TRUE else None,
        )
    except Refused as refused:
        return FieldErrors({modals.OUTCOME: refused.sentence})
    return ShowNext(modals.told("Recorded", changes.reviewed(int(number), outcome)))


def _form(event: Used, make: Callable[[int], View]) -> Reply:
    """A form about the decision whose number a button bears, or somebody typed."""
    number = command.number_in(_parts(event)[0])
    if number is None:
        verb = event.verb if isinstance(event, Command) else ""
        return Answer(changes.said(refusals.which_one(verb)))
    return _opened(event, lambda: make(number))


def _opened(event: Used, make: Callable[[], View]) -> Reply:
    try:
        return OpenForm(make())
    except Refused as refused:
        if isinstance(event, ButtonPressed) and event.on_home:
            return OpenForm(modals.told("Decisions", refused.sentence))
        return Answer(changes.said(refused.sentence))


def _supersede_form(uow: UnitOfWork, user_id: str, number: int) -> View:
    return modals.supersede(superseding.to_supersede(uow, user_id, number))


def _parts(event: Used) -> tuple[str, str, str]:
    """What a button bears, or somebody typed: a number, and maybe a version and an outcome."""
    if isinstance(event, Command):
        return event.text, "", ""
    number, _, rest = event.value.partition("|")
    version, _, outcome = rest.partition("|")
    return number, version, outcome


BUTTONS: Final[Mapping[str, Callable[[ButtonPressed, UnitOfWork], Reply]]] = {
    names.AMEND: open_amend,
    names.SUPERSEDE: open_supersede,
    names.DEPRECATE: open_deprecate,
    names.REVIEW: open_review,
    names.UNDO: undo,
}
FORMS: Final[Mapping[str, Callable[[FormSubmitted, UnitOfWork], Reply | None]]] = {
    modals.AMEND_FORM: amend,
    modals.SUPERSEDE_FORM: supersede,
    modals.DEPRECATE_FORM: deprecate,
    modals.REVIEW_FORM: review,
}
