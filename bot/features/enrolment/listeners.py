"""The entry points of enrolment."""

from bot.core import boards, pausing
from bot.core.boards import BoardSection
from bot.core.events import ButtonPressed, ChannelJoined, Command
from bot.core.people import Person
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.enrolment import messages, service


def welcome(event: ChannelJoined, uow: UnitOfWork) -> None:
    """Baton is new in a channel."""
    service.welcome(uow, event.channel_id)


def pause(event: ButtonPressed | Command, uow: UnitOfWork) -> Answer:
    """An admin presses Pause, or types /baton pause."""
    if not service.may_pause(uow, event.user_id):
        return Answer(messages.not_allowed())
    is_new = pausing.pause(uow, by=event.user_id)
    boards.touch_all(uow)
    return Answer(messages.paused(is_new=is_new))


def resume(event: ButtonPressed | Command, uow: UnitOfWork) -> Answer:
    """An admin presses Resume, or types /baton resume."""
    if not service.may_pause(uow, event.user_id):
        return Answer(messages.not_allowed())
    pausing.resume(uow, by=event.user_id)
    boards.touch_all(uow)
    return Answer(messages.resumed())


def board(uow: UnitOfWork, person: Person) -> BoardSection | None:
    """Whether Baton is paused, and for admins the button."""
    return messages.on_board(is_paused=uow.workspace.is_paused, is_admin=person.is_admin)
