"""kill -9 at every named point and at random moments of the day: nothing lost, nothing twice."""

from collections import Counter
from pathlib import Path

import pytest

from bot.core import crash
from tests.faults import day

PASSES = (1, 4)  # the first time the point is reached, and later
MOMENTS = day.random_moments(seed=20261006, count=50)
ALL = ("asks", "decisions", "digest", "redphone", "coach", "home")
LOST_ANSWERS = 5  # without one, there is nothing to look up
ELSEWHERE = ("record.", "escalation.", "attempt.")
OF_THE_DAY = [point for point in crash.POINTS if not point.startswith(ELSEWHERE)]
"""The day has no system of record, no pager, and nobody waits long for whoever is on call."""
QUICK_POINTS = ("inbox.after_commit", "outbox.after_post", "event.after_commit")
FAULTS = {
    "inbox.before_commit": "f06",
    "inbox.after_commit": "f07",
    "intake.after_claim": "f08",
    "event.before_commit": "f08",
    "outbox.after_claim": "f09",
    "outbox.after_post": "f10",
}
"""The rows of the register that points show."""


def _called(point: str) -> str:
    return "-".join(filter(None, [FAULTS.get(point, ""), point]))


def _check(outcome: day.Outcome, expected: Counter[tuple[str, str, str]]) -> None:
    tail = outcome.log[-3_000:]
    assert outcome.doubled == (), tail
    assert outcome.failed == (), tail
    assert expected == outcome.said, tail


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Counter[tuple[str, str, str]]:
    """What the bot says on a day on which it does not die."""
    folder = tmp_path_factory.mktemp("undisturbed")
    outcome = day.play(f"sqlite:///{folder / 'baton.db'}", folder)
    assert (outcome.doubled, outcome.failed, outcome.deaths) == ((), (), 0)
    return outcome.said


@pytest.mark.slow
@pytest.mark.needs(*ALL)
@pytest.mark.parametrize("point", QUICK_POINTS, ids=_called)
def test_a_selection_of_named_points(
    point: str,
    database_url: str,
    tmp_path: Path,
    undisturbed: Counter[tuple[str, str, str]],
) -> None:
    outcome = day.play(database_url, tmp_path, crash_at=point)
    assert outcome.deaths == 1, "the point was not reached"
    _check(outcome, undisturbed)


@pytest.mark.slow
@pytest.mark.needs(*ALL)
@pytest.mark.parametrize("moment", MOMENTS[:2])
def test_a_selection_of_random_moments(
    moment: float,
    database_url: str,
    tmp_path: Path,
    undisturbed: Counter[tuple[str, str, str]],
) -> None:
    outcome = day.play(database_url, tmp_path, kill_after=moment)
    assert outcome.deaths == 1
    _check(outcome, undisturbed)


@pytest.mark.long
@pytest.mark.needs(*ALL)
@pytest.mark.parametrize("nth", PASSES)
@pytest.mark.parametrize("point", OF_THE_DAY, ids=_called)
def test_every_named_point(
    point: str,
    nth: int,
    database_url: str,
    tmp_path: Path,
    undisturbed: Counter[tuple[str, str, str]],
) -> None:
    lost = LOST_ANSWERS if point.startswith("reconcile") else 0
    outcome = day.play(database_url, tmp_path, crash_at=f"{point}:{nth}", lost_answers=lost)
    assert outcome.deaths == 1, "the point was not reached"
    _check(outcome, undisturbed)


@pytest.mark.long
@pytest.mark.needs(*ALL)
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_random_moment(
    moment: float,
    database_url: str,
    tmp_path: Path,
    undisturbed: Counter[tuple[str, str, str]],
) -> None:
    outcome = day.play(database_url, tmp_path, kill_after=moment)
    assert outcome.deaths == 1
    _check(outcome, undisturbed)
