"""Posts what somebody wrote to Baton in a channel, in their name."""

from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.messages import cards


def post(uow: UnitOfWork, request_id: str, author_id: str, channel_id: str, words: str) -> bool:
    """Posts it, once per request."""
    key = f"asks:post:{request_id}"
    return uow.outbox.post(key, channel_id, cards.posted_for(author_id, words))
