"""How long Slack is left alone."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.breakers import FIRST_REST, LONGEST_REST, TRIPS_AFTER, rest_after


def test_a_few_failures_are_those_of_a_call() -> None:
    assert [rest_after(count) for count in range(TRIPS_AFTER)] == [None] * TRIPS_AFTER
    assert rest_after(TRIPS_AFTER) == FIRST_REST


@given(st.integers(TRIPS_AFTER, 10_000))
def test_a_rest_grows_and_stays_bounded(failures: int) -> None:
    rest, next_one = rest_after(failures), rest_after(failures + 1)
    assert rest is not None
    assert next_one is not None
    assert FIRST_REST <= rest <= next_one <= LONGEST_REST


@given(st.integers(1, 100), st.integers(1, 900))
def test_what_slack_asked_for_is_the_least(failures: int, seconds: int) -> None:
    least = timedelta(seconds=seconds)
    rest = rest_after(failures, least=least)
    assert rest is not None
    assert rest >= least
