"""What people wrote to Baton first and then send off from a form."""

from bot.core.bot import Bot
from bot.core.events import DraftSent, FormSubmitted
from bot.core.replies import Reply, ShowNext
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.listeners import composing


class Sending:
    """The forms that may hold a draft: the house is told when it is sent off."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def compose(self, event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
        """The form that asks is sent off."""
        return self._tell(event, composing.compose(event, uow), uow)

    def post(self, event: FormSubmitted, uow: UnitOfWork) -> Reply | None:
        """The form that posts in a channel is sent off."""
        return self._tell(event, composing.post(event, uow), uow)

    def _tell(self, event: FormSubmitted, reply: Reply | None, uow: UnitOfWork) -> Reply | None:
        if event.reference and isinstance(reply, ShowNext):
            sent = DraftSent(team_id=uow.team_id, user_id=event.user_id, source=event.reference)
            self._bot.emit(sent, uow)
        return reply
