"""What is meant for Baton itself."""

from datetime import datetime, timedelta
from typing import Final

from bot.core.events import ChannelKind, MessagePosted
from bot.core.prose import only_greets

FRESH: Final = timedelta(minutes=10)


def is_to_baton(event: MessagePosted) -> bool:
    """Whether somebody wrote to Baton directly, and not under something that it had written."""
    return event.kind is ChannelKind.DIRECT and not event.in_thread


def may_be_a_draft(event: MessagePosted) -> bool:
    """Whether what somebody wrote to Baton is meant for others; a hello or `help` is not."""
    words = event.text.strip().rstrip("?!.").lower()
    return words != "help" and not only_greets(event.text)


def is_fresh(event: MessagePosted, now: datetime) -> bool:
    """Whether whoever wrote may still wait for an answer."""
    return now - event.at <= FRESH
