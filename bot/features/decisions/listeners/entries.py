"""What logs a decision from where no form can be opened."""

from bot.core.bot import Bot
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


class Opening:
    """An entry point that needs to know who words drafts."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def open_form(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Log it."""
        channel_id, _, message_ts = event.value.partition("|")
        plainly = self._bot.drafter.is_plain
        return entries.open_log_form(uow, event.user_id, channel_id, message_ts, plainly=plainly)
