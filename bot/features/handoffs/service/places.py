"""Where something can be handed over: in a channel that its author and Baton are both in."""

from bot.core import channels
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.messages import refusals


def not_there(uow: UnitOfWork, channel_id: str, user_id: str) -> str:
    """Why nothing of somebody's can stand in a channel; empty if it can."""
    channel = channels.find(uow.session, uow.team_id, channel_id) if channel_id else None
    if channel is None or not channel.is_member or channel_id.startswith("D"):
        return refusals.NOT_THERE
    is_in = channels.has_member(uow.session, uow.team_id, channel_id, user_id)
    return "" if is_in else refusals.NOT_YOURS
