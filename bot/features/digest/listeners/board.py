"""The digest on App Home."""

from bot.core.boards import BoardSection
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import board as messages
from bot.features.digest.service import mornings, settings


def hour_on_board(uow: UnitOfWork, person: Person) -> BoardSection | None:
    """When somebody's digest comes; nothing for who is in no channel with Baton."""
    if mornings.enrolled(uow, person.user_id) is None:
        return None
    return messages.on_board(settings.shown(uow, person))
