"""How long an answer may take, as people write it and as they read it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.response_clock import ClockPolicy, CountedIn
from bot.core.week import Unreadable
from bot.features.asks.rules.settings import ALL, LONGEST, URGENT, Within, in_words, said

DAYS, HOURS = CountedIn.WORKING_DAYS, CountedIn.WORKING_HOURS
POLICIES = st.builds(
    ClockPolicy,
    st.integers(1, int(LONGEST.total_seconds())).map(lambda each: timedelta(seconds=each)),
    st.sampled_from(CountedIn),
)


@pytest.mark.parametrize(
    ("given", "seconds", "counted_in"),
    [
        ("24h working_days", 86_400, DAYS),
        ("2h working_hours", 7_200, HOURS),
        ("90 min of working hours", 5_400, HOURS),
        (" 1 Hour In Working Days ", 3_600, DAYS),
        ("45s", 45, DAYS),
        ("30 m", 1_800, DAYS),
        ("2 days", 172_800, DAYS),
        ("1w hours", 604_800, HOURS),
        ("8 weeks", 8 * 604_800, DAYS),
    ],
)
def test_what_people_write_is_read(given: str, seconds: int, counted_in: CountedIn) -> None:
    assert Within(DAYS).read(given) == ClockPolicy(timedelta(seconds=seconds), counted_in)


def test_without_a_kind_of_hour_the_setting_has_its_own() -> None:
    assert URGENT.kind.read("2h") == ClockPolicy(timedelta(hours=2), HOURS)


@pytest.mark.parametrize(
    "given",
    ["", "soon", "0h", "-1h", "9 weeks", "1.5h", "24", "2h lunch", "1 month", "9999999h", None, 24],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(given: object) -> None:
    with pytest.raises(Unreadable) as refused:
        Within(DAYS).read(given)
    assert refused.value.sentence.endswith(".")


@given(POLICIES, st.sampled_from(CountedIn))
def test_what_is_written_is_read_back(policy: ClockPolicy, counted_in: CountedIn) -> None:
    kind = Within(counted_in)
    assert kind.read(kind.plain(policy)) == policy


@given(POLICIES)
def test_what_people_read_they_may_write(policy: ClockPolicy) -> None:
    kind = Within(policy.counted_in)
    assert kind.read(said(policy.amount)) == policy


def test_a_policy_reads_like_a_sentence() -> None:
    assert in_words(ClockPolicy(timedelta(hours=24), DAYS)) == "24 h on working days"
    assert in_words(ClockPolicy(timedelta(minutes=90), HOURS)) == "90 min of work"
    assert in_words(ClockPolicy(timedelta(seconds=61), HOURS)) == "61 s of work"


@pytest.mark.parametrize("setting", ALL, ids=lambda setting: setting.key)
def test_every_setting_reads_its_own_default(setting: object) -> None:
    kind, default = setting.kind, setting.default  # type: ignore[attr-defined]
    assert kind.read(kind.plain(default)) == default
