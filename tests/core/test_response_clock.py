"""The response clock: what an answerer was promised, case by case."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.holiday_calendar import Holidays, region_of_zone
from bot.core.leave import DaysOff, Leave
from bot.core.response_clock import ClockPolicy, CountedIn, advance, at_share, counted, due
from bot.core.week import NO_WEEK, Window, week_of
from bot.core.working_time import WorkingTime

DAYS, HOURS = CountedIn.WORKING_DAYS, CountedIn.WORKING_HOURS
ONE_DAY = ClockPolicy(timedelta(hours=24), DAYS)
SPLIT_DAY = (Window(time(8), time(12)), Window(time(13, 30), time(18)))
ROUND_THE_CLOCK = week_of((Window(time(0), time(0)),), range(7))


def _working_hours(hours: float) -> ClockPolicy:
    return ClockPolicy(timedelta(hours=hours), HOURS)


def _working_days(hours: float) -> ClockPolicy:
    return ClockPolicy(timedelta(hours=hours), DAYS)


def _in(zone: str) -> WorkingTime:
    return WorkingTime(ZoneInfo(zone))


def _always_in(zone: str) -> WorkingTime:
    return WorkingTime(ZoneInfo(zone), ROUND_THE_CLOCK)


def _at(person: WorkingTime, written: str) -> datetime:
    """`2026-10-09 16:30`, in the person's own time, as an instant."""
    local = datetime.fromisoformat(written)
    return person.at(local.date(), local.time())


def _due(person: WorkingTime, asked: str, policy: ClockPolicy) -> str:
    """When an answer is due, in the person's own time."""
    end = due(_at(person, asked), policy, person)
    assert end.tzinfo is UTC
    return f"{person.local(end):%Y-%m-%d %H:%M}"


BERLIN = _in("Europe/Berlin")  # works Monday to Friday, 9 to 17; 5 October 2026 is a Monday
SPLIT = WorkingTime(BERLIN.zone, week_of(SPLIT_DAY))


def test_friday_half_past_four_plus_one_working_hour_is_monday_half_past_nine() -> None:
    assert _due(BERLIN, "2026-10-09 16:30", _working_hours(1)) == "2026-10-12 09:30"


def test_tuesday_at_eight_plus_two_working_hours_is_tuesday_at_eleven() -> None:
    assert _due(BERLIN, "2026-10-06 08:00", _working_hours(2)) == "2026-10-06 11:00"


def test_working_hours_that_are_used_up_when_work_ends_end_then() -> None:
    assert _due(BERLIN, "2026-10-06 09:00", _working_hours(8)) == "2026-10-06 17:00"


def test_friday_half_past_four_plus_24_hours_is_monday_half_past_four() -> None:
    assert _due(BERLIN, "2026-10-09 16:30", ONE_DAY) == "2026-10-12 16:30"


def test_48_hours_end_on_the_working_day_after_the_next() -> None:
    assert _due(BERLIN, "2026-10-08 16:30", _working_days(48)) == "2026-10-12 16:30"


def test_monday_at_eleven_at_night_plus_24_hours_is_wednesday_at_nine() -> None:
    assert _due(BERLIN, "2026-10-05 23:00", ONE_DAY) == "2026-10-07 09:00"


def test_saturday_plus_24_hours_is_tuesday_at_nine() -> None:
    assert _due(BERLIN, "2026-10-10 12:00", ONE_DAY) == "2026-10-13 09:00"


def test_the_end_of_a_window_is_not_part_of_it() -> None:
    assert _due(BERLIN, "2026-10-06 17:00", ONE_DAY) == "2026-10-08 09:00"


def test_hours_of_working_days_run_through_the_night_but_not_the_weekend() -> None:
    assert _due(BERLIN, "2026-10-05 16:00", _working_days(12)) == "2026-10-06 04:00"
    assert _due(BERLIN, "2026-10-09 16:00", _working_days(12)) == "2026-10-12 04:00"


def test_working_days_that_are_used_up_at_midnight_end_where_the_next_one_begins() -> None:
    assert _due(BERLIN, "2026-10-09 16:00", _working_days(8)) == "2026-10-12 00:00"


def test_asked_between_two_windows_both_clocks_count_from_the_second() -> None:
    assert _due(SPLIT, "2026-10-06 12:30", _working_hours(1)) == "2026-10-06 14:30"
    assert _due(SPLIT, "2026-10-06 12:30", ONE_DAY) == "2026-10-07 13:30"


def test_the_time_between_two_windows_is_no_working_hour() -> None:
    assert _due(SPLIT, "2026-10-06 11:30", _working_hours(1)) == "2026-10-06 14:00"


