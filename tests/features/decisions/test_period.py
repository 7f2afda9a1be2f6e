"""How long a proposal can be commented on."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.holiday_calendar import Holidays, Region
from bot.core.leave import DaysOff, Leave
from bot.core.week import NO_WEEK, OFFICE_WEEK, read_week
from bot.core.working_time import WorkingTime
from bot.features.decisions.rules.period import (
    NOBODYS,
    Owed,
    Period,
    Reviewer,
    after,
    end,
    is_over,
    next_day,
    period,
)

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
TOKYO, LOS_ANGELES = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/Los_Angeles")
ZONES = (
    BERLIN,
    KOLKATA,
    TOKYO,
    LOS_ANGELES,
    ZoneInfo("Australia/Lord_Howe"),
    ZoneInfo("Pacific/Apia"),
    ZoneInfo("America/Sao_Paulo"),
)
OFFICE = WorkingTime(BERLIN)
TUESDAY_AT_THREE = datetime(2026, 10, 6, 15, tzinfo=BERLIN)
LONG = Leave(date(2026, 1, 1), date(2026, 12, 31))


def _since(at: datetime, people: dict[str, WorkingTime]) -> dict[str, Reviewer]:
    return {name: Reviewer(person, at) for name, person in people.items()}


@pytest.mark.parametrize(
    ("opened", "ends"),
    [
        (TUESDAY_AT_THREE, datetime(2026, 10, 9, 17, tzinfo=BERLIN)),
        (datetime(2026, 10, 6, 8, 59, tzinfo=BERLIN), datetime(2026, 10, 8, 17, tzinfo=BERLIN)),
        (datetime(2026, 10, 6, 9, tzinfo=BERLIN), datetime(2026, 10, 8, 17, tzinfo=BERLIN)),
        (datetime(2026, 10, 8, 15, tzinfo=BERLIN), datetime(2026, 10, 13, 17, tzinfo=BERLIN)),
        (datetime(2026, 10, 10, 15, tzinfo=BERLIN), datetime(2026, 10, 14, 17, tzinfo=BERLIN)),
        (datetime(2026, 10, 22, 15, tzinfo=BERLIN), datetime(2026, 10, 27, 17, tzinfo=BERLIN)),
    ],
    ids=["afternoon", "early", "nine", "over_a_weekend", "on_one", "clocks_go_back"],
)
def test_three_days_are_the_next_three_whole_working_days(opened: datetime, ends: datetime) -> None:
    assert after(opened, 3, OFFICE) == ends


def test_one_moment_is_fair_in_four_zones() -> None:
    found = {zone: after(TUESDAY_AT_THREE, 3, WorkingTime(zone)) for zone in ZONES[:4]}
    assert found == {
        BERLIN: datetime(2026, 10, 9, 17, tzinfo=BERLIN),
        KOLKATA: datetime(2026, 10, 9, 17, tzinfo=KOLKATA),
        TOKYO: datetime(2026, 10, 9, 17, tzinfo=TOKYO),
        LOS_ANGELES: datetime(2026, 10, 8, 17, tzinfo=LOS_ANGELES),  # Tuesday began after it
    }


def test_a_weekend_holidays_and_a_change_of_clocks_in_four_zones() -> None:
    """Clocks go back in Los Angeles on Sunday; Monday is a holiday in Brazil, Tuesday in Japan."""
    opened = datetime(2026, 10, 29, 14, tzinfo=UTC)  # Thursday
    zones = {"IN": KOLKATA, "US": LOS_ANGELES, "JP": TOKYO, "BR": ZoneInfo("America/Sao_Paulo")}
    found = {
        country: after(opened, 3, WorkingTime(zone, OFFICE_WEEK, Holidays(Region(country))))
        for country, zone in zones.items()
    }
    assert found == {
        "IN": datetime(2026, 11, 3, 11, 30, tzinfo=UTC),  # Fri, Mon, Tue
        "US": datetime(2026, 11, 3, 1, 0, tzinfo=UTC),  # Thu (it was before 9), Fri, Mon, in PST
        "JP": datetime(2026, 11, 4, 8, 0, tzinfo=UTC),  # Fri, Mon, Wed
        "BR": datetime(2026, 11, 4, 20, 0, tzinfo=UTC),  # Fri, Tue, Wed
    }


def test_a_change_on_the_last_day_gives_everybody_another_whole_day() -> None:
    changed = Owed(datetime(2026, 10, 9, 16, tzinfo=BERLIN))
    assert end([Owed(TUESDAY_AT_THREE, 3), changed], OFFICE) == datetime(
        2026, 10, 12, 17, tzinfo=BERLIN
    )


def test_who_is_asked_on_the_last_day_gets_a_whole_one() -> None:
    late = Reviewer(OFFICE, datetime(2026, 10, 9, 16, tzinfo=BERLIN))
    found = period([Owed(TUESDAY_AT_THREE, 3)], {"U1": late})
    assert found.ends_at == datetime(2026, 10, 12, 17, tzinfo=BERLIN)


def test_a_concern_holds_it_open_until_it_is_settled_and_counted_anew() -> None:
    ends = datetime(2026, 10, 9, 17, tzinfo=BERLIN)
    before, later = ends - timedelta(seconds=1), ends + timedelta(seconds=1)

    def over(now: datetime, *, blocked: bool = False, settled: datetime | None = None) -> bool:
        return is_over(ends, now, is_blocked=blocked, settled_at=settled)

    assert [over(before), over(ends), over(later)] == [False, True, True]
    assert not over(later, blocked=True)
    assert not over(later, settled=later)
    assert over(later, settled=before)


def test_the_next_working_day_is_seen_as_far_as_there_is_one() -> None:
    friday = datetime(2026, 10, 9, 16, tzinfo=BERLIN)
    assert next_day(OFFICE, friday) == datetime(2026, 10, 12, 9, tzinfo=BERLIN)
    assert next_day(WorkingTime(BERLIN, NO_WEEK), friday) is None


def test_holidays_and_leave_make_it_longer() -> None:
    holidays = Holidays(Region("DE", "BY"))  # Thursday 4 June 2026 is Corpus Christi
    person = WorkingTime(BERLIN, OFFICE_WEEK, DaysOff((), holidays))
    opened = Owed(datetime(2026, 6, 2, 15, tzinfo=BERLIN), 3)
    assert end([opened], person) == datetime(2026, 6, 8, 17, tzinfo=BERLIN)
    friday = DaysOff((Leave(date(2026, 6, 5), date(2026, 6, 5)),), holidays)
    person = WorkingTime(BERLIN, OFFICE_WEEK, friday)
    assert end([opened], person) == datetime(2026, 6, 9, 17, tzinfo=BERLIN)


def test_ten_days_away_hold_it_up_and_eleven_do_not() -> None:
    def gone_until(day: date) -> WorkingTime:
        return WorkingTime(BERLIN, OFFICE_WEEK, DaysOff((Leave(date(2026, 10, 7), day),), ()))

    opened = [Owed(TUESDAY_AT_THREE, 3)]
    ten, eleven = gone_until(date(2026, 10, 20)), gone_until(date(2026, 10, 21))
    assert end(opened, ten) == datetime(2026, 10, 23, 17, tzinfo=BERLIN)
    assert end(opened, eleven) is None
    found = period(opened, _since(TUESDAY_AT_THREE, {"U1": eleven, "U2": OFFICE}))
    assert found == Period(datetime(2026, 10, 9, 17, tzinfo=BERLIN), frozenset({"U1"}))


@pytest.mark.parametrize(
    "person",
    [
        WorkingTime(BERLIN, NO_WEEK),
        WorkingTime(BERLIN, OFFICE_WEEK, DaysOff((LONG,), ())),
        WorkingTime(BERLIN, read_week("Sun 02:00-03:00"), DaysOff((LONG,), ())),
    ],
)
def test_whoever_has_no_working_days_holds_nothing_up(person: WorkingTime) -> None:
    opened = [Owed(datetime(2025, 12, 31, 15, tzinfo=UTC), 20)]
    assert end(opened, person) is None
    found = period(opened, _since(opened[0].since, {"U1": person}))
    assert found == Period(end(opened, NOBODYS) or opened[0].since, frozenset({"U1"}))


def test_without_reviewers_it_ends_like_this() -> None:
    found = period([Owed(TUESDAY_AT_THREE, 3)], {})
    assert found.ends_at == datetime(2026, 10, 9, 17, tzinfo=UTC)


WEEKS = [
    read_week(text)
    for text in (
        "Mon-Fri 09:00-17:00",
        "Mon-Thu 08:00-12:00, 13:30-18:00",
        "Sun-Thu 22:00-00:00",
        "Tue, Sat 00:00-00:00",
        "Sun 02:00-03:00; Wed 09-13",
    )
]
INSTANTS = st.integers(0, 500 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
NEW_YEAR = date(2026, 1, 1)
LEAVES = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 12)).map(
        lambda days: Leave(NEW_YEAR + timedelta(days=days[0]), NEW_YEAR + timedelta(days=sum(days)))
    ),
    max_size=3,
)
HOLIDAYS = [Holidays(Region(country)) for country in ("", "DE", "JP", "IN", "US")]
PEOPLE = st.builds(
    lambda zone, week, leaves, holidays: WorkingTime(zone, week, DaysOff(tuple(leaves), holidays)),
    st.sampled_from(ZONES),
    st.sampled_from(WEEKS),
    LEAVES,
    st.sampled_from(HOLIDAYS),
)


def _whole_days(person: WorkingTime, since: datetime, until: datetime) -> int:
    """Looked at day by day: how many working days lie wholly between two instants."""
    first = person.local(since).date() - timedelta(days=1)
    days = (first + timedelta(days=n) for n in range((until - since).days + 4))
    stretches = [found for day in days if (found := person.stretches_of(day))]
    return sum(found[0][0] >= since and found[-1][1] <= until for found in stretches)


@settings(deadline=None)  # the first has the holidays computed
@given(st.lists(PEOPLE, min_size=1, max_size=3), INSTANTS, st.integers(1, 20), st.integers(0, 900))
def test_everybody_who_is_there_gets_what_is_promised_and_a_day_after_the_last_change(
    reviewers: list[WorkingTime], opened: datetime, days: int, hours: int
) -> None:
    changed = opened + timedelta(hours=hours)
    found = period(
        [Owed(opened, days), Owed(changed)],
        _since(opened, {str(n): one for n, one in enumerate(reviewers)}),
    )
    for number, person in enumerate(reviewers):
        if str(number) not in found.away:
            assert _whole_days(person, opened, found.ends_at) >= days
            assert _whole_days(person, changed, found.ends_at) >= 1
    ends = {end([Owed(opened, days), Owed(changed)], person) for person in reviewers}
    assert found.ends_at in ends or len(found.away) == len(reviewers)  # and not later than that


@settings(deadline=None)  # the first has the holidays computed
@given(PEOPLE, LEAVES, INSTANTS, st.integers(1, 20))
def test_more_leave_never_ends_it_earlier_for_anybody(
    person: WorkingTime, more: list[Leave], opened: datetime, days: int
) -> None:
    before = end([Owed(opened, days)], person)
    longer = WorkingTime(person.zone, person.week, DaysOff(tuple(more), person.days_off))
    found = end([Owed(opened, days)], longer)
    assert found is None or (before is not None and found >= before)


@settings(deadline=None)  # the first has the holidays computed
@given(PEOPLE, INSTANTS, st.integers(0, 500), st.integers(1, 20))
def test_what_was_opened_later_never_ends_earlier(
    person: WorkingTime, opened: datetime, hours: int, days: int
) -> None:
    later = opened + timedelta(hours=hours)
    assert after(opened, days, person) <= after(later, days, person)


@settings(deadline=None)  # the first has the holidays computed
@given(PEOPLE, INSTANTS, st.integers(1, 20))
def test_nobody_holds_it_up_for_more_than_ten_usual_days(
    person: WorkingTime, opened: datetime, days: int
) -> None:
    found = end([Owed(opened, days)], person)
    usual = WorkingTime(person.zone, person.week)
    assert found is None or found <= after(opened, days + 10, usual)
