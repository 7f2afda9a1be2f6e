"""The entry points of the digest."""

from bot.core.bot import Bot
from bot.core.events import Command, MessageHeldBack, PersonEnrolled, ZoneChanged
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest import messages, rules, service


class Digest:
    """Entry points that need the sections of all features."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def answer_command(self, event: Command, uow: UnitOfWork) -> Answer:
        """Somebody types /digest."""
        person = service.enrolled(uow, event.user_id)
        if person is None:
            return Answer(messages.not_enrolled())
        if event.text.lower() == "now":
            reader = service.reader_of(uow, person)
            digest = service.compose(uow, reader, self._bot.digest_sources)
            return Answer(digest or messages.nothing_new())
        return Answer(messages.scheduled(service.next_at(uow, person)))

    def make_again(self, event: MessageHeldBack, uow: UnitOfWork) -> None:
        """A digest told of what its reader may not see any more when it was to be sent."""
        service.make_again(uow, event.key, self._bot.digest_sources)


def schedule(event: PersonEnrolled, uow: UnitOfWork) -> None:
    """Somebody is enrolled."""
    service.schedule(uow, event.user_id)


def reschedule(event: ZoneChanged, uow: UnitOfWork) -> None:
    """Somebody is in another zone now."""
    service.reschedule(uow, event.user_id)


def is_of_digest(event: MessageHeldBack) -> bool:
    """Whether a digest was held back, and not one that was made again already."""
    return rules.day_of_key(event.key) is not None
