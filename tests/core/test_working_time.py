"""Working time: the promised instants, whatever zone, weekend or change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.week import NO_WEEK, OFFICE_HOURS, Window, week_of
from bot.core.working_time import WorkingTime

BERLIN = WorkingTime(ZoneInfo("Europe/Berlin"))
SPLIT_DAY = (Window(time(8), time(12)), Window(time(13, 30), time(18)))
SPLIT = WorkingTime(ZoneInfo("Europe/Madrid"), week_of(SPLIT_DAY))
LATE_DAY = (Window(time(18), time(0)),)
ZONES = sorted(available_timezones() - {"localtime"})
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
PEOPLE = st.builds(
    WorkingTime,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    week=st.builds(
        week_of,
        st.sampled_from([OFFICE_HOURS, SPLIT_DAY, LATE_DAY]),
        st.sets(st.integers(0, 6), min_size=1),
    ),
)


def _berlin(day: int, clock: str) -> datetime:
    return datetime.combine(date(2026, 10, day), time.fromisoformat(clock), BERLIN.zone)


def test_a_day_off_is_no_working_day() -> None:
    on_leave = WorkingTime(BERLIN.zone, days_off=frozenset({date(2026, 10, 7)}))
    assert _berlin(8, "09:00") == on_leave.next_start(_berlin(7, "10:00"))
    assert not on_leave.is_working(_berlin(7, "10:00"))


def test_between_two_windows_nobody_works() -> None:
    noon = datetime(2026, 10, 6, 12, 30, tzinfo=SPLIT.zone)
    assert not SPLIT.is_working(noon)
    assert datetime(2026, 10, 6, 13, 30, tzinfo=SPLIT.zone) == SPLIT.next_start(noon)


def test_a_local_time_that_is_skipped_moves_on_by_the_gap() -> None:
    night = WorkingTime(ZoneInfo("Europe/Berlin"))
    skipped = night.at(date(2027, 3, 28), time(2, 30))  # the clocks go from 02:00 to 03:00
    assert datetime(2027, 3, 28, 1, 30, tzinfo=UTC) == skipped
    assert f"{night.local(skipped):%H:%M}" == "03:30"


def test_of_a_local_time_that_comes_twice_the_first_is_meant() -> None:
    assert datetime(2026, 10, 25, 0, 30, tzinfo=UTC) == BERLIN.at(date(2026, 10, 25), time(2, 30))


def test_what_happened_since_friday_evening_is_new_on_monday() -> None:
    assert _berlin(9, "17:00") == BERLIN.previous_end(_berlin(12, "09:00"))


def test_a_calendar_without_a_working_day_says_so() -> None:
    never = WorkingTime(BERLIN.zone, NO_WEEK)
    with pytest.raises(ValueError, match="no working day"):
        never.next_start(_berlin(6, "10:00"))


@given(PEOPLE, INSTANTS)
def test_the_next_start_is_working_time_and_not_before(
    person: WorkingTime, instant: datetime
) -> None:
    start = person.next_start(instant)
    assert instant <= start
    assert person.is_working(start)


def test_of_a_window_that_a_change_of_the_clocks_swallows_nothing_is_left() -> None:
    spring, day_before = date(2027, 3, 28), date(2027, 3, 27)
    early = Window(time(2, 30), time(3, 15))  # from 02:00 the clocks show 03:00
    person = WorkingTime(BERLIN.zone, week_of((early, *OFFICE_HOURS), range(7)))
    assert len(person.stretches_of(day_before)) == 2
    assert [(person.at(spring, time(9)), person.at(spring, time(17)))] == person.stretches_of(
        spring
    )
    assert person.at(spring, time(9)) == person.next_start(person.at(spring, time(3, 10)))


def test_a_window_ends_with_its_day_when_the_clocks_skip_to_midnight() -> None:
    late = WorkingTime(ZoneInfo("America/Nuuk"), week_of((Window(time(22), time(23, 30)),), [5]))
    saturday = date(2026, 3, 28)  # after 22:59 comes Sunday
    midnight = late.at(date(2026, 3, 29), time(0))
    assert [(midnight - timedelta(hours=1), midnight)] == late.stretches_of(saturday)


def test_nobody_works_on_a_day_that_their_zone_skipped() -> None:
    apia = WorkingTime(ZoneInfo("Pacific/Apia"))
    thursday, friday, monday = date(2011, 12, 29), date(2011, 12, 30), date(2012, 1, 2)
    assert not apia.works_on(friday)
    assert monday == apia.next_working_day(thursday)
    assert apia.at(monday, time(9)) == apia.next_start(apia.at(thursday, time(18)))
