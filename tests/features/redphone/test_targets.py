"""Whom a page would reach, and in which moment of theirs."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.working_time import WorkingTime
from bot.features.redphone.rules import targets as rules
from bot.features.redphone.rules.policies import Level, Way
from bot.features.redphone.rules.targets import Preflight, Reached, Standing

KOLKATA = WorkingTime(ZoneInfo("Asia/Kolkata"), days_off=frozenset({date(2026, 10, 9)}))
TUESDAY = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "standing"),
    [
        (TUESDAY, Standing.WORKING),  # 13:30
        (TUESDAY.replace(hour=21, minute=42), Standing.RESTING),  # 03:12 on Wednesday
        (TUESDAY + timedelta(days=3), Standing.AWAY),
        (TUESDAY + timedelta(days=4), Standing.RESTING),  # Saturday
    ],
)
def test_what_somebody_does_is_told_by_their_own_calendar(at: datetime, standing: Standing) -> None:
    assert rules.standing(KOLKATA, at, is_on_call=False) is standing


@given(st.integers(0, 14 * 24 * 60))
def test_whoever_is_on_call_is_on_call_at_any_time(minutes: int) -> None:
    at = TUESDAY + timedelta(minutes=minutes)
    assert rules.standing(KOLKATA, at, is_on_call=True) is Standing.ON_CALL
    found = Preflight([_reached(rules.standing(KOLKATA, at, is_on_call=True))])
    assert not found.disturbs


@given(st.integers(0, 14 * 24 * 60))
def test_somebody_is_disturbed_if_they_neither_work_nor_are_on_call(minutes: int) -> None:
    at = TUESDAY + timedelta(minutes=minutes)
    found = Preflight([_reached(rules.standing(KOLKATA, at, is_on_call=False))])
    assert bool(found.disturbs) != KOLKATA.is_working(at)


def test_a_way_counts_where_it_is_set_up_and_its_address_is_known() -> None:
    level, everything = Level(), [way.value for way in Way]
    addresses = {"U1": frozenset({"phone"})}
    assert rules.ways_to(level.ways, (), addresses, "U1") == [Way.DM, Way.CHANNEL]
    assert rules.ways_to(level.ways, ("sms", "email"), addresses, "U1")[2:] == [Way.SMS]
    assert rules.ways_to(level.ways, ("sms", "email"), {}, "U2")[2:] == []
    every = rules.ways_to(level.ways, everything, addresses, "U1")
    assert set(every) == set(Way) - {Way.EMAIL}


def test_without_a_way_outside_slack_alone_reaches_them() -> None:
    assert not _reached(Standing.WORKING, Way.DM, Way.CHANNEL).is_outside
    assert _reached(Standing.WORKING, Way.DM, Way.PAGERDUTY).is_outside


def _reached(standing: Standing, *ways: Way) -> Reached:
    return Reached("U1", "10:00", standing, ways)
