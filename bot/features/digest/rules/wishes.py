"""How much of a channel somebody wants to read in their digest."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Wish(StrEnum):
    """What somebody wants of a channel."""

    MORE = "more"
    LESS = "less"  # what was settled or mentions them, and a count
    USUAL = "usual"


MOST_SHOWN: Final = {Wish.MORE: 10, Wish.USUAL: 5, Wish.LESS: 3}
"""So many conversations of a channel have a line."""


@dataclass(frozen=True, slots=True)
class WishFor:
    """A wish and the channel it is about, as a menu refers to it."""

    wish: Wish
    channel_id: str

    @property
    def reference(self) -> str:
        """As one text, see `read`."""
        return f"{self.wish}|{self.channel_id}"

    @classmethod
    def read(cls, reference: str) -> "WishFor | None":
        """What a reference stands for, if it is one."""
        wish, _, channel_id = reference.partition("|")
        return cls(Wish(wish), channel_id) if wish in set(Wish) and channel_id else None
