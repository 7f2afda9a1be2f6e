"""kill -9 at every named point of a page's way: it goes on within a minute, and nothing twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults import emergency
from tests.support.databases import Rows

MINUTE = timedelta(seconds=60)
QUICK_POINTS = ("escalation.after_commit", "outbox.after_post")
PRESSES = range(1, 6)
"""The command, the form, the acknowledgement, and the two of its end."""
POINTS = (
    *(f"interaction.{when}_commit:{nth}" for nth in PRESSES for when in ("before", "after")),
    "escalation.before_commit",
    "escalation.after_commit",
    *(f"outbox.after_{what}:{nth}" for nth in (1, 2, 4) for what in ("claim", "post", "settle")),
    *(f"attempt.after_{what}:{nth}" for nth in (1, 2) for what in ("claim", "call", "settle")),
    *(f"job.{when}_commit:{nth}" for nth in (1, 2, 3) for when in ("before", "after")),
)


def _check(outcome: emergency.Outcome, point: str) -> None:
    tail = outcome.log[-3_000:]
    assert outcome.deaths == 1, f"the point was not reached\n{tail}"
    assert outcome.doubled == (), tail
    if not point.startswith("attempt.after_call"):  # then nobody knows whether it arrived
        assert outcome.called_off_again == (), tail
    assert outcome.after_all == 0, tail
    assert max(outcome.lateness) < MINUTE, tail


@pytest.mark.slow
@pytest.mark.needs("redphone")
@pytest.mark.parametrize("point", QUICK_POINTS)
def test_a_page_goes_on_after_a_selection_of_points(
    point: str, database_url: str, tmp_path: Path, acquaintance: Rows
) -> None:
    _check(emergency.play(database_url, tmp_path, acquaintance, crash_at=point), point)


@pytest.mark.long
@pytest.mark.needs("redphone")
@pytest.mark.parametrize("point", POINTS)
def test_a_page_goes_on_after_every_named_point(
    point: str, database_url: str, tmp_path: Path, acquaintance: Rows
) -> None:
    _check(emergency.play(database_url, tmp_path, acquaintance, crash_at=point), point)
