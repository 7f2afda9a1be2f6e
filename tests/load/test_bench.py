"""The bench works, its traffic is what it says, and its bars can be missed."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.app import assemble
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.settings import Settings
from bot.slack.inbound import parse_event
from tests.load.bench.events import measure
from tests.load.bench.figures import Figure, told
from tests.load.traffic import PLAIN, SHARES, Crowd, Traffic

SMALL = Crowd.of("T1", people=60, channels=8)
GAP = timedelta(milliseconds=50)
FIGURE = Figure("c", "events", "sqlite", 30.0, "1/s", yardstick=10.0, of="bare", least=2.0)


def test_few_events_go_through_once_each(sqlite_url: str) -> None:
    found = measure(sqlite_url, 60, 1, [SMALL])
    assert (found.twice, found.left) == (0, 0)
    assert found.queued > 0
    assert found.per_second > 0
    assert found.cpu_ms > 0


def test_the_same_traffic_comes_in_every_run_each_event_once() -> None:
    start = SystemClock().now()
    some = [list(Traffic(SMALL, start, GAP).some(300)) for _ in range(2)]
    assert some[0] == some[1]
    assert len({each.event_id for each in some[0]}) == 300


def test_most_of_the_traffic_concerns_nobody(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    bot = assemble(Settings(_env_file=None, database_url=sqlite_url), database)
    plain = Counter[bool]()
    for envelope in Traffic(SMALL, SystemClock().now(), GAP).some(2_000):
        event = parse_event(json.loads(envelope.body))
        wanted = bot.subscriptions_to(event) if event is not None else []
        is_plain = getattr(event, "text", "") in PLAIN
        plain[is_plain] += 1
        assert not is_plain or all(each.sift is not None for each in wanted), wanted
    database.close()
    assert plain[True] / plain.total() == pytest.approx(SHARES["plain"] / 1_000, abs=0.03)


def test_events_of_a_lane_are_in_order_of_time() -> None:
    bodies = [json.loads(each.body) for each in Traffic(SMALL, SystemClock().now(), GAP).some(50)]
    times = [body["event"]["event_ts"] for body in bodies]
    assert all(earlier < later for earlier, later in pairwise(times))


@pytest.mark.parametrize(
    ("figure", "passes"),
    [
        (FIGURE, True),
        (replace(FIGURE, value=1.0), False),
        (replace(FIGURE, least=None, most=29.0), False),
        (replace(FIGURE, is_ratio=True, least=3.0), True),
        (replace(FIGURE, is_ratio=True, least=3.1), False),
        (replace(FIGURE, yardstick=None, is_ratio=True), False),
        (replace(FIGURE, least=None), True),
    ],
)
def test_a_figure_is_held_against_its_bar(figure: Figure, passes: bool) -> None:
    assert figure.passes is passes
    assert [line.endswith("missed") for line in told([figure])] == [False, not passes]
