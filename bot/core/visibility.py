"""What a reader may see: asked by every list, search and digest, at the time of showing."""

from bot.core import channels
from bot.core.unit_of_work import UnitOfWork


def may_see(uow: UnitOfWork, reader_id: str, channel_id: str) -> bool:
    """Whether a reader may see what was said in a channel.

    Public channels are open to full members; private ones and those Baton is not in only to the
    people it knows to be in them.
    """
    channel = channels.find(uow.session, uow.team_id, channel_id)
    if channel is not None and channel.is_member and not channel.is_private:
        return True
    return channels.has_member(uow.session, uow.team_id, channel_id, reader_id)
