"""How the C library hands out memory: from one pool for all threads."""

import ctypes
from contextlib import suppress
from typing import Final

_ARENA_MAX: Final = -8
"""`M_ARENA_MAX` of the GNU C library's `malloc.h`."""


def share_one_pool() -> None:
    """Has all threads that begin later take memory from the same pool.

    The GNU C library opens up to eight pools for each processor, and what was given back to one of
    them is of no use to the others: in ten minutes of much talk 40 MB came to lie idle. Nothing is
    changed where the C library is another (`mallopt(3)`).
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)
