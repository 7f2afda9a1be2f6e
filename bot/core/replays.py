"""Running a feature's rules over talk that is over: what they would have done, and how often."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.core.events import ChannelKind
from bot.core.message_store import StoredMessage
from bot.core.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation as far as it is known; `name` is what people call it, without #."""

    channel_id: str
    name: str
    kind: ChannelKind = ChannelKind.PUBLIC
    is_general: bool = False

    @property
    def title(self) -> str:
        """How it is called among people."""
        is_channel = self.kind in {ChannelKind.PUBLIC, ChannelKind.PRIVATE}
        return f"#{self.name}" if is_channel else self.name


@dataclass(frozen=True, slots=True)
class Example:
    """Words that a rule would have spoken up about, and what the conversation is called."""

    phrase: str
    place: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a rule, or all of them, would have spoken up, and to how many people.

    `without_limits`: how often if nothing held it back.
    """

    hints: int = 0
    people: int = 0
    without_limits: int = 0
    examples: Sequence[Example] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would have been said: by rule, in all, and what held back how many."""

    rules: dict[str, Tally]
    total: Tally
    held_back: dict[str, int]


class Replayer(Protocol):
    """Hears conversations again."""

    def hear(self, place: Place, message: StoredMessage, *, is_looked_at: bool = True) -> None:
        """Hears the next message of a conversation; those of one come by age.

        What is not looked at is only what others stand beside.
        """
        ...

    def end(self, channel_id: str) -> None:
        """Nothing more comes from this conversation."""
        ...

    def outcome(self) -> Outcome:
        """What it would have done; nothing more comes at all."""
        ...


Rules: TypeAlias = Collection[str]
"""Names of rules; empty: all there are."""
TimeOf: TypeAlias = Callable[[str], WorkingTime | None]
"""When somebody works, by their id, as far as that is known."""
NewReplayer: TypeAlias = Callable[[Rules, TimeOf], Replayer]
"""Makes a replayer that goes by some of its rules. Raises NoRule."""


def nobody_knows(_user_id: str) -> WorkingTime | None:
    """For talk that comes without its people."""
    return None
