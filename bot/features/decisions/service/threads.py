"""Threads as they stand in the message store."""

from collections.abc import Sequence

from bot.core import message_store
from bot.core.message_store import StoredMessage
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries.offers import Place


def said(uow: UnitOfWork, place: Place) -> Sequence[StoredMessage]:
    """The messages of a thread whose text is kept, by age."""
    channel_id, root_ts = place
    root = message_store.find(uow.session, uow.team_id, channel_id, root_ts)
    replies = message_store.replies(uow.session, uow.team_id, channel_id, root_ts)
    found = [*([root] if root is not None else []), *replies]
    return [each for each in found if each.is_kept and each.text]
