"""Who says what after a question, and whether it is about the question at all."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.events import ChannelKind, MessageNotSent, MessagePosted, MessageSent
from bot.core.message_store import StoredMessage
from bot.core.prose import addressed_in
from bot.features.asks.rules import replies, wording
from bot.features.asks.rules.replies import Role

EYES: Final = frozenset({"eyes"})
"""The reaction that says: I am on it."""
_BROADCAST: Final = "<!"
MINUTE: Final = timedelta(minutes=1)


def is_reply(event: MessagePosted) -> bool:
    """Whether a message could be an answer: it replies in a thread."""
    return event.in_thread and event.kind is not ChannelKind.DIRECT


def is_beside(event: MessagePosted) -> bool:
    """Whether a message stands beside the threads of a channel."""
    return not event.in_thread and event.kind is not ChannelKind.DIRECT


def is_direct_reply(event: MessagePosted) -> bool:
    """Whether somebody replies in a thread of their conversation with Baton."""
    return event.in_thread and event.kind is ChannelKind.DIRECT


def may_chase(event: MessagePosted) -> bool:
    """Whether a message only asks where an answer stays."""
    is_for_somebody = event.in_thread or bool(event.mentions) or _BROADCAST in event.text
    return (
        event.kind is not ChannelKind.DIRECT and is_for_somebody and wording.is_chaser(event.text)
    )


def is_of_asks(event: MessageSent | MessageNotSent) -> bool:
    """Whether it is about a message of this feature's."""
    return event.key.startswith("asks:")


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
    last_at: datetime | None,
    is_next: bool,
) -> bool:
    """Whether the answerer's message beside the thread answers the question.

    `last_at`: when somebody wrote last in the channel since the question, outside of threads.
    `is_next`: nobody but the asker did.
    """
    named = addressed_in(message.text)
    if named and asker_id not in named:
        return False
    minutes = (message.at - (last_at or message.at)) / MINUTE
    return replies.answers_in_channel(
        message.text, question, names_asker=asker_id in named, is_next=is_next, minutes=minutes
    )
