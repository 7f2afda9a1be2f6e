"""`/ask stats`, and whether its figures can be had as a picture."""

from bot.core.bot import Bot
from bot.core.events import ButtonPressed
from bot.core.people import Person
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.messages import answers, figures
from bot.features.asks.service import composing, counting, restraint


class Stats:
    """Entry points that need to know what is installed."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def tell(self, uow: UnitOfWork, person: Person, channel_id: str) -> Reply:
        """Somebody types /ask stats."""
        counted = counting.figures(uow, person, channel_id)
        tally = restraint.tally(uow, person)
        return Answer(figures.stats(counted, tally, with_pictures=self._can_show(uow)))

    def show(self, event: ButtonPressed, uow: UnitOfWork) -> Reply:
        """Somebody wants to have figures as a picture."""
        person = composing.member(uow, event.user_id)
        if person is None:
            return Answer(answers.said(answers.NOT_A_MEMBER))
        if not self._can_show(uow):
            return Answer(answers.said(figures.NO_PICTURES))
        return Answer(answers.said(counting.show(uow, person, event.value)))

    def _can_show(self, uow: UnitOfWork) -> bool:
        return self._bot.charts.can_draw and uow.workspace.takes_files
