"""Of which channels somebody's digest tells."""

from bot.core import channels
from bot.core.channels import Channel
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.rules.settings import SHARED


def told_of(uow: UnitOfWork, user_id: str) -> list[Channel]:
    """The channels in which both Baton and this person are, by name.

    Where people of another organisation are, too, only if that was switched on there.
    """
    return [
        each
        for each in channels.shared_with(uow.session, uow.team_id, user_id)
        if not each.is_shared or uow.setting(SHARED, channel_id=each.channel_id)
    ]
