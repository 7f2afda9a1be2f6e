"""When somebody's digest is due, and from when on it tells."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, permutations
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.week import OFFICE_HOURS, OFFICE_WEEK, Week, week_of
from bot.core.working_time import WorkingTime
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules.mornings import Cause, Morning, Mornings, Scheduled, Told
from bot.features.digest.rules.settings import Rhythm
from tests.features.digest.mornings_model import (
    END,
    EVERY_DAY,
    HALF_HOURS,
    START,
    Leg,
    distinct_zones,
    owed,
    person_in,
    walk,
)

BERLIN = WorkingTime(ZoneInfo("Europe/Berlin"))
NINE = Mornings(BERLIN)
WEEKLY = Mornings(BERLIN, rhythm=Rhythm.WEEKLY)
ZONES = sorted(available_timezones() - {"localtime"})
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
SPREAD = [
    "Etc/GMT+12",
    "Pacific/Pago_Pago",
    "Pacific/Honolulu",
    "Pacific/Marquesas",
    "America/Anchorage",
    "America/Los_Angeles",
    "America/Denver",
    "America/Chicago",
    "America/New_York",
    "America/Havana",
    "America/Halifax",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Nuuk",
    "Atlantic/Azores",
    "Africa/Abidjan",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Cairo",
    "Asia/Beirut",
    "Europe/Moscow",
    "Asia/Tehran",
    "Asia/Dubai",
    "Asia/Kabul",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Dhaka",
    "Asia/Yangon",
    "Asia/Bangkok",
    "Asia/Shanghai",
    "Australia/Eucla",
    "Asia/Tokyo",
    "Australia/Adelaide",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
]


def _berlin(day: int, clock: str, month: int = 10) -> datetime:
    local = datetime.combine(date(2026, month, day), time.fromisoformat(clock), BERLIN.zone)
    return local.astimezone(UTC)


def _october(day: int, clock: str = "09:00") -> Morning:
    return Morning(date(2026, 10, day), _berlin(day, clock))


def _as_stored(due: Morning, told: Told | None = None) -> Scheduled:
    return Scheduled(due.at, due.day, told or Told())


def _chain(mornings: Mornings, start: datetime, end: datetime) -> Iterator[Morning]:
    """What happens as the clock goes on: one morning after the other, each at its instant."""
    due = next(mornings.after(start))
    while due.at < end:
        step = rules.come_due(due, due.at, mornings, {due.day - DAY})
        assert (step.day, step.folded) == (due.day, ())
        yield due
        due = step.following


def _expected(zone: str, start: datetime, end: datetime, half_hour: int) -> list[Morning]:
    days = walk(ZoneInfo(zone), start - 2 * DAY, end + 2 * DAY)
    return _of_walk(days, start, end, half_hour)


def _of_walk(days: object, start: datetime, end: datetime, half_hour: int) -> list[Morning]:
    assert isinstance(days, dict)
    came = ((day, each.comes.get(half_hour)) for day, each in days.items())
    return [Morning(day, at) for day, at in came if at is not None and start < at < end]


def _compare(zone: str, start: datetime, end: datetime) -> tuple[int, int, int]:
    """(digests, missing, double) of every send time; each comes at its instant."""
    days = walk(ZoneInfo(zone), start - 2 * DAY, end + 2 * DAY)
    person, made, missing, double = person_in(zone), 0, 0, 0
    for number, at in enumerate(HALF_HOURS):
        expected = _of_walk(days, start, end, number)
        got = list(_chain(Mornings(person, at), start, end))
        made += len(got)
        missing += len(set(expected) - set(got))
        double += len(got) - len({each.day for each in got})
        assert got == expected, (zone, at)
    return made, missing, double


@pytest.mark.slow
def test_round_every_change_of_the_clocks_each_date_has_one_digest() -> None:
    made = 0
    for zone, changes in distinct_zones().items():
        for change in changes or [START + 100 * DAY]:
            found = _compare(zone, change - 36 * HOUR, change + 36 * HOUR)
            assert found[1:] == (0, 0)
            made += found[0]
    assert made > 10_000


@pytest.mark.long
def test_in_two_years_of_every_zone_each_date_has_one_digest() -> None:
    figures = [_compare(zone, START, END) for zone in distinct_zones()]
    made, missing, double = (sum(each) for each in zip(*figures, strict=True))
    print(f"{len(figures)} zones, {made} digests, {missing} missing, {double} double")  # noqa: T201
    assert (missing, double) == (0, 0)
    assert made > len(figures) * 48 * 725


@pytest.mark.parametrize(
    ("zone", "skipped"),
    [("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Kwajalein", date(1993, 8, 21))],
)
def test_a_date_that_a_zone_skipped_has_none(zone: str, skipped: date) -> None:
    noon = datetime.combine(skipped, time(12), UTC)
    for number, at in enumerate(HALF_HOURS):
        start, end = noon - 4 * DAY, noon + 4 * DAY
        got = list(_chain(Mornings(person_in(zone), at), start, end))
        assert got == _expected(zone, start, end, number)
        assert skipped not in {each.day for each in got}


def _travel(legs: Sequence[Leg], at: time) -> list[date]:
    """The dates of somebody's digests who travels, the clock never late."""
    rows: list[date] = []
    due = next(Mornings(person_in(legs[0].zone), at).after(legs[0].start))
    for number, leg in enumerate(legs):
        mornings = Mornings(person_in(leg.zone), at)
        if number:
            due = rules.rescheduled(_as_stored(due), leg.start, mornings, rows, Cause.ZONE)
        while due.at < leg.end or (due.at == leg.end and number < len(legs) - 1):
            step = rules.come_due(due, max(due.at, leg.start), mornings, rows)
            rows += [*step.folded, *([step.day] if step.day else [])]
            due = step.following
    return rows


