"""The bench works, and its bars can be missed."""

from dataclasses import replace

import pytest
from sqlalchemy import func, inspect, select

from bot.core.db import Database
from bot.core.ids import new_id
from tests.load.asks import DAY, FRESH, TABLE, insert_rows
from tests.load.bench_asks import Figure, Report, bench, told
from tests.load.claiming import NOW, summed_up
from tests.load.filling import copy_rows

FIGURE = Figure(10_000, 5, 1.0, find=1.0, claim=60.0, commit=1.0, total=62.0, ratio=1.0)
ONE, OTHER = ("T1", new_id()), ("T1", new_id())
FAIR = summed_up([([ONE], 1, 0), ([OTHER], 1, 0)], due=2, seconds=1.0)
REPORT = Report("sqlite", 40, [FIGURE], 2, FAIR)


def _indexes(database: Database) -> set[tuple[str | None, str, str]]:
    return {
        (each["name"], str(each["column_names"]), str(each["dialect_options"].get("sqlite_where")))
        for each in inspect(database.engine).get_indexes("asks")
    }


def test_a_small_bench_claims_everything_once_and_compares_with_the_smallest() -> None:
    report = bench("sqlite", [150, 300], repetitions=1, workers=2)
    assert [each.rows for each in report.figures] == [150, 300]
    assert report.figures[0].ratio == 1
    assert report.contest.claimed == report.contest.due
    assert report.contest.twice == 0
    assert report.contest.lost > 0
    assert "0 of them twice" in list(told(report))[-1]


def test_copies_differ_in_their_keys_and_the_indexes_are_back(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    before = _indexes(database)
    with database.transaction() as session:
        insert_rows(session, [(NOW, NOW + DAY), (NOW + DAY, None)])
    copy_rows(database, TABLE, 3, FRESH["sqlite"])
    with database.reading() as session:
        waiting = select(func.count(TABLE.c.id.distinct())).where(TABLE.c.nudge_at.is_not(None))
        assert session.scalar(waiting) == 4
        assert session.scalar(select(func.count(TABLE.c.message_ts.distinct()))) == 8
    assert _indexes(database) == before
    database.close()


def test_what_two_workers_claimed_counts_as_twice() -> None:
    unfair = summed_up([([ONE, OTHER], 0, 0), ([OTHER], 1, 0)], due=2, seconds=1.0)
    assert unfair.claimed == 2
    assert unfair.twice == 1
    assert not replace(REPORT, contest=unfair).passes


@pytest.mark.parametrize(("ratio", "passes"), [(1.5, True), (1.51, False)])
def test_half_as_much_again_is_the_most(ratio: float, passes: bool) -> None:
    figures = [FIGURE, replace(FIGURE, rows=1_000_000, ratio=ratio)]
    assert replace(REPORT, figures=figures).passes is passes


def test_what_nobody_claimed_misses_the_bar() -> None:
    forgotten = summed_up([([ONE], 0, 0)], due=2, seconds=1.0)
    assert not replace(REPORT, contest=forgotten).passes
