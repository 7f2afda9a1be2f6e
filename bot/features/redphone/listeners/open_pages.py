"""Where people see which pages are open."""

from bot.core.boards import BoardSection
from bot.core.events import Command
from bot.core.people import Person
from bot.core.replies import Answer, Reply
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import open_pages as messages
from bot.features.redphone.messages.acknowledging import said
from bot.features.redphone.service import open_pages as service
from bot.features.redphone.service import reviews, targets


def answer_command(event: Command, uow: UnitOfWork) -> Reply:
    """Somebody types /redphone open."""
    reader = targets.member(uow, event.user_id)
    if reader is None:
        return Answer(said(messages.MEMBERS_ONLY))
    found = service.visible(uow, reader)
    return Answer(messages.listed(found, reader.user_id, reviews.share(uow)))


def board(uow: UnitOfWork, person: Person) -> BoardSection:
    """The open pages that concern the owner of a board."""
    return messages.on_board(service.own(uow, person), person.user_id)
