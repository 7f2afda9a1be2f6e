"""The bench works, and its bars can be missed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.rate_limits import RateLimit
from tests.load.bench.digests import Digests, bench, beyond, figures

START = datetime(2026, 10, 7, 9, tzinfo=UTC)
DIGESTS = Digests(
    people=20,
    workers=2,
    queued=20,
    seconds=1.0,
    short_seconds=0.5,
    sent=20,
    sent_seconds=1.0,
    allowed_seconds=1.0,
    refused=0,
)


@pytest.mark.slow
def test_a_small_bench_queues_and_sends_everybodys_digest_once() -> None:
    found = bench("sqlite", people=24, workspaces=2, workers=2)
    assert (found.queued, found.sent, found.refused) == (24, 24, 0)
    assert found.short_seconds > 0


@pytest.mark.parametrize(
    "missed",
    [{"queued": 19}, {"sent": 19}, {"seconds": 60.1}, {"sent_seconds": 1.2}, {"refused": 1}],
)
def test_each_bar_can_be_missed(missed: dict[str, Any]) -> None:
    assert all(each.passes for each in figures(DIGESTS, "sqlite"))
    assert not all(each.passes for each in figures(replace(DIGESTS, **missed), "sqlite"))


def test_calls_beyond_a_limit_are_counted_for_each_workspace() -> None:
    limit = RateLimit(timedelta(seconds=1), burst=2)
    at_once = [(team, START) for team in ("T1", "T1", "T1", "T1", "T2")]
    assert beyond(at_once, limit) == 1
    assert beyond([*at_once[:3], ("T1", START + timedelta(seconds=1))], limit) == 0
