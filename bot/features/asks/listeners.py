"""The entry points of asks."""

from collections.abc import Sequence
from uuid import UUID

from bot.core.blocks import Block
from bot.core.bot import DigestSection, Reader
from bot.core.events import (
    ButtonPressed,
    LeaveChanged,
    MessageDeleted,
    MessageEdited,
    MessagePosted,
    ReactionAdded,
)
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import messages, service


def open_asks(event: MessagePosted, uow: UnitOfWork) -> None:
    """A message asks somebody for something."""
    service.follow(event, uow)


def follow_edit(event: MessageEdited, uow: UnitOfWork) -> None:
    """A message may ask somebody else now, or nobody."""
    service.follow(event, uow)


def follow_leave(event: LeaveChanged, uow: UnitOfWork) -> None:
    """Somebody is away on other days than before."""
    service.follow_leave(uow, event.user_id)


def answer_in_thread(event: MessagePosted, uow: UnitOfWork) -> None:
    """Somebody replies in a thread."""
    service.answer_in_thread(event, uow)


def answer_by_reaction(event: ReactionAdded, uow: UnitOfWork) -> None:
    """Somebody marks a message as done."""
    service.answer_by_reaction(event, uow)


def withdraw(event: MessageDeleted, uow: UnitOfWork) -> None:
    """A message is deleted."""
    service.withdraw(event, uow)


def mark_done(event: ButtonPressed, uow: UnitOfWork) -> None:
    """The answerer presses Done."""
    service.mark_done(uow, UUID(event.value), event.user_id)


def waiting_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What waits on the reader."""
    waiting = service.waiting_on(uow, reader.person)
    return messages.digest_section(messages.WAITING_ON_YOU, waiting, messages.waiting_line)


def settled_in_digest(uow: UnitOfWork, reader: Reader) -> DigestSection | None:
    """What was settled for the reader meanwhile."""
    settled = service.answered_for(uow, reader.person, reader.since)
    return messages.digest_section(messages.SETTLED_FOR_YOU, settled, messages.settled_line)


def waiting_on_home(uow: UnitOfWork, person: Person) -> Sequence[Block]:
    """What waits on somebody and what they wait for."""
    return messages.home(service.waiting_on(uow, person), service.asked_by(uow, person))
