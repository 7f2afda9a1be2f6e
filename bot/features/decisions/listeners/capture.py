"""Logging a decision."""

from bot.core.events import FormSubmitted, MessageSent, MessageShortcut
from bot.core.render import clean
from bot.core.replies import Answer, FieldErrors, OpenForm, Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import capture as messages
from bot.features.decisions.modals import capture as modals
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.service import capture, conflicts, placing


def open_form(event: MessageShortcut, uow: UnitOfWork) -> Reply:
    """Somebody picks "Log a decision" from a message's menu."""
    logged = capture.already_logged(uow, event)
    if logged is not None:
        return Answer(messages.already_logged(logged))
    if not capture.can_be_found(uow, event.user_id, event.channel_id):
        return Answer(messages.invite_me_first())
    draft_id, said = capture.start_draft(uow, event)
    return OpenForm(modals.log_form(draft_id, said))


def log_decision(event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
    """Somebody sends the form off."""
    fields = field_blocks.read(event)
    if not clean(fields.title).strip():
        return FieldErrors({field_blocks.TITLE: messages.no_title()})
    reference = conflicts.reference_of(event)
    again = conflicts.shown_first(uow, event, fields, modals.log_again(reference, fields))
    if again is not None:
        return ShowNext(again)
    decision = capture.log(uow, reference, event.user_id, fields)
    if decision is None:
        return FieldErrors({field_blocks.TITLE: messages.not_yours()})
    if (decision.fields.title, decision.logged_by) != (fields.title, event.user_id):
        return ShowNext(modals.logged_before(decision))
    if not capture.is_member_of(uow, decision.place.channel_id):
        return ShowNext(modals.logged_elsewhere(decision))
    return None


def place(event: MessageSent, uow: UnitOfWork) -> None:
    """A message of ours is out."""
    placing.place(uow, event)
