"""The bench works, and its bars can be missed."""

import pytest

from tests.load.bench.search import KINDS, YARDSTICK, Taken, bench, figures
from tests.load.decisions import Words

BY_NUMBER = Taken(YARDSTICK, median=2.0, p99=99.0, found=10.0)


@pytest.mark.slow
def test_a_small_bench_finds_something_of_every_kind() -> None:
    takes = bench("sqlite", rows=1_500, spread_over=1, questions=8)
    found = {each.what: each.found for each in takes}
    assert found.keys() == {YARDSTICK, *KINDS, "log"}
    assert found["common"] == 10, "a full page"
    assert 0 < found["two"] < 10
    assert len(list(figures(takes, "sqlite", 1))) == len(KINDS)


def test_common_words_are_far_more_common_than_rare_ones() -> None:
    words = Words()
    said = " ".join(words.some(100) for _ in range(300)).split()
    assert said.count(words.by_rank[0]) > 20 * said.count(words.by_rank[100]) > 0


@pytest.mark.parametrize(
    ("p99", "workspaces", "passes"),
    [(10.0, 50, True), (10.1, 50, False), (50.0, 1, True), (50.1, 1, False)],
)
def test_every_kind_of_search_has_to_be_quick(p99: float, workspaces: int, passes: bool) -> None:
    takes = [BY_NUMBER, Taken("rare", median=1.0, p99=p99, found=3.0)]
    (figure,) = figures(takes, "sqlite", workspaces)
    assert (figure.passes, figure.yardstick) == (passes, 2.0)