def _legs(zones: Sequence[str], changes: Sequence[datetime]) -> list[Leg]:
    ends = [*changes[1:], changes[-1] + 6 * DAY]
    return [Leg(*each) for each in zip(zones, changes, ends, strict=True)]


def _misses(legs: Sequence[Leg], half_hour: int) -> int:
    rows = _travel(legs, HALF_HOURS[half_hour])
    assert len(rows) == len(set(rows)), (legs, HALF_HOURS[half_hour])
    assert set(rows) == owed(legs, half_hour), (legs, HALF_HOURS[half_hour])
    return len(rows)


@pytest.mark.slow
@pytest.mark.parametrize("is_long", [False, pytest.param(True, marks=pytest.mark.long)])
def test_from_any_of_many_zones_to_any_other_and_back_each_date_has_one(*, is_long: bool) -> None:
    travels = rows = 0
    summer = datetime(2026, 6, 8, tzinfo=UTC)
    moments = [timedelta(minutes=each) for each in range(7, 2_880, 97)]
    for number, (there, back) in enumerate(permutations(SPREAD, 2)):
        for moment in moments if is_long else [moments[number % len(moments)]]:
            for half_hour in (0, 1, 18, 30, 47) if is_long else [(0, 18, 47)[number % 3]]:
                leaves = summer + 2 * DAY + moment
                stay = timedelta(hours=5 + number % 60, minutes=number % 59)
                legs = _legs([there, back, there], [summer, leaves, leaves + stay])
                rows += _misses(legs, half_hour)
                travels += 1
    print(f"{travels} travels, {rows} digests, 0 missing, 0 double")  # noqa: T201
    assert travels >= len(SPREAD) * (len(SPREAD) - 1)


@pytest.mark.slow
@settings(deadline=None)
@given(
    st.lists(st.sampled_from(ZONES), min_size=2, max_size=6),
    st.lists(st.integers(1, 3 * 86_400), min_size=6, max_size=6),
    st.sampled_from([9, 12, 29, 42, 43]),  # some in which clocks change, and one in summer
    st.integers(0, 7 * 86_400 - 1),
    st.integers(0, 47),
)
def test_wherever_somebody_travels_and_when_each_date_has_one(
    zones: list[str], stays: list[int], week: int, begins: int, half_hour: int
) -> None:
    start = START + timedelta(weeks=week, seconds=begins)
    changes = [start + SECOND * sum(stays[:number]) for number in range(len(zones))]
    _misses(_legs(zones, changes), half_hour)


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
    assert next(NINE.after(start)).at == expected


def test_what_is_due_while_somebody_changes_zones_stays_that_dates() -> None:
    due = _october(6)
    honolulu = Mornings(WorkingTime(ZoneInfo("Pacific/Honolulu")))
    a_second_later = due.at + SECOND
    still = rules.rescheduled(_as_stored(due), a_second_later, honolulu, cause=Cause.ZONE)
    step = rules.come_due(still, a_second_later, honolulu, {date(2026, 10, 5)})
    assert (step.day, step.folded) == (date(2026, 10, 6), ())
    assert step.following.day == date(2026, 10, 7), "the 6th comes again there"


@pytest.mark.parametrize("hour", ["07:00", "11:00"])
def test_a_digest_still_to_come_today_follows_its_hour(hour: str) -> None:
    moved = rules.rescheduled(
        _as_stored(_october(6)), _berlin(6, "08:00"), Mornings(BERLIN, time.fromisoformat(hour))
    )
    assert moved == _october(6, hour)