@pytest.mark.parametrize(
    ("zone", "by_day", "by_hour"),
    [
        ("America/New_York", "2026-11-30 16:30", "2026-11-30 09:30"),  # a weekend and Thanksgiving
        ("Europe/Berlin", "2026-11-26 16:30", "2026-11-26 09:30"),
    ],
)
def test_only_a_holiday_in_the_answerers_own_country_is_free(
    zone: str, by_day: str, by_hour: str
) -> None:
    leave = (Leave(date(2026, 11, 27), date(2026, 11, 27)),)  # the Friday after
    days_off = DaysOff(leave, Holidays(region_of_zone(zone)))
    person = WorkingTime(ZoneInfo(zone), days_off=days_off)
    assert _due(person, "2026-11-25 16:30", ONE_DAY) == by_day
    assert _due(person, "2026-11-25 16:30", _working_hours(1)) == by_hour


def test_leave_does_not_count() -> None:
    leave = DaysOff((Leave(date(2026, 10, 7), date(2026, 10, 15)),), Holidays(region_of_zone("")))
    person = WorkingTime(BERLIN.zone, days_off=leave)
    assert _due(person, "2026-10-06 16:00", ONE_DAY) == "2026-10-16 16:00"
    assert _due(person, "2026-10-06 16:00", _working_hours(3)) == "2026-10-16 11:00"
    assert _due(person, "2026-10-06 16:00", _working_hours(1)) == "2026-10-06 17:00"


def test_a_year_of_leave_is_waited_for() -> None:
    leave = DaysOff((Leave(date(2026, 10, 7), date(2027, 10, 7)),), Holidays(region_of_zone("")))
    person = WorkingTime(BERLIN.zone, days_off=leave)
    assert _due(person, "2026-10-06 16:00", ONE_DAY) == "2027-10-08 16:00"


def test_a_calendar_without_a_working_day_says_so_but_can_be_counted_in() -> None:
    never = WorkingTime(BERLIN.zone, NO_WEEK)
    asked = _at(BERLIN, "2026-10-06 10:00")
    for counted_in in CountedIn:
        with pytest.raises(ValueError, match="no working day"):
            due(asked, ClockPolicy(timedelta(hours=1), counted_in), never)
        assert counted(asked, asked + timedelta(days=900), counted_in, never) == timedelta(0)


@pytest.mark.parametrize(
    ("pause", "by_hour", "by_day"),
    [
        (("06 10:00", "06 12:00"), "06 15:00", "07 11:00"),
        (("06 16:00", "07 10:00"), "06 13:00", "08 03:00"),  # by hours it was due before
        (("06 11:00", "08 11:00"), "08 13:00", "09 09:00"),
        (("06 08:00", "06 08:30"), "06 13:00", "07 09:00"),  # nothing counted yet
        (("06 08:00", "06 11:00"), "06 15:00", "07 11:00"),
        (("10 10:00", "11 10:00"), "06 13:00", "07 09:00"),
    ],
)
def test_a_pause_moves_the_due_time_by_what_would_have_counted(
    pause: tuple[str, str], by_hour: str, by_day: str
) -> None:
    paused, resumed = (_at(BERLIN, f"2026-10-{each}") for each in pause)
    asked = _at(BERLIN, "2026-10-06 07:00")
    for policy, expected in ((_working_hours(4), by_hour), (ONE_DAY, by_day)):
        end = due(asked, policy, BERLIN, [(paused, resumed)])
        assert end == _at(BERLIN, f"2026-10-{expected}")


def test_a_pause_that_begins_when_the_answer_is_due_changes_nothing() -> None:
    asked = _at(BERLIN, "2026-10-06 10:00")
    for policy in (_working_hours(3), ONE_DAY):
        end = due(asked, policy, BERLIN)
        assert due(asked, policy, BERLIN, [(end, end + timedelta(days=2))]) == end


def test_a_pause_over_the_weekend_costs_working_time_only() -> None:
    asked, *pause = (
        _at(BERLIN, f"2026-10-{each}") for each in ("09 16:00", "09 16:30", "12 10:00")
    )
    pauses = [(pause[0], pause[1])]
    assert due(asked, _working_hours(2), BERLIN, pauses) == _at(BERLIN, "2026-10-12 11:30")
    assert due(asked, ONE_DAY, BERLIN, pauses) == _at(BERLIN, "2026-10-13 09:30")


def test_two_pauses_add_up_and_move_the_share_too() -> None:
    asked = _at(BERLIN, "2026-10-06 09:00")
    pauses = [
        (_at(BERLIN, "2026-10-06 10:00"), _at(BERLIN, "2026-10-06 11:00")),
        (_at(BERLIN, "2026-10-06 13:30"), _at(BERLIN, "2026-10-06 15:30")),
    ]
    assert due(asked, _working_hours(4), BERLIN, pauses) == _at(BERLIN, "2026-10-06 16:00")
    assert at_share(asked, _working_hours(4), BERLIN, 0.75, pauses) == _at(
        BERLIN, "2026-10-06 13:00"
    )


