"""What a digest is made of: each feature gives its sections, as lines that end in their sources."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Final, TypeAlias

from bot.core.blocks import Element
from bot.core.channels import Channel
from bot.core.message_store import StoredMessage
from bot.core.people import Person
from bot.core.render import Link, Mrkdwn, join, mrkdwn
from bot.core.unit_of_work import UnitOfWork


class Part(IntEnum):
    """The parts of a digest, in the order in which they are read."""

    WAITS = 1  # what waits on the reader
    HANDOFFS = 2
    CLOSING = 3  # what closes before the reader's next working day
    PAGES = 4
    DECISIONS = 5
    ANSWERED = 6  # what became of what the reader asked or proposed
    HAPPENED = 7
    LEFT_OVER = 8  # what may be done when there is time


ON_HOME: Final = mrkdwn("on my Home tab")
"""Where the rest is of what the Home tab has all of."""


@dataclass(frozen=True)
class Line:
    """One line of a digest: what it says, then links to what it comes from; there is never none.

    `menu` is what its reader can do about it, beside the line. `about` are the (channel, ts) of the
    messages it tells of: where an earlier part told of all of them, it is left out.
    `channel_id` is where what it tells stands, if those do not say so. Raises ValueError without
    links.
    """

    text: Mrkdwn
    links: tuple[Link, ...]
    menu: Element | None = None
    about: frozenset[tuple[str, str]] = frozenset()
    channel_id: str = ""

    def __post_init__(self) -> None:
        """Refuses a line that nobody could check."""
        if not self.links:
            raise ValueError("a line of a digest ends in what it comes from")

    @cached_property
    def shown(self) -> Mrkdwn:
        """The line as it is read."""
        links = join(" · ", [mrkdwn("{link}", link=link) for link in self.links])
        return join(" ", [self.text, links]) if self.text else links


@dataclass(frozen=True, slots=True)
class DigestSection:
    """One part of somebody's digest; its title is shown in bold.

    `about` are the (channel, ts) of the messages it tells of; no other part repeats them.
    `held_back` is how many lines could not be shown because nobody could check who may see them,
    `more` how many are not shown because they are too many, `rest` says where those are.
    What its reader can do about all of it are `menu`, beside the title, and `elements`, below the
    lines. `is_counted`: it counts in the line on top.
    """

    part: Part
    title: Mrkdwn
    lines: Sequence[Line]
    about: frozenset[tuple[str, str]] = frozenset()
    held_back: int = 0
    more: int = 0
    rest: Mrkdwn | None = None
    elements: Sequence[Element] = ()
    menu: Element | None = None
    is_counted: bool = True

    @property
    def count(self) -> int:
        """How many things it tells of, shown or not; what was held back is none of them."""
        return len(self.lines) + self.more


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody for whom a digest is made, and the time it looks back on."""

    person: Person
    since: datetime


@dataclass(frozen=True, slots=True)
class ChannelReader:
    """A channel for which a digest is made, and the time it looks back on.

    Everybody in the channel reads it: it tells of nothing that was said anywhere else.
    `is_weekly`: it is the one of a week.
    """

    channel: Channel
    since: datetime
    is_weekly: bool = False


class ThreadKind(StrEnum):
    """What a conversation came to, as far as one can tell."""

    SETTLED = "settled"
    OPEN_QUESTION = "open question"
    DISAGREEMENT = "disagreement"
    NEW = "new"


SectionSource: TypeAlias = Callable[[UnitOfWork, Reader], DigestSection | None]
ChannelSource: TypeAlias = Callable[[UnitOfWork, ChannelReader], DigestSection | None]
ThreadReading: TypeAlias = Callable[
    [UnitOfWork, Sequence[Sequence[StoredMessage]]], Sequence[ThreadKind | None]
]
"""What a feature knows of each of a channel's conversations; None: nothing.

Each is given by its first message, if that is known, and its new ones, by age.
"""


@dataclass(frozen=True, slots=True)
class DigestSources:
    """What the features tell digests: of one reader, of a channel, and of conversations."""

    sections: list[SectionSource] = field(default_factory=list)
    of_channels: list[ChannelSource] = field(default_factory=list)
    threads: list[ThreadReading] = field(default_factory=list)
