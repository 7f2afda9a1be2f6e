"""When somebody's digest is due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.working_time import WorkingTime
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules.settings import AT

BERLIN = WorkingTime(ZoneInfo("Europe/Berlin"))
ZONES = sorted(available_timezones() - {"localtime"})
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("after", "following"),
    [
        ("2026-10-06T06:59", "2026-10-06T09:00"),
        ("2026-10-06T09:00", "2026-10-07T09:00"),
        ("2026-10-09T10:00", "2026-10-12T09:00"),
        ("2026-10-10T08:00", "2026-10-12T09:00"),
        ("2026-10-23T12:00", "2026-10-26T09:00"),  # the clocks go back in between
    ],
)
def test_the_next_digest_comes_on_the_next_working_morning(after: str, following: str) -> None:
    start, expected = (
        datetime.fromisoformat(each).replace(tzinfo=BERLIN.zone) for each in (after, following)
    )
    assert expected == rules.next_digest(start.astimezone(UTC), BERLIN)


@given(st.sampled_from(ZONES), INSTANTS)
def test_each_working_day_has_one_morning(zone: str, instant: datetime) -> None:
    person = WorkingTime(ZoneInfo(zone))
    first = rules.next_digest(instant, person)
    second = rules.next_digest(first, person)
    assert instant < first < second
    days = [person.local(each).date() for each in (first, second)]
    assert person.next_working_day(days[0]) == days[1]
    assert days[0] == rules.due_on(first, first, person)


def test_whoever_travelled_gets_it_in_their_new_morning() -> None:
    tokyo, honolulu = (WorkingTime(ZoneInfo(zone)) for zone in ("Asia/Tokyo", "Pacific/Honolulu"))
    scheduled = tokyo.at(date(2026, 10, 7), AT.default)
    assert rules.due_on(scheduled, scheduled, honolulu) == date(2026, 10, 6), "14:00 there"
    early = honolulu.at(date(2026, 10, 7), AT.default) - timedelta(hours=1)
    assert rules.due_on(scheduled, early, honolulu) is None
    assert rules.due_on(scheduled, scheduled - timedelta(seconds=1), tokyo) is None


def test_a_change_in_the_moment_it_is_due_loses_nobody_their_morning() -> None:
    nine = BERLIN.at(date(2026, 10, 6), AT.default)
    a_second_later = nine + timedelta(seconds=1)
    still = rules.rescheduled(nine, a_second_later, BERLIN, AT.default)
    assert rules.due_on(still, a_second_later, BERLIN) == date(2026, 10, 6)


@pytest.mark.parametrize(
    ("hour", "comes"),
    [("07:00", "2026-10-06T07:00"), ("11:00", "2026-10-06T11:00")],
)
def test_a_digest_still_to_come_today_follows_its_hour(hour: str, comes: str) -> None:
    nine = BERLIN.at(date(2026, 10, 6), AT.default)
    moved = rules.rescheduled(nine, nine - timedelta(hours=1), BERLIN, time.fromisoformat(hour))
    assert moved == datetime.fromisoformat(comes).replace(tzinfo=BERLIN.zone)


def test_six_hours_after_nine_is_too_late() -> None:
    nine = BERLIN.at(date(2026, 10, 6), AT.default)
    assert not rules.is_too_late(nine + timedelta(hours=6), BERLIN)
    assert rules.is_too_late(nine + timedelta(hours=6, seconds=1), BERLIN)
