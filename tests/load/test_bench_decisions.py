"""The bench works, and its bars can be missed; a long message takes no longer than its length."""

from dataclasses import replace

import pytest

from bot.features.decisions.rules.weighing import deciding_message
from tests.load.bench_decisions import (
    UNITS,
    Report,
    bench,
    conversation,
    greatest,
    milliseconds,
    told,
)

REPORT = Report(
    500, conversation=40.0, yardstick=50.0, ratio=0.8, growth=1.0, longest={"a": 1.0, "?": 2.0}
)


def test_a_small_bench_measures_a_conversation_and_every_kind_of_message() -> None:
    report = bench(20, repetitions=1, characters=2_000)
    assert report.longest.keys() == set(UNITS)
    assert report.conversation > 0
    assert report.growth > 0
    assert "the yardstick's time" in "\n".join(told(report))


def test_a_conversation_is_as_long_as_asked_for() -> None:
    assert [each.number for each in conversation(2_000)] == list(range(2_000))


@pytest.mark.parametrize(
    ("report", "passes"),
    [
        (REPORT, True),
        (replace(REPORT, conversation=50.0), True),
        (replace(REPORT, conversation=50.1), False),
        (replace(REPORT, longest={"a": 50.1}), False),
        (replace(REPORT, growth=1.6), False),
    ],
)
def test_fifty_milliseconds_and_a_growth_in_proportion_are_the_bars(
    report: Report, passes: bool
) -> None:
    assert report.passes is passes


@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_message_takes_no_more_than_sixteen_times_as_long(unit: str) -> None:
    short, long = greatest(unit, 5_000), greatest(unit, 40_000)
    taken = milliseconds(lambda: deciding_message(long), repetitions=3)
    assert taken < 16 * milliseconds(lambda: deciding_message(short), repetitions=5) + 10
