"""The digest on App Home."""

from bot.core.boards import BoardSection
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import board as messages
from bot.features.digest.service import mornings


def hour_on_board(uow: UnitOfWork, person: Person) -> BoardSection | None:
    """When somebody's digest comes; nothing for who is in no channel with Baton."""
    if mornings.enrolled(uow, person.user_id) is None:
        return None
    is_wanted = mornings.wants(uow, person.user_id)
    return messages.on_board(mornings.hour(uow, person.user_id) if is_wanted else None)
