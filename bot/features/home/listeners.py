"""The entry points of App Home and help."""

from bot.core.bot import Bot
from bot.core.events import Command, HomeOpened, MessagePosted
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.home import messages, rules, service


class Home:
    """Entry points that need what all features registered."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def show(self, event: HomeOpened, uow: UnitOfWork) -> None:
        """Somebody opens their App Home, or pressed a button on it."""
        service.show(uow, event.user_id, self._bot.home_sources)

    def explain(self, event: MessagePosted, uow: UnitOfWork) -> None:
        """Somebody writes to Baton directly."""
        place = f"{event.channel_id}|{event.ts}"
        offers = [offer(place) for offer in self._bot.offers]
        if offers and rules.may_be_a_draft(event):
            service.answer(uow, event, messages.what_to_do(offers))
        else:
            service.answer(uow, event, messages.to_a_person(self._bot.help_texts))

    def answer_command(self, _event: Command, _uow: UnitOfWork) -> Answer:
        """Somebody types /baton."""
        return Answer(messages.help_text(self._bot.help_texts))
