"""The bench works, its traffic is what it says, and its bars can be missed."""

import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.app import assemble
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.settings import Settings
from bot.slack.inbound import parse_event
from tests.load.bench import day, ingest, sockets, start
from tests.load.bench.__main__ import PARTS, main, surroundings
from tests.load.bench.events import measure
from tests.load.bench.figures import Figure, told
from tests.load.bench.processes import PATIENCE, Memory
from tests.load.traffic import PLAIN, SHARES, Crowd, Traffic

SMALL = Crowd.of("T1", people=60, channels=8)
GAP = timedelta(milliseconds=50)
FIGURE = Figure("c", "events", "sqlite", 30.0, "1/s", yardstick=10.0, of="bare", least=2.0)


@pytest.mark.slow
def test_few_events_go_through_once_each(sqlite_url: str) -> None:
    found = measure(sqlite_url, 60, 1, [SMALL])
    assert (found.twice, found.left) == (0, 0)
    assert found.queued > 0
    assert found.per_second > 0
    assert found.cpu_ms > 0


@pytest.mark.slow
def test_few_events_are_taken_in_over_http_and_none_is_lost(database_url: str) -> None:
    found = ingest.measure(database_url, 80, turns=1)
    assert (found.lost, found.refused) == (0, 0)
    assert found.bare > 0
    assert found.p99_ms > 0


@pytest.mark.slow
def test_few_events_are_taken_in_over_sockets_and_none_is_lost(database_url: str) -> None:
    found = sockets.measure(database_url, 80, turns=1)
    assert found.lost == 0
    assert found.per_second > 0


def test_the_same_traffic_comes_in_every_run_each_event_once() -> None:
    start = SystemClock().now()
    some = [list(Traffic(SMALL, start, GAP).some(300)) for _ in range(2)]
    assert some[0] == some[1]
    assert len({each.event_id for each in some[0]}) == 300


def test_most_of_the_traffic_concerns_nobody(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    bot = assemble(Settings(_env_file=None, database_url=sqlite_url), database)
    plain = Counter[bool]()
    said = {*PLAIN, *map(" ".join, permutations(PLAIN, 2))}
    for envelope in Traffic(SMALL, SystemClock().now(), GAP).some(2_000):
        event = parse_event(json.loads(envelope.body))
        wanted = bot.subscriptions_to(event) if event is not None else []
        is_plain = getattr(event, "text", "") in said
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


@pytest.mark.slow
def test_a_process_is_measured_until_it_is_ready(sqlite_url: str, tmp_path: Path) -> None:
    for command in ("run", "worker"):
        found = start.start(command, sqlite_url, tmp_path)
        assert 0 < found.processor < found.seconds + 1 < PATIENCE
        assert 20 < found.ready.pss < found.ready.rss


@pytest.mark.parametrize(
    ("seconds", "megabytes", "passes"),
    [(1.5, 100.0, True), (1.6, 100.0, False), (1.5, 100.1, False)],
)
def test_a_slow_or_a_large_start_misses_its_bar(
    seconds: float, megabytes: float, passes: bool
) -> None:
    held = Memory(megabytes, 90.0)
    found = [start.Start(seconds, 9.0, held, Memory(150.0, 140.0))]
    assert all(each.passes for each in start.figures("run", found, found)) is passes


@pytest.mark.slow
def test_a_few_events_of_a_day_are_dealt_with_and_their_lag_is_seen(sqlite_url: str) -> None:
    found = day.play(sqlite_url, ["run"], 0.01, people=30)
    assert (found.refused, found.undone) == (0, 0)
    assert len(found.lags) == len(found.acks) > 10
    assert len(found.alone) == day.ALONE
    assert min(found.lags) > 0


def test_a_day_has_its_events_and_its_busiest_hour_most_of_them() -> None:
    whole, busiest = day.schedule(1.0, 20_000), day.schedule(1 / 24, 20_000)
    assert len(whole) == pytest.approx(20_000, abs=24)
    assert len(busiest) == 2_200
    assert whole == sorted(whole)
    assert whole[-1] < 24 * 3_600 / day.PACE
    assert busiest[-1] < 3_600 / day.PACE


@pytest.mark.parametrize(
    ("missed", "passes"),
    [({}, True), ({"lags": [5.1]}, False), ({"refused": 1}, False), ({"undone": 1}, False)],
)
def test_what_comes_late_or_is_lost_misses_the_bar_of_a_day(
    missed: dict[str, Any], passes: bool
) -> None:
    usual = day.Day(1.0, ["run"], [5.0], [0.1], [0.01], refused=0, undone=0)
    assert all(each.passes for each in day.figures(replace(usual, **missed), "sqlite")) is passes


def test_the_figures_are_written_beside_what_they_depend_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PARTS, "c", lambda _scale: iter([FIGURE]))
    out = tmp_path / "build" / "bench.json"
    with pytest.raises(typer.Exit) as ended:
        main(["c"], 0.5, out)
    assert ended.value.exit_code == 0
    written = json.loads(out.read_text())
    assert written.keys() == {*surroundings([], 1.0), "figures"}
    assert (written["scale"], written["parts"]) == (0.5, ["c"])
    assert written["figures"][0]["ratio"] == 3.0


def test_a_part_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(typer.Exit) as ended:
        main(["z"], 1.0, tmp_path / "bench.json")
    assert ended.value.exit_code == 2
