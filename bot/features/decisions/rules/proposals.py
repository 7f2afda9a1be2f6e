"""What a proposal is: its comment period, who reviews it, and what is in its way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import Number
from bot.core.agreement.setting import Layer, Setting
from bot.features.decisions.rules.words import words_of

MAX_REVIEWERS: Final = 30
MAX_OPTIONS: Final = 10
OPTION_LENGTH: Final = 200
LEAST_DAYS: Final = 1
MOST_DAYS: Final = 20
NAME_LENGTH: Final = 80
WORDS_LENGTH: Final = 1_500
COMMENT_LENGTH: Final = 500
NAMELESS: Final = "erased:"
"""How the id begins of a reviewer who had their data erased; what they said still counts."""

DAYS: Final = Setting[int](
    "decisions.comment_days",
    Number(LEAST_DAYS, MOST_DAYS, "working days"),
    3,
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Comment period of proposals",
    "Working days of each reviewer's own; whoever proposes can choose another number",
)
_SMALL: Final = frozenset(
    words_of(
        "a about against an and are concerns did for in is objections of on or our that the there "
        "this to was we were what with"
    )
)


class ProposalState(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Result(StrEnum):
    """How a proposal's comment period ended; NONE: it has not."""

    NONE = ""
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    NO_DECISION = "no_decision"
    WITHDRAWN = "withdrawn"


class Vote(StrEnum):
    """What a reviewer said; NONE: nothing yet."""

    NONE = ""
    AGREE = "agree"
    COMMENT = "comment"
    ABSTAIN = "abstain"


class ConcernState(StrEnum):
    """Where a concern stands; OVERRULED: an admin took it out of the way."""

    OPEN = "open"
    RESOLVED = "resolved"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a proposal says besides the fields of its decision."""

    options: tuple[str, ...]
    reviewers: tuple[str, ...]
    days: int
    is_lazy: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer said; `is_older`: about an older version. Empty `user_id`: erased."""

    user_id: str
    vote: Vote
    comment: str
    is_older: bool


@dataclass(frozen=True, slots=True)
class Concern:
    """A concern as it is shown; of an empty `raiser_id` or `settled_by` nothing is kept."""

    serial: int
    name: str
    words: str
    raiser_id: str
    state: ConcernState
    settled_by: str
    how: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal as its card shows it.

    `reviews` are those who have spoken, `asked` all whose agreement counts; how many of these
    spoke is `spoken`. `reason` is why it ended as it did; empty while it is open. `is_held_open`:
    its comment period is over, and it waits for a concern.
    """

    number: int
    version: int
    proposer_id: str
    options: tuple[str, ...]
    is_lazy: bool
    state: ProposalState
    result: Result
    closes_at: datetime
    reviews: tuple[Review, ...]
    asked: tuple[str, ...]
    spoken: int
    concerns: tuple[Concern, ...]
    reason: str = ""
    is_held_open: bool = False

    @property
    def open_concerns(self) -> tuple[Concern, ...]:
        """What is in its way."""
        return tuple(each for each in self.concerns if each.state is ConcernState.OPEN)

    @property
    def reference(self) -> str:
        """What its buttons bear: they are good for this version of it."""
        return reference_of(self.number, self.version)


def reference_of(number: int, version: int) -> str:
    """The number and the version of a proposal, as its buttons and forms bear them."""
    return f"{number}:{version}"


def read_reference(reference: str) -> tuple[int, int]:
    """The number and the version that a button or a form bears; zeros if it bears none."""
    number, _, version = reference.partition(":")
    is_one = all(each.isascii() and each.isdecimal() for each in (number, version))
    return (int(number), int(version)) if is_one else (0, 0)


def options_in(text: str) -> tuple[str, ...]:
    """The options that somebody wrote, one on each line."""
    lines = (" ".join(line.split()).lstrip("-•* ") for line in text.splitlines())
    return tuple(dict.fromkeys(line[:OPTION_LENGTH] for line in lines if line))[:MAX_OPTIONS]


def days_in(text: str) -> int | None:
    """The working days that somebody wrote; None: none that a comment period can have."""
    word = text.strip()
    is_number = word.isascii() and word.isdecimal() and len(word) < 4  # noqa: PLR2004
    days = int(word) if is_number else 0
    return days if LEAST_DAYS <= days <= MOST_DAYS else None


def is_nameless(user_id: str) -> bool:
    """Whether a reviewer had their data erased."""
    return user_id.startswith(NAMELESS)


def asked_for(text: str) -> tuple[str, ...]:
    """The words that count in "what were the objections to the new UI design?"."""
    words = words_of(text)
    return tuple(word for word in words if word not in _SMALL) or words


def is_about(words: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether the texts contain every word, or words that begin with it."""
    found = words_of(" ".join(texts))
    return all(any(each.startswith(word) for each in found) for word in words)
