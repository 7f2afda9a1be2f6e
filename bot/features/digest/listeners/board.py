"""The digest on App Home, and the pull requests that wait."""

from bot.core.boards import BoardSection
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import board as messages
from bot.features.digest.rules.logins import GITHUB
from bot.features.digest.service import logins, mornings, reviews, settings, wishes


def settings_on_board(uow: UnitOfWork, person: Person) -> BoardSection | None:
    """What somebody set of their digest; nothing for who is in no channel with Baton."""
    if mornings.enrolled(uow, person.user_id) is None:
        return None
    login = logins.linked(uow, person.user_id, GITHUB)
    wished = wishes.standing(uow, person.user_id)
    return messages.on_board(settings.shown(uow, person), login, wished)


def pulls_on_board(uow: UnitOfWork, person: Person) -> BoardSection:
    """The pull requests that wait for somebody's review."""
    return messages.pulls_on_board(*reviews.on_board(uow, person))
