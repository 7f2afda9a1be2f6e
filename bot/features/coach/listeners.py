"""The coach's entry points."""

from collections.abc import Sequence

from bot.core.blocks import Block
from bot.core.events import ButtonPressed, MessagePosted
from bot.core.people import Person
from bot.core.replies import Replace
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach import messages, service


def hint_at_naked_hello(event: MessagePosted, uow: UnitOfWork) -> None:
    """A message greets somebody and says nothing else."""
    service.hint_at_naked_hello(event, uow)


def switch_hints_off(event: ButtonPressed, uow: UnitOfWork) -> Replace:
    """Somebody wants no hints."""
    service.switch_hints_off(uow, event.user_id)
    return Replace(messages.hints_are_off())


def switch_hints_on(event: ButtonPressed, uow: UnitOfWork) -> Replace:
    """Somebody wants hints again."""
    service.switch_hints_on(uow, event.user_id)
    return Replace(messages.hints_are_on())


def show_on_home(uow: UnitOfWork, person: Person) -> Sequence[Block]:
    """The coach's part of somebody's App Home."""
    return messages.home(wants_hints=service.wants_hints(uow, person.user_id))
