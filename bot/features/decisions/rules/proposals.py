"""What a proposal is: its comment period, who reviews it, and what is in its way."""

from enum import StrEnum
from typing import Final

MAX_REVIEWERS: Final = 30
MAX_OPTIONS: Final = 10
LEAST_DAYS: Final = 1
MOST_DAYS: Final = 20
NAME_LENGTH: Final = 80
WORDS_LENGTH: Final = 1_500


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
