"""The bench works, and its bars can be missed; a review grows no faster than its message."""

from dataclasses import replace

import pytest

from bot.features.coach.rules.review import review
from tests.load.bench_coach import CHARACTERS, UNITS, Report, _best, _situations, bench, texts, told

REPORT = Report(
    2,
    reading=1.0,
    answerability=1.0,
    review=50.0,
    yardstick=100.0,
    per_second=20_000,
    ratio=0.5,
    worst=90.0,
    worst_message="hi",
    longest={"a": 1.0},
)


def test_a_small_bench_measures_every_kind_of_message() -> None:
    report = bench(texts()[:20], repetitions=1, characters=2_000)
    assert report.messages == 20
    assert report.longest.keys() == set(UNITS)
    assert report.review > report.reading > 0
    assert report.worst >= report.review
    assert "reviews a second" in "\n".join(told(report))


def test_messages_of_the_bench_are_about_as_long_as_it_says() -> None:
    lengths = [len(each) for each in texts()]
    assert max(lengths) <= CHARACTERS
    assert sum(lengths) / len(lengths) > CHARACTERS * 0.95


@pytest.mark.parametrize(("per_second", "passes"), [(10_000, True), (9_999, False)])
def test_ten_thousand_a_second_are_enough(per_second: int, passes: bool) -> None:
    assert replace(REPORT, per_second=per_second).passes is passes


@pytest.mark.parametrize(("taken", "passes"), [(50.0, True), (50.1, False)])
def test_fifty_milliseconds_are_the_most_for_the_longest(taken: float, passes: bool) -> None:
    assert replace(REPORT, longest={"a": 1.0, "?": taken}).passes is passes


@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_message_takes_no_more_than_sixteen_times_as_long(unit: str) -> None:
    short, long = (next(_situations([(unit * size)[:size]])) for size in (5_000, 40_000))
    taken = _best(lambda: review(long), repetitions=3)
    assert taken < 16 * _best(lambda: review(short), repetitions=5) + 0.01
