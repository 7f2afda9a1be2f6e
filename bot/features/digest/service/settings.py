"""What people set of their digest, and take back."""

from bot.core import attention
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import person_scope
from bot.core.bot import Bot
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages.command import Shown
from bot.features.digest.rules.command import SetTo
from bot.features.digest.rules.settings import AT, RHYTHM, WANTED, is_after_work
from bot.features.digest.service import mornings


def change(bot: Bot, uow: UnitOfWork, user_id: str, wanted: SetTo) -> SetTo | None:
    """Sets something of somebody's digest; returns what takes it back, None: nothing changed."""
    wish = Change(wanted.setting, person_scope(user_id), after=wanted.value)
    made = bot.change_settings(uow, [wish], by=user_id)
    return SetTo(wanted.setting, made[0].before) if made else None


def shown(uow: UnitOfWork, person: Person) -> Shown:
    """When somebody's digest comes, as they see it."""
    following = mornings.next_morning(uow, person)
    at = uow.setting(AT, user_id=person.user_id)
    return Shown(
        comes_at=person.working_time.local(following.at),
        is_due=following.at <= uow.now,
        at=at,
        rhythm=uow.setting(RHYTHM, user_id=person.user_id),
        is_on=uow.setting(WANTED, user_id=person.user_id),
        is_left_alone=attention.is_off(uow, person.user_id),
        is_after_work=is_after_work(at, person.working_time.week),
        locale=person.locale,
    )
