"""The entry points of enrolment."""

from collections.abc import Sequence

from bot.core.blocks import Block
from bot.core.events import ButtonPressed, ChannelJoined, Command
from bot.core.people import Person
from bot.core.replies import Answer
from bot.core.unit_of_work import UnitOfWork
from bot.features.enrolment import messages, service


def welcome(event: ChannelJoined, uow: UnitOfWork) -> None:
    """Baton is new in a channel."""
    service.welcome(uow, event.channel_id)


def pause(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """An admin presses Pause."""
    return _silence(uow, event.user_id, pause=True)


def resume(event: ButtonPressed, uow: UnitOfWork) -> Answer:
    """An admin presses Resume."""
    return _silence(uow, event.user_id, pause=False)


def pause_by_command(event: Command, uow: UnitOfWork) -> Answer:
    """An admin types /baton pause."""
    return _silence(uow, event.user_id, pause=True)


def resume_by_command(event: Command, uow: UnitOfWork) -> Answer:
    """An admin types /baton resume."""
    return _silence(uow, event.user_id, pause=False)


def show_on_home(uow: UnitOfWork, person: Person) -> Sequence[Block]:
    """Whether Baton is paused, and for admins the button."""
    return messages.home(is_paused=uow.workspace.is_paused, is_admin=person.is_admin)


def _silence(uow: UnitOfWork, user_id: str, *, pause: bool) -> Answer:
    if not service.may_pause(uow, user_id):
        return Answer(messages.not_allowed())
    is_changed = service.silence(uow, user_id, pause=pause)
    return Answer(messages.paused(is_new=is_changed) if pause else messages.resumed())
