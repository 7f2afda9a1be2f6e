"""What becomes of the attempts of a page."""

from typing import Final

from bot.core.attempts import Outcome
from bot.core.events import (
    AttemptSettled,
    MessageHeldBack,
    MessageNotSent,
    MessageSent,
    MessageSlowed,
)
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.service import following

_KEYS: Final = "redphone:"


def is_ours(
    event: MessageSent | MessageSlowed | MessageNotSent | MessageHeldBack | AttemptSettled,
) -> bool:
    """Whether it was queued by the red phone."""
    return event.key.startswith(_KEYS)


def sent(event: MessageSent, uow: UnitOfWork) -> None:
    """A message stands."""
    following.arrived(uow, event.key)


def slowed(event: MessageSlowed, uow: UnitOfWork) -> None:
    """A message takes longer."""
    following.slowed(uow, event.key)


def not_sent(event: MessageNotSent | MessageHeldBack, uow: UnitOfWork) -> None:
    """A message was given up."""
    following.failed(uow, event.key)


def settled(event: AttemptSettled, uow: UnitOfWork) -> None:
    """A pager was called."""
    following.settled(uow, event.key, Outcome(event.outcome), event.error)
