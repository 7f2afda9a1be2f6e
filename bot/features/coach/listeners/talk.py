"""The coach's entry points."""

from bot.core.events import MessagePosted
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.service import hinting


def hint_at_naked_hello(event: MessagePosted, uow: UnitOfWork) -> None:
    """A message greets somebody and says nothing else."""
    hinting.hint_at_naked_hello(event, uow)
