"""The bench works, and its bars can be missed."""

from dataclasses import replace

import pytest
from sqlalchemy import func, inspect, select

from bot.core.db import Database
from bot.core.ids import new_id
from tests.load.asks import DAY, FRESH, TABLE, insert_rows
from tests.load.bench.due import Due, bench, figures
from tests.load.claiming import NOW, Sample, summed_up
from tests.load.filling import copy_rows

ONE, OTHER = ("T1", new_id()), ("T1", new_id())
FAIR = summed_up([([ONE], 1, 0), ([OTHER], 1, 0)], due=2, seconds=1.0)
DUE = Due([10_000, 1_000_000], [[Sample(0.0, 0.06, 0.0)]] * 2, 2, FAIR)


def _indexes(database: Database) -> set[tuple[str | None, str, str]]:
    return {
        (each["name"], str(each["column_names"]), str(each["dialect_options"].get("sqlite_where")))
        for each in inspect(database.engine).get_indexes("asks")
    }


@pytest.mark.slow
def test_a_small_bench_claims_everything_once_and_compares_with_the_smallest() -> None:
    found = bench("sqlite", [150, 300], repetitions=1, workers=2)
    assert found.contest.claimed == found.contest.due
    assert found.contest.twice == 0
    assert found.contest.lost > 0
    few, many, wrong = figures(found, "sqlite")
    assert few.ratio == 1
    assert many.yardstick == few.value
    assert wrong.value == 0


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
    assert not _passes(replace(DUE, contest=unfair))


@pytest.mark.parametrize(("seconds", "passes"), [(0.09, True), (0.091, False)])
def test_half_as_much_again_is_the_most(seconds: float, passes: bool) -> None:
    many = [Sample(0.0, seconds, 0.0)]
    assert _passes(replace(DUE, samples=[DUE.samples[0], many])) is passes


def test_what_nobody_claimed_misses_the_bar() -> None:
    assert _passes(DUE)
    assert not _passes(replace(DUE, contest=summed_up([([ONE], 0, 0)], due=2, seconds=1.0)))


def _passes(due: Due) -> bool:
    return all(each.passes for each in figures(due, "sqlite"))
