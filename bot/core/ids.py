"""Row ids that sort by age."""

import secrets
from threading import Lock
from uuid import UUID

from bot.core.clock import epoch_milliseconds

_lock = Lock()
_last = 0
_RANDOM_BITS = 74


def new_id() -> UUID:
    """A UUID of version 7 (RFC 9562, 5.7); those of one process are strictly increasing."""
    global _last  # noqa: PLW0603 - the order of one process needs one counter
    fresh = (epoch_milliseconds() << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS - 1)
    with _lock:
        _last = max(fresh, _last + 1)
        value = _last
    moment, random = value >> _RANDOM_BITS, value & ((1 << _RANDOM_BITS) - 1)
    return UUID(
        int=moment << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (1 << 62) - 1
    )


def known_id(text: str) -> UUID | None:
    """The id that a text of somebody else's gives, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
