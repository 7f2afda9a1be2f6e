"""What moves somebody's mornings."""

from bot.core.agreement.setting import Layer
from bot.core.bot import Bot
from bot.core.events import (
    LeaveChanged,
    MessageHeldBack,
    PersonEnrolled,
    SettingChanged,
    ZoneChanged,
)
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules.mornings import Cause
from bot.features.digest.service import mornings, sending


def schedule(event: PersonEnrolled, uow: UnitOfWork) -> None:
    """Somebody is enrolled."""
    mornings.schedule(uow, event.user_id)


def follow_zone(event: ZoneChanged, uow: UnitOfWork) -> None:
    """Somebody is in another zone now."""
    mornings.reschedule(uow, event.user_id, Cause.ZONE)


def follow_leave(event: LeaveChanged, uow: UnitOfWork) -> None:
    """Somebody is away on other days."""
    mornings.reschedule(uow, event.user_id, Cause.LEAVE)


def follow_setting(event: SettingChanged, uow: UnitOfWork) -> None:
    """Hours, holidays, or the digest's own time or rhythm changed, for somebody or everybody."""
    if event.layer == Layer.PERSON:
        mornings.reschedule(uow, event.scope_id)
    else:
        mornings.reschedule_all(uow)


def is_of_digest(event: MessageHeldBack) -> bool:
    """Whether a digest was held back, and not one that was made again already."""
    return rules.day_of_key(event.key) is not None


class HeldBack:
    """An entry point that needs the sections of all features."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def make_again(self, event: MessageHeldBack, uow: UnitOfWork) -> None:
        """A digest told of what its reader may not see any more when it was to be sent."""
        sending.make_again(uow, event.key, self._bot.digest_sources)