@pytest.mark.parametrize(
    ("policy", "used", "end"),
    [(_working_hours(4), 2, "2026-10-09 10:30"), (_working_days(48), 18, "2026-10-09 22:30")],
)
def test_a_clock_that_goes_on_needs_what_was_left(policy: ClockPolicy, used: int, end: str) -> None:
    asked, paused, resumed = (
        _at(BERLIN, f"2026-10-{each}") for each in ("06 16:00", "07 10:00", "08 16:30")
    )
    before = counted(asked, paused, policy.counted_in, BERLIN)
    again = advance(resumed, policy.amount - before, policy.counted_in, BERLIN)
    assert before == timedelta(hours=used)
    assert again == due(asked, policy, BERLIN, [(paused, resumed)]) == _at(BERLIN, end)


def test_three_quarters_of_a_working_day_are_eighteen_hours() -> None:
    friday = _at(BERLIN, "2026-10-09 16:30")
    assert at_share(friday, ONE_DAY, BERLIN, 0.75) == _at(BERLIN, "2026-10-12 10:30")
    assert at_share(friday, _working_hours(4), BERLIN, 0.75) == _at(BERLIN, "2026-10-12 11:30")
    assert at_share(friday, ONE_DAY, BERLIN, 0) == friday
    assert at_share(friday, ONE_DAY, BERLIN, 1) == due(friday, ONE_DAY, BERLIN)


def test_a_share_whose_time_is_skipped_is_not_after_the_due_time() -> None:
    person = _always_in("Europe/Berlin")
    asked = _at(person, "2026-03-29 01:05")  # 7/8 of two hours would end at 02:50, which is 03:50
    end = _at(person, "2026-03-29 03:05")
    assert at_share(asked, _working_days(2), person, 0.875) == end
    assert due(asked, _working_days(2), person) == end


def test_with_nothing_left_it_is_due_at_once() -> None:
    saturday = _at(BERLIN, "2026-10-10 12:00")
    for counted_in in CountedIn:
        assert advance(saturday, timedelta(0), counted_in, BERLIN) == saturday
        assert advance(saturday, timedelta(-1), counted_in, BERLIN) == saturday


def test_the_age_of_an_ask_is_told_in_working_time() -> None:
    asked, now = _at(BERLIN, "2026-10-09 15:00"), _at(BERLIN, "2026-10-13 10:00")
    assert counted(asked, now, HOURS, BERLIN) == timedelta(hours=2 + 8 + 1)
    assert counted(asked, now, DAYS, BERLIN) == timedelta(hours=9 + 24 + 10)
    assert counted(now, asked, HOURS, BERLIN) == timedelta(0)


@pytest.mark.parametrize(
    ("zone", "friday"),
    [
        ("Europe/Berlin", "2026-03-27"),
        ("Europe/Berlin", "2026-10-23"),
        ("America/Los_Angeles", "2026-03-06"),
        ("America/Los_Angeles", "2026-10-30"),
        ("Australia/Sydney", "2026-10-02"),
        ("Australia/Sydney", "2026-04-03"),
        ("Australia/Lord_Howe", "2026-10-02"),
        ("Australia/Lord_Howe", "2026-04-03"),
        ("Pacific/Chatham", "2026-09-25"),
        ("Pacific/Chatham", "2026-04-03"),
        ("Asia/Kolkata", "2026-10-09"),
        ("Asia/Kathmandu", "2026-10-09"),
    ],
)
def test_over_a_weekend_on_which_the_clocks_change_local_time_is_kept(
    zone: str, friday: str
) -> None:
    monday = date.fromisoformat(friday) + timedelta(days=3)
    person = _in(zone)
    assert _due(person, f"{friday} 16:30", ONE_DAY) == f"{monday} 16:30"
    assert _due(person, f"{friday} 16:30", _working_hours(1)) == f"{monday} 09:30"


