"""Which messages deserve a hint."""

import re
from datetime import datetime, timedelta
from typing import Final

from bot.core.events import ChannelKind, MessagePosted
from bot.core.prose import prose

FRESH: Final = timedelta(minutes=5)
"""A hint that comes later than this helps nobody: the author has moved on."""

_WORDS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_GREETINGS: Final = frozenset({"hi", "hello", "hey", "hiya", "heya", "hallo", "hola", "yo", "oi"})
_FILLERS: Final = frozenset({"there", "again", "how", "are", "you", "doing", "today"})


def is_naked_hello(event: MessagePosted) -> bool:
    """Whether a message greets somebody by mention in a channel and says nothing else."""
    if event.in_thread or event.kind is ChannelKind.DIRECT or not event.mentions:
        return False
    words = _WORDS.findall(prose(event.text).lower())
    return any(word in _GREETINGS for word in words[:1]) and all(
        word in _GREETINGS or word in _FILLERS for word in words
    )


def is_fresh(event: MessagePosted, now: datetime) -> bool:
    """Whether the author is likely to be still there; events may arrive a day late."""
    return now - event.at <= FRESH


def hint_ends(event: MessagePosted) -> datetime:
    """When the hint is no longer worth showing."""
    return event.at + FRESH
