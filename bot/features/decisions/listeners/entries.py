"""What logs a decision from where no form can be opened."""

from bot.core.events import ButtonPressed, MessagePosted, ReactionAdded
from bot.core.replies import Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.service import entries


def hear_reaction(event: ReactionAdded, uow: UnitOfWork) -> None:
    """Somebody reacts to a message."""
    entries.hear_reaction(event, uow)


def hear_request(event: MessagePosted, uow: UnitOfWork) -> None:
    """Somebody writes "@Baton log this"."""
    entries.hear_request(event, uow)


def open_form(event: ButtonPressed, uow: UnitOfWork) -> Reply:
    """Log it."""
    channel_id, _, message_ts = event.value.partition("|")
    return entries.open_log_form(uow, event.user_id, channel_id, message_ts)
