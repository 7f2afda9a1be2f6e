"""Who says what after a question, and whether it is about the question at all."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.prose import addressed_in
from bot.features.asks.rules import replies
from bot.features.asks.rules.replies import Role

EYES: Final = frozenset({"eyes"})
"""The reaction that says: I am on it."""
MINUTE: Final = timedelta(minutes=1)


def role_of(user_id: str, *, asker_id: str, answerer_id: str) -> Role:
    """Who somebody is for a question."""
    if user_id == answerer_id:
        return Role.ANSWERER
    return Role.ASKER if user_id == asker_id else Role.OTHER


def answers_in_channel(
    message: StoredMessage,
    question: str,
    *,
    asker_id: str,
    answerer_id: str,
    since: Sequence[tuple[str, datetime]],
) -> bool:
    """Whether the answerer's message beside the thread answers the question.

    `since` are who wrote in the channel after the question, and when; without replies in threads.
    """
    named = addressed_in(message.text)
    if named and asker_id not in named:
        return False
    minutes = (message.at - _last(since, message.at)) / MINUTE
    is_next = all(user_id == asker_id for user_id, at in since if at < message.at)
    del answerer_id
    return replies.answers_in_channel(
        message.text, question, names_asker=asker_id in named, is_next=is_next, minutes=minutes
    )


def _last(since: Sequence[tuple[str, datetime]], until: datetime) -> datetime:
    before = [at for _, at in since if at < until]
    return max(before, default=until)
