"""What people write, and what is changed about it."""

from bot.core.events import MessagePosted, PersonEnrolled, SettingChanged
from bot.core.unit_of_work import UnitOfWork
from bot.features.coach.service import hinting, keeping


def look_later(event: MessagePosted, uow: UnitOfWork) -> None:
    """A message may need a hint."""
    hinting.look_later(event, uow)


def meet(event: PersonEnrolled, uow: UnitOfWork) -> None:
    """Baton begins to work for somebody."""
    hinting.meet(uow, event.user_id)


def follow_off(event: SettingChanged, uow: UnitOfWork) -> None:
    """Somebody wants to be left alone."""
    keeping.follow_off(event, uow)
