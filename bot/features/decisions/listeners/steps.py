"""The step of a workflow that logs a decision."""

from bot.core.events import ButtonPressed, FormSubmitted, MessageNotSent, MessageSent, StepStarted
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import steps as messages
from bot.features.decisions.modals import capture as capture_forms
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.modals import steps as modals
from bot.features.decisions.service import conflicts, local, steps


def start(event: StepStarted, uow: UnitOfWork) -> None:
    """A workflow came to the step."""
    steps.start(event, uow)


def open_form(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Look and log."""
    fields = steps.begun(uow, event.value, event.user_id)
    if fields is None:
        return Answer(messages.is_over())
    return OpenForm(modals.confirm(event.value, fields))


def refuse(event: ButtonPressed, uow: UnitOfWork) -> Reply | None:
    """Not a decision."""
    is_done = steps.refuse(uow, event.value, event.user_id)
    return None if is_done else Answer(messages.is_over())


def log_decision(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """The owner confirms it."""
    mistakes = field_blocks.mistakes(event, local.today(uow, event.user_id))
    if mistakes:
        return FieldErrors(mistakes)
    fields, reference = field_blocks.read(event), conflicts.reference_of(event)
    again = conflicts.shown_first(uow, event, fields, modals.confirm(reference, fields))
    if again is not None:
        return ShowNext(again)
    decision = steps.log(uow, reference, event.user_id, fields)
    if decision is None:
        return FieldErrors({field_blocks.TITLE: messages.waits_no_more()})
    if steps.is_other(decision, fields, event.user_id):
        return ShowNext(capture_forms.logged_before(decision, fields))
    return None


def card_out(event: MessageSent, uow: UnitOfWork) -> None:
    """A decision's card is out."""
    steps.card_out(event, uow)


def not_sent(event: MessageNotSent, uow: UnitOfWork) -> None:
    """A message of ours was given up."""
    steps.not_sent(event, uow)
