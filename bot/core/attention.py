"""The one way to a person's attention: every direct message that notifies passes here."""

from datetime import datetime
from enum import StrEnum

from bot.core.blocks import Message
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork


class Urgency(StrEnum):
    """How much a message may ask of a person's attention."""

    PAGE = "page"  # the red phone: at any hour
    REPLY = "reply"  # the outcome of something the person set off: at once
    DIGEST = "digest"  # in the person's own morning, which its schedule sees to
    ROUTINE = "routine"  # everything else: only in working time


def may_interrupt(person: Person, urgency: Urgency, now: datetime) -> bool:
    """Whether a message of this urgency may reach the person now; apps and guests get none."""
    if not person.is_member:
        return False
    return urgency is not Urgency.ROUTINE or person.working_time.is_working(now)


def reach(uow: UnitOfWork, key: str, person: Person, message: Message, *, urgency: Urgency) -> bool:
    """Queues a direct message, if the person may be interrupted now; else returns False.

    Whoever calls decides what becomes of a message that was held back.
    """
    if not may_interrupt(person, urgency, uow.now):
        return False
    uow.outbox.post_to_person(key, person.user_id, message, urgent=urgency is Urgency.PAGE)
    return True
