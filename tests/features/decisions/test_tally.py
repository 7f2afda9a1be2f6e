"""How a comment period ends, in every case."""

import pytest

from bot.features.decisions.rules.proposals import Result, Vote
from bot.features.decisions.rules.tally import Tally, Voice, tally

AGREES, ABSTAINS, SILENT = Voice(Vote.AGREE), Voice(Vote.ABSTAIN), Voice()
COMMENTS, AWAY = Voice(Vote.COMMENT), Voice(is_away=True)
AGREED_AWAY = Voice(Vote.AGREE, is_away=True)
ACCEPTED, NO_DECISION = Result.ACCEPTED, Result.NO_DECISION


@pytest.mark.parametrize(
    ("voices", "by_majority", "by_silence"),
    [
        ([], NO_DECISION, NO_DECISION),
        ([SILENT], NO_DECISION, ACCEPTED),
        ([AGREES], ACCEPTED, ACCEPTED),
        ([COMMENTS], ACCEPTED, ACCEPTED),
        ([AGREES, SILENT], NO_DECISION, ACCEPTED),  # a tie
        ([AGREES, COMMENTS, SILENT], ACCEPTED, ACCEPTED),
        ([AGREES, SILENT, SILENT], NO_DECISION, ACCEPTED),
        ([ABSTAINS], NO_DECISION, NO_DECISION),
        ([ABSTAINS, ABSTAINS, ABSTAINS], NO_DECISION, NO_DECISION),
        ([AGREES, ABSTAINS, ABSTAINS], ACCEPTED, ACCEPTED),
        ([AGREES, ABSTAINS, SILENT], NO_DECISION, ACCEPTED),
        ([ABSTAINS, SILENT], NO_DECISION, ACCEPTED),
        ([AWAY], NO_DECISION, NO_DECISION),
        ([AWAY, AWAY, ABSTAINS], NO_DECISION, NO_DECISION),
        ([AGREES, AWAY], ACCEPTED, ACCEPTED),
        ([AGREED_AWAY, SILENT, AWAY], NO_DECISION, ACCEPTED),
        ([AGREED_AWAY, AWAY], ACCEPTED, ACCEPTED),
    ],
)
def test_a_count_ends_like_this(
    voices: list[Voice], by_majority: Result, by_silence: Result
) -> None:
    assert tally(voices, is_lazy=False).result is by_majority
    assert tally(voices, is_lazy=True).result is by_silence


def test_who_abstains_or_is_away_is_on_neither_side() -> None:
    voices = [AGREES, COMMENTS, SILENT, ABSTAINS, AWAY]
    assert tally(voices, is_lazy=False) == Tally(ACCEPTED, 2, counted=3, abstained=1, away=1)
