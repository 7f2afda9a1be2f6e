"""What somebody types."""

from bot.core.bot import Bot
from bot.core.events import Command
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import command as messages
from bot.features.digest.service import mornings
from bot.features.digest.service.composing import compose


class Digest:
    """Entry points that need the sections of all features."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Answer:
        """Somebody types /digest."""
        person = mornings.enrolled(uow, event.user_id)
        if person is None:
            return Answer(messages.not_enrolled())
        if event.text.lower() == "now":
            reader = mornings.reader_of(uow, person)
            composed = compose(uow, reader, self._bot.digest_sources)
            return Answer(composed.message if composed else messages.nothing_new())
        if not mornings.wants(uow, person.user_id):
            return Answer(messages.is_off())
        return Answer(messages.scheduled(mornings.next_at(uow, person)))
