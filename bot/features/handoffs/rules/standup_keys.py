"""Under which keys the messages of stand-ups are queued, and their blockers noted."""

from datetime import date
from typing import Final

from bot.core.events import MessageSent
from bot.features.handoffs.rules.standups import KEY, Spot, spot_of

_ROOT: Final = "root"
_ENTRY: Final = "entry"


def root(spot: Spot) -> str:
    """Of the message with which a stand-up's thread begins."""
    return f"{KEY}:{_ROOT}:{spot}"


def entry(spot: Spot, user_id: str) -> str:
    """Of what somebody wrote."""
    return f"{KEY}:{_ENTRY}:{spot}:{user_id}"


def prompt(spot: Spot, user_id: str) -> str:
    """Of the message that asks somebody to write."""
    return f"{KEY}:prompt:{spot}:{user_id}"


def summary(spot: Spot) -> str:
    """Of the message that ends a thread."""
    return f"{KEY}:summary:{spot}"


def week(channel_id: str, monday: date) -> str:
    """Of the page about a channel's week."""
    return f"{KEY}:week:{Spot(channel_id, monday)}"


def blocker(spot: Spot, blocked_id: str, blocker_id: str) -> str:
    """Of what somebody says they cannot go on without, as it is noted once."""
    return f"{KEY}:{spot}:{blocked_id}:{blocker_id}"


def is_of_thread(event: MessageSent) -> bool:
    """Whether what went out begins a stand-up's thread, or is what somebody wrote."""
    return event.key.startswith((f"{KEY}:{_ROOT}:", f"{KEY}:{_ENTRY}:"))


def read(key: str) -> tuple[Spot, str]:
    """The stand-up that a message of its thread belongs to, and who wrote it; empty: its root."""
    _, kind, spot, *rest = key.split(":")
    return spot_of(spot), rest[0] if kind == _ENTRY else ""
