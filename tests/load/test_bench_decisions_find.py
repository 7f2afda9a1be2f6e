"""The bench works, and its bars can be missed."""

from dataclasses import replace

import pytest

from tests.load.bench_decisions_find import KINDS, Figure, Report, bench, told
from tests.load.decisions import Words

FIGURE = Figure("rare", median=1.0, p99=9.0, worst=20.0, ratio=0.5, found=3.0)
REPORT = Report("sqlite", 100, 1, 1, 1.0, 10.0, [FIGURE])


def test_a_small_bench_finds_something_of_every_kind() -> None:
    report = bench("sqlite", rows=1_500, spread_over=1, questions=8)
    found = {each.what: each.found for each in report.figures}
    assert found.keys() == {"yardstick", *KINDS, "log"}
    assert found["common"] == 10, "a full page"
    assert 0 < found["two"] < 10
    assert "1,500 decisions over 1 workspaces" in "\n".join(told(report))


def test_common_words_are_far_more_common_than_rare_ones() -> None:
    words = Words()
    said = " ".join(words.some(100) for _ in range(300)).split()
    assert said.count(words.by_rank[0]) > 20 * said.count(words.by_rank[100]) > 0


@pytest.mark.parametrize(("what", "p99", "passes"), [("rare", 9.99, True), ("rare", 10.0, False)])
def test_every_kind_of_search_has_to_be_quick(what: str, p99: float, passes: bool) -> None:
    assert replace(REPORT, figures=[replace(FIGURE, what=what, p99=p99)]).passes is passes


def test_the_yardstick_may_take_as_long_as_it_does() -> None:
    assert replace(REPORT, figures=[replace(FIGURE, what="yardstick", p99=99.0)]).passes
