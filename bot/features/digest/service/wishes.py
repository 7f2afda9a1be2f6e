"""More or less of a channel."""

from bot.core import boards, channels
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.queries import wishes as queries
from bot.features.digest.rules.wishes import Wish, WishFor


def standing(uow: UnitOfWork, user_id: str) -> dict[str, Wish]:
    """What somebody wishes of the channels that they share with Baton, by id, in their order."""
    wished = queries.of_person(uow, user_id)
    shared = channels.shared_with(uow.session, uow.team_id, user_id) if wished else []
    ids = [each.channel_id for each in shared]
    return {channel_id: wished[channel_id] for channel_id in ids if channel_id in wished}


def wish(uow: UnitOfWork, user_id: str, wanted: WishFor) -> Wish | None:
    """Notes what somebody wishes of a channel; returns what held before.

    None: they are, or Baton is, in that channel no more, and there is nothing to wish.
    """
    shared = channels.shared_with(uow.session, uow.team_id, user_id)
    if wanted.channel_id not in {each.channel_id for each in shared}:
        queries.wish(uow, user_id, wanted.channel_id, Wish.USUAL)
        return None
    before = queries.of_person(uow, user_id).get(wanted.channel_id, Wish.USUAL)
    if before is not wanted.wish:
        queries.wish(uow, user_id, wanted.channel_id, wanted.wish)
        boards.touch(uow, [user_id])
    return before
