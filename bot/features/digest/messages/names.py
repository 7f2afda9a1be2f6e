"""The names of buttons and menus of the digest."""

from typing import Final

WISH: Final = "digest.wish"
UNDO_WISH: Final = "digest.undo_wish"
GOOD: Final = "digest.good"
BAD: Final = "digest.bad"
