"""What is meant for Baton itself."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.events import ChannelKind, MessagePosted

FRESH: Final = timedelta(minutes=10)


def is_to_baton(event: MessagePosted) -> bool:
    """Whether somebody wrote to Baton directly."""
    return event.kind is ChannelKind.DIRECT


def is_fresh(event: MessagePosted, now: datetime) -> bool:
    """Whether whoever wrote may still wait for an answer."""
    return now - event.at <= FRESH