def test_an_earlier_hour_brings_no_second_one_today() -> None:
    now, earlier = _berlin(6, "10:00"), Mornings(BERLIN, time(8))
    assert rules.rescheduled(
        _as_stored(_october(7)), now, earlier, {date(2026, 10, 6)}
    ) == _october(7, "08:00")


def test_an_earlier_hour_brings_none_today_to_whoever_begins_tomorrow() -> None:
    now, earlier = _berlin(6, "10:00"), Mornings(BERLIN, time(8))
    assert rules.rescheduled(_as_stored(_october(7)), now, earlier) == _october(7, "08:00")


def test_whoever_is_back_from_leave_earlier_gets_todays_at_once() -> None:
    now, away = _berlin(6, "10:00"), _as_stored(_october(12), rules.told_by(_october(5).at, BERLIN))
    assert rules.rescheduled(away, now, NINE, cause=Cause.LEAVE) == _october(6)
    assert rules.rescheduled(away, now, NINE) == _october(7)


def test_whoever_begins_tomorrow_gets_none_today_when_they_tell_of_leave() -> None:
    first = _as_stored(_october(7), rules.first_told(_october(7), BERLIN))
    now = _berlin(6, "10:00")
    assert rules.rescheduled(first, now, NINE, cause=Cause.LEAVE) == _october(7)


@pytest.mark.parametrize(
    ("late", "day", "is_late"),
    [
        (timedelta(0), 6, False),
        (2 * HOUR, 6, False),
        (2 * HOUR + SECOND, 6, True),
        (6 * HOUR, 6, True),
    ],
)
def test_more_than_two_hours_late_it_says_so(late: timedelta, day: int, *, is_late: bool) -> None:
    step = rules.come_due(_october(6), _october(6).at + late, NINE)
    assert (step.day, step.is_late) == (date(2026, 10, day), is_late)
    assert step.following == _october(7)


def test_more_than_six_hours_late_it_is_folded_into_the_next() -> None:
    step = rules.come_due(_october(6), _october(6).at + 6 * HOUR + SECOND, NINE)
    assert (step.day, step.folded, step.following) == (None, (date(2026, 10, 6),), _october(7))


def test_of_several_mornings_that_were_missed_the_newest_is_made() -> None:
    step = rules.come_due(_october(6), _berlin(9, "09:30"), NINE)
    assert step.day == date(2026, 10, 9)
    assert step.folded == tuple(date(2026, 10, day) for day in (6, 7, 8))
    assert step.following == _october(12)


def test_a_late_evenings_digest_may_come_after_midnight() -> None:
    evening = Mornings(BERLIN, time(23, 30))
    step = rules.come_due(_october(6, "23:30"), _berlin(7, "00:30"), evening)
    assert (step.day, step.is_late) == (date(2026, 10, 6), False)
    assert step.following == _october(7, "23:30")


def test_while_nothing_may_be_sent_it_is_folded() -> None:
    step = rules.come_due(_october(6), _october(6).at, NINE, is_silent=True)
    assert (step.day, step.folded) == (None, (date(2026, 10, 6),))


def test_on_a_day_that_became_free_there_is_none() -> None:
    away = WorkingTime(BERLIN.zone, days_off=frozenset({date(2026, 10, 6)}))
    step = rules.come_due(_october(6), _october(6).at, Mornings(away))
    assert (step.day, step.folded, step.following) == (None, (), _october(7))


def test_that_of_a_week_comes_on_the_first_working_day() -> None:
    got = [each.day for each in _chain(WEEKLY, _berlin(6, "10:00"), _berlin(27, "10:00"))]
    assert got == [date(2026, 10, day) for day in (12, 19, 26)]


def test_after_a_free_monday_that_of_the_week_comes_on_tuesday() -> None:
    person = WorkingTime(BERLIN.zone, days_off=frozenset({date(2026, 10, 12)}))
    weekly = Mornings(person, rhythm=Rhythm.WEEKLY)
    assert next(weekly.after(_berlin(6, "10:00"))) == _october(13)
    step = rules.come_due(_october(19), _october(19).at, weekly, {date(2026, 10, 13)})
    assert step.day == date(2026, 10, 19)


def test_a_week_that_had_one_has_no_second_when_its_first_day_becomes_free() -> None:
    person = WorkingTime(BERLIN.zone, days_off=frozenset({date(2026, 10, 12)}))
    weekly = Mornings(person, rhythm=Rhythm.WEEKLY)
    had = {date(2026, 10, 12)}
    assert rules.rescheduled(
        _as_stored(_october(19)), _berlin(12, "12:00"), weekly, had
    ) == _october(19)
    tuesday = _berlin(13, "10:00")
    found = rules.rescheduled(_as_stored(_october(19)), tuesday, weekly, had, Cause.LEAVE)
    assert found == _october(19)


