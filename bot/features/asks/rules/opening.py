"""Which message opens an ask, and which belongs to one."""

from datetime import datetime, timedelta
from typing import Final

from bot.core import deadlines
from bot.core.events import ChannelKind, MessagePosted
from bot.core.message_store import StoredMessage
from bot.core.patterns import regex
from bot.core.prose import prose
from bot.features.asks.rules import wording

SLIP_OF_THE_PEN: Final = timedelta(hours=1)
"""An edit within this time corrects a question; a later one asks a new one."""
MERGED_WITHIN: Final = timedelta(minutes=5)
"""What one author writes to the same person within this time is one ask.

What names a time of its own is one of its own.
"""
_PLEASE: Final = frozenset({"please", "pls", "plz", "thanks", "thank", "you", "thx", "and", "by"})
_WORDS: Final = regex(r"\w+")
FRESH: Final = timedelta(minutes=10)
"""How long after writing somebody may still be there to be asked what they meant."""


def may_ask(event: MessagePosted) -> bool:
    """Whether a message in a channel may ask somebody for an answer or an action."""
    if event.kind is ChannelKind.DIRECT:
        return False
    names = any(user_id != event.user_id for user_id in event.mentions) or bool(event.groups)
    return (names or event.in_thread) and wording.expects_reply(event.text)


def has_own_time(text: str, words: str) -> bool:
    """Whether a message asks for something until a time; `words` are those that name the time.

    One that says nothing but the time completes what was asked before.
    """
    rest = prose(deadlines.without(text, words))
    return any(each.lower() not in _PLEASE for each in _WORDS.findall(rest))


def asked_at(message: StoredMessage) -> datetime:
    """When the clock starts: a message that was changed long after it was written asks anew."""
    is_late = message.edited_at is not None and message.edited_at - message.at > SLIP_OF_THE_PEN
    return message.edited_at if is_late and message.edited_at else message.at


def is_fresh(message: StoredMessage, now: datetime) -> bool:
    """Whether whoever wrote it may still be there."""
    return now - message.at <= FRESH
