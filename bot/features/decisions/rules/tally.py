"""What reviewers decided together, when the comment period of a proposal is over.

Whoever agrees, also with a comment, is for it; nobody votes against: who sees a problem raises a
concern, and nothing is counted as long as one is open. So a count ends in two ways: accepted, or no
decision, and then it is still a proposal. Rejected is only what its proposer took back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.features.decisions.rules.proposals import Result, Vote

AGREES: Final = frozenset({Vote.AGREE, Vote.COMMENT})


@dataclass(frozen=True, slots=True)
class Voice:
    """A reviewer with a working account, and what they said last; also of an older version.

    `is_away`: they had no chance to speak.
    """

    vote: Vote = Vote.NONE
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """How it came out: `agreed` of those who `counted` said so.

    Who abstained, or was away and said nothing, did not count.
    """

    result: Result
    agreed: int
    counted: int
    abstained: int
    away: int


def tally(voices: Sequence[Voice], *, is_lazy: bool) -> Tally:
    """Counts. `is_lazy`: silence agrees; else more than half of those who count must agree.

    A tie is no decision, and neither is it a decision if nobody counts.
    """
    spoken = [each.vote for each in voices if each.vote is not Vote.NONE]
    abstained = spoken.count(Vote.ABSTAIN)
    agreed = sum(vote in AGREES for vote in spoken)
    away = sum(each.vote is Vote.NONE and each.is_away for each in voices)
    counted = len(voices) - abstained - away
    is_accepted = counted > 0 if is_lazy else agreed * 2 > counted
    result = Result.ACCEPTED if is_accepted else Result.NO_DECISION
    return Tally(result, agreed, counted, abstained, away)