def test_from_weekly_to_daily_the_next_working_day_has_one() -> None:
    now, had = _berlin(6, "10:00"), {date(2026, 10, 5)}
    assert rules.rescheduled(_as_stored(_october(12)), now, NINE, had) == _october(7)
    early = _berlin(6, "08:00")
    assert rules.rescheduled(_as_stored(_october(12)), early, NINE, had) == _october(6)


@pytest.mark.parametrize(
    ("week", "first"),
    [
        (OFFICE_WEEK, 0),
        (EVERY_DAY, 0),
        (week_of(OFFICE_HOURS, [6, 0, 1, 2, 3]), 6),
        (week_of(OFFICE_HOURS, [5, 6, 0, 1, 2]), 5),
        (week_of(OFFICE_HOURS, [0, 2, 4]), 0),
        (week_of(OFFICE_HOURS, [1, 3]), 1),
        (week_of(OFFICE_HOURS, [2]), 2),
    ],
)
def test_a_week_begins_after_its_longest_rest(week: Week, first: int) -> None:
    assert rules.first_weekday(week) == first


@given(st.sampled_from(ZONES), INSTANTS, st.sets(st.integers(0, 6), min_size=1))
def test_each_week_has_one_digest_of_a_week(zone: str, start: datetime, days: set[int]) -> None:
    person = WorkingTime(ZoneInfo(zone), week_of(OFFICE_HOURS, days))
    chain = list(_chain(Mornings(person, rhythm=Rhythm.WEEKLY), start, start + 36 * DAY))
    first = rules.first_weekday(person.week)
    assert {each.day.weekday() for each in chain} == {first}
    assert {b.day - a.day for a, b in pairwise(chain)} <= {timedelta(weeks=1)}
    assert len(chain) >= 5


def test_mondays_tells_of_the_weekend() -> None:
    told = rules.told_by(_october(9).at, BERLIN)
    assert rules.looks_back_to(told, _october(12).at, NINE) == _berlin(9, "17:00")


def test_the_first_one_after_leave_tells_of_all_of_it() -> None:
    leave = frozenset(date(2026, 10, 6) + DAY * number for number in range(40))
    person = WorkingTime(BERLIN.zone, days_off=leave)
    told = rules.told_by(_october(5).at, person)
    back = _berlin(16, "09:00", month=11)
    assert rules.looks_back_to(told, back, Mornings(person)) == _berlin(5, "17:00")


def test_whoever_left_at_noon_is_told_of_the_afternoon_and_nothing_twice() -> None:
    told = rules.told_by(_october(5).at, BERLIN)
    away = WorkingTime(BERLIN.zone, days_off=frozenset({date(2026, 10, 5)}))
    assert rules.looks_back_to(told, _october(6).at, Mornings(away)) == _berlin(5, "09:00")


def test_what_was_folded_is_told_by_the_next() -> None:
    told = rules.told_by(_october(5).at, BERLIN)
    assert rules.looks_back_to(told, _october(8).at, NINE) == _berlin(5, "17:00")


def test_whoever_never_had_one_is_told_from_what_their_first_would_have() -> None:
    told = rules.first_told(_october(6), BERLIN)
    assert rules.looks_back_to(told, _october(8).at, NINE) == _berlin(5, "17:00")


def test_what_was_told_before_anybody_noted_how_far_counts() -> None:
    told = Told(until=_october(5).at)
    assert rules.looks_back_to(told, _october(8).at, NINE) == _berlin(5, "17:00")
    assert rules.looks_back_to(Told(), _october(8).at, NINE) == _berlin(7, "17:00")


def test_whoever_travelled_is_told_from_when_they_stopped_working_where_they_were() -> None:
    told = rules.told_by(_october(5).at, BERLIN)
    pacific = Mornings(WorkingTime(ZoneInfo("America/Los_Angeles")))
    nine_there = _berlin(6, "18:00")
    assert rules.looks_back_to(told, nine_there, pacific) == _berlin(5, "17:00")


def test_that_of_a_week_tells_from_the_last_one_on() -> None:
    told = rules.told_by(_berlin(5, "09:03"), BERLIN)
    assert rules.looks_back_to(told, _october(12).at, WEEKLY) == _berlin(5, "09:00")


def test_nothing_looks_back_further_than_sixty_days() -> None:
    told, now = rules.told_by(_october(5).at, BERLIN), _october(5).at + 100 * DAY
    assert rules.looks_back_to(told, now, NINE) == now - 60 * DAY
