"""Which message opens an ask, and which belongs to one."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.events import ChannelKind, MessagePosted
from bot.core.message_store import StoredMessage
from bot.features.asks.rules import wording

SLIP_OF_THE_PEN: Final = timedelta(hours=1)
"""An edit within this time corrects a question; a later one asks a new one."""
MERGED_WITHIN: Final = timedelta(minutes=5)
"""What one author writes to the same person within this time is one ask."""
FRESH: Final = timedelta(minutes=10)
"""How long after writing somebody may still be there to be asked what they meant."""


def may_ask(event: MessagePosted) -> bool:
    """Whether a message in a channel may ask somebody for an answer or an action."""
    if event.kind is ChannelKind.DIRECT:
        return False
    names = any(user_id != event.user_id for user_id in event.mentions) or bool(event.groups)
    return (names or event.in_thread) and wording.expects_reply(event.text)


def asked_at(message: StoredMessage) -> datetime:
    """When the clock starts: a message that was changed long after it was written asks anew."""
    is_late = message.edited_at is not None and message.edited_at - message.at > SLIP_OF_THE_PEN
    return message.edited_at if is_late and message.edited_at else message.at


def is_fresh(message: StoredMessage, now: datetime) -> bool:
    """Whether whoever wrote it may still be there."""
    return now - message.at <= FRESH
