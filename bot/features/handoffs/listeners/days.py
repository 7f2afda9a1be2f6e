"""What moves the ends of people's days."""

from bot.core.events import LeaveChanged, PersonEnrolled, SettingChanged, ZoneChanged
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.service import days


def follow_person(event: PersonEnrolled | ZoneChanged | LeaveChanged, uow: UnitOfWork) -> None:
    """Somebody is in a channel of Baton's, in another zone, or away on other days."""
    days.follow(uow, event.user_id)


def follow_setting(event: SettingChanged, uow: UnitOfWork) -> None:
    """Hours, or who is offered what, changed for somebody, a channel or everybody."""
    days.follow_setting(uow, event)