@pytest.mark.parametrize(
    ("zone", "saturday", "eight_hours_later"),
    [
        ("Europe/Berlin", "2026-03-28", "07:00"),
        ("Europe/Berlin", "2026-10-24", "05:00"),
        ("America/Los_Angeles", "2026-03-07", "07:00"),
        ("America/Los_Angeles", "2026-10-31", "05:00"),
        ("Australia/Sydney", "2026-10-03", "07:00"),
        ("Australia/Sydney", "2026-04-04", "05:00"),
        ("Australia/Lord_Howe", "2026-10-03", "06:30"),
        ("Australia/Lord_Howe", "2026-04-04", "05:30"),
        ("Pacific/Chatham", "2026-09-26", "07:00"),
        ("Pacific/Chatham", "2026-04-04", "05:00"),
        ("Asia/Kolkata", "2026-10-10", "06:00"),
        ("Asia/Kathmandu", "2026-10-10", "06:00"),
    ],
)
def test_a_night_shift_counts_hours_that_passed_and_days_by_the_wall(
    zone: str, saturday: str, eight_hours_later: str
) -> None:
    sunday = date.fromisoformat(saturday) + timedelta(days=1)
    person = _always_in(zone)
    assert _due(person, f"{saturday} 22:00", _working_hours(8)) == f"{sunday} {eight_hours_later}"
    assert _due(person, f"{saturday} 22:00", _working_days(8)) == f"{sunday} 06:00"
    assert _due(person, f"{saturday} 22:00", ONE_DAY) == f"{sunday} 22:00"


@pytest.mark.parametrize(
    ("zone", "asked", "moved_on"),
    [
        ("Europe/Berlin", "2026-03-28 02:30", "2026-03-29 03:30"),
        ("America/Los_Angeles", "2026-03-07 02:30", "2026-03-08 03:30"),
        ("Australia/Lord_Howe", "2026-10-03 02:10", "2026-10-04 02:40"),
        ("Pacific/Chatham", "2026-09-26 03:00", "2026-09-27 04:00"),
    ],
)
def test_a_due_time_that_is_skipped_moves_on_by_the_gap(
    zone: str, asked: str, moved_on: str
) -> None:
    assert _due(_always_in(zone), asked, ONE_DAY) == moved_on


def test_of_a_due_time_that_comes_twice_the_first_is_meant() -> None:
    person = _always_in("Europe/Berlin")
    end = due(_at(person, "2026-10-24 02:30"), ONE_DAY, person)
    assert end == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_while_the_clocks_repeat_an_hour_working_days_stand_still() -> None:
    person = _always_in("Europe/Berlin")
    twice = [datetime(2026, 10, 25, hour, 30, 0, 7, tzinfo=UTC) for hour in (0, 1)]
    assert f"{person.local(twice[0]):%H:%M}" == f"{person.local(twice[1]):%H:%M}" == "02:30"
    assert _at(person, "2026-10-26 02:30") < due(twice[0], ONE_DAY, person)
    assert due(twice[1], ONE_DAY, person) == _at(person, "2026-10-26 03:00")
    assert counted(twice[1], _at(person, "2026-10-25 03:00"), DAYS, person) == timedelta(0)
    assert counted(twice[0], twice[1], HOURS, person) == timedelta(hours=1)


def test_an_evening_in_which_midnight_comes_an_hour_late_is_an_hour_longer() -> None:
    evenings = week_of((Window(time(18), time(0)),), range(6))  # until Saturday
    person = WorkingTime(ZoneInfo("Asia/Beirut"), evenings)
    repeated = _at(person, "2026-10-24 23:30") + timedelta(hours=1)
    assert _due(person, "2026-10-24 18:00", _working_hours(7)) == "2026-10-25 00:00"
    assert due(repeated, _working_hours(1), person) == _at(person, "2026-10-26 18:30")
    assert due(repeated, ONE_DAY, person) == _at(person, "2026-10-27 00:00")


@pytest.mark.parametrize(
    ("zone", "asked", "by_day", "by_hour"),
    [
        ("Pacific/Apia", "2011-12-29 16:00", "2011-12-31 16:00", "2011-12-31 11:00"),
        ("Pacific/Kwajalein", "1993-08-20 16:00", "1993-08-22 16:00", "1993-08-22 11:00"),
    ],
)
def test_a_day_that_a_zone_skipped_does_not_count(
    zone: str, asked: str, by_day: str, by_hour: str
) -> None:
    every_day = week_of((Window(time(9), time(17)),), range(7))
    person = WorkingTime(ZoneInfo(zone), every_day)
    assert _due(person, asked, ONE_DAY) == by_day
    assert _due(person, asked, _working_hours(3)) == by_hour
    assert not person.works_on(_at(person, asked).astimezone(person.zone).date() + timedelta(1))


def test_whoever_moves_meanwhile_is_given_the_full_time_in_the_new_zone() -> None:
    los_angeles, tokyo = _in("America/Los_Angeles"), _in("Asia/Tokyo")
    asked = _at(los_angeles, "2026-10-06 10:00")  # Wednesday, 02:00 in Tokyo
    assert due(asked, ONE_DAY, los_angeles) == _at(los_angeles, "2026-10-07 10:00")
    assert due(asked, ONE_DAY, tokyo) == _at(tokyo, "2026-10-08 09:00")
    assert due(asked, _working_hours(4), tokyo) == _at(tokyo, "2026-10-07 13:00")
