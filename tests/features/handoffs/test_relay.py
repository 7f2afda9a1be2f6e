"""Who carries something on next, when they are reminded, and when it goes on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.holiday_calendar import Holidays, Region
from bot.core.leave import DaysOff, Leave
from bot.core.people import Person
from bot.core.response_clock import CountedIn, counted
from bot.core.week import NO_WEEK, OFFICE_WEEK, Week, read_week
from bot.core.working_time import WorkingTime
from bot.features.handoffs.rules.relay import (
    SOON,
    Act,
    Next,
    act,
    after,
    look_at,
    next_of,
    starts_at,
)

LONDON, SAN_FRANCISCO = ZoneInfo("Europe/London"), ZoneInfo("America/Los_Angeles")
SYDNEY, TOKYO = ZoneInfo("Australia/Sydney"), ZoneInfo("Asia/Tokyo")
ZONES = {
    "GB": LONDON,
    "US": SAN_FRANCISCO,
    "AU": SYDNEY,
    "JP": TOKYO,
    "IN": ZoneInfo("Asia/Kolkata"),
    "WS": ZoneInfo("Pacific/Apia"),
    "BR": ZoneInfo("America/Sao_Paulo"),
}
FRIDAY_EVENING = datetime(2026, 10, 9, 17, tzinfo=LONDON)


def _person(
    name: str,
    zone: ZoneInfo,
    *,
    week: Week = OFFICE_WEEK,
    leaves: Sequence[Leave] = (),
    country: str = "",
) -> Person:
    holidays = Holidays(Region(country)) if country else frozenset[date]()
    time = WorkingTime(zone, week, DaysOff(tuple(leaves), holidays))
    return Person(name, name, zone.key, is_member=True, when=lambda: time)


def _turn(people: Sequence[Person], now: datetime) -> str:
    found = next_of(people, now)
    return found.person.user_id if found is not None else ""


def test_a_chain_goes_on_after_the_last_one_who_is_in_it_round_and_round() -> None:
    assert after("abcd", ["b"]) == ["c", "d", "a"]
    assert after("abcd", ["b", "c"]) == ["d", "a"]
    assert after("abcd", ["b", "x"]) == ["c", "d", "a"], "x was put in by hand"
    assert after("abcd", ["x"]) == ["a", "b", "c", "d"]
    assert after("ab", ["b", "a"]) == []
    assert after("", ["b"]) == []


def test_the_sun_goes_from_london_by_san_francisco_and_sydney_back() -> None:
    """Whoever begins soon takes their turn, though somebody further on may begin before them."""
    london, west = _person("london", LONDON), _person("west", SAN_FRANCISCO)
    sydney = _person("sydney", SYDNEY)
    at_five = datetime(2026, 10, 6, 17, tzinfo=LONDON)
    assert _turn([west, sydney], at_five) == "west"
    at_five = datetime(2026, 10, 6, 17, tzinfo=SAN_FRANCISCO)
    assert _turn([sydney, london], at_five) == "sydney"
    at_five = datetime(2026, 10, 7, 17, tzinfo=SYDNEY)
    assert _turn([london, west], at_five) == "london"


def test_whoever_starts_first_has_it_over_a_weekend_and_a_holiday() -> None:
    """Monday 12 October is a holiday in Japan and in the United States, not in Australia."""
    japan = _person("japan", TOKYO, country="JP")
    west = _person("west", SAN_FRANCISCO, country="US")
    saturday = datetime(2026, 10, 10, 12, tzinfo=UTC)
    assert _turn([japan, west], saturday) == "japan", "on Tuesday"
    sydney = _person("sydney", SYDNEY, country="AU")
    found = next_of([japan, west, sydney], saturday)
    assert found is not None
    assert (found.person.user_id, found.starts_at) == (
        "sydney",
        datetime(2026, 10, 12, 9, tzinfo=SYDNEY),
    )


def test_nobody_who_is_away_gets_anything_unless_they_are_back_soon() -> None:
    away = Leave(date(2026, 10, 5), date(2026, 10, 16))
    on_leave = _person("on_leave", LONDON, leaves=[away])
    assert next_of([on_leave], datetime(2026, 10, 8, 12, tzinfo=LONDON)) is None
    assert next_of([on_leave], datetime(2026, 10, 16, 12, tzinfo=LONDON)) is None, "a weekend more"
    back_soon = _person("back", LONDON, leaves=[replace(away, last_day=date(2026, 10, 8))])
    assert _turn([back_soon], datetime(2026, 10, 8, 18, tzinfo=LONDON)) == "back"
    never = _person("never", LONDON, week=NO_WEEK)
    assert next_of([never], FRIDAY_EVENING) is None


@pytest.mark.parametrize(
    ("since", "ends"),
    [
        (datetime(2026, 10, 6, 10, tzinfo=LONDON), datetime(2026, 10, 6, 12, tzinfo=LONDON)),
        (datetime(2026, 10, 6, 16, tzinfo=LONDON), datetime(2026, 10, 7, 10, tzinfo=LONDON)),
        (FRIDAY_EVENING - timedelta(hours=1), datetime(2026, 10, 12, 10, tzinfo=LONDON)),
        (datetime(2026, 10, 10, 3, tzinfo=LONDON), datetime(2026, 10, 12, 11, tzinfo=LONDON)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=LONDON), datetime(2026, 10, 26, 11, tzinfo=LONDON)),
    ],
    ids=["at_work", "at_the_end_of_a_day", "before_a_weekend", "on_one", "clocks_go_back"],
)
def test_two_hours_are_the_holders_own(since: datetime, ends: datetime) -> None:
    assert look_at(WorkingTime(LONDON), since, 2) == ends


def test_two_hours_in_which_the_clocks_change_are_two_hours() -> None:
    """Sundays from midnight to 06:00 in London, as the clocks go back and forward."""
    night = WorkingTime(LONDON, read_week("Sun 00:00-06:00"))
    for day, later in ((date(2026, 10, 25), 1), (date(2027, 3, 28), 3)):
        midnight = night.at(day, datetime.min.time())
        assert look_at(night, midnight, 2) == midnight + timedelta(hours=2)
        assert night.local(look_at(night, midnight, 2)).hour == later


def test_a_leave_that_begins_before_the_time_is_over_ends_it_with_the_last_day_of_work() -> None:
    away = Leave(date(2026, 10, 7), date(2026, 10, 20))
    person = WorkingTime(LONDON, OFFICE_WEEK, DaysOff((away,), frozenset()))
    at_four = datetime(2026, 10, 6, 16, tzinfo=LONDON)
    assert look_at(person, at_four, 2) == datetime(2026, 10, 6, 17, tzinfo=LONDON)
    assert look_at(person, at_four, 1) == datetime(2026, 10, 6, 17, tzinfo=LONDON)
    at_eight = datetime(2026, 10, 6, 20, tzinfo=LONDON)
    assert look_at(person, at_eight, 2) == at_eight, "they are away already"
    assert act(person, at_eight, look_at=at_eight, is_nudged=False) is Act.MOVE_ON


def test_one_reminder_then_it_goes_on() -> None:
    person = WorkingTime(LONDON)
    noon = datetime(2026, 10, 6, 12, tzinfo=LONDON)
    later = noon + timedelta(minutes=1)
    assert act(person, noon, look_at=later, is_nudged=False) is Act.WAIT
    assert act(person, noon, look_at=noon, is_nudged=False) is Act.NUDGE
    assert act(person, noon, look_at=later, is_nudged=True) is Act.WAIT
    assert act(person, noon, look_at=noon, is_nudged=True) is Act.MOVE_ON


_LEAVES = st.lists(
    st.builds(
        lambda first, days: Leave(first, first + timedelta(days=days)),
        st.dates(date(2026, 9, 20), date(2026, 12, 1)),
        st.integers(0, 25),
    ),
    max_size=2,
)
_WEEKS = st.sampled_from(
    [OFFICE_WEEK, NO_WEEK, read_week("Mon-Thu 08:00-12:00, 13:30-18:00"), read_week("Sun 22-24")]
)
_INSTANTS = st.datetimes(datetime(2026, 9, 25), datetime(2026, 11, 20), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def _chains(draw: st.DrawFn) -> list[Person]:
    count = draw(st.integers(0, 6))
    return [
        _person(
            f"U{number}",
            ZONES[country],
            week=draw(_WEEKS),
            leaves=draw(_LEAVES),
            country=draw(st.sampled_from(["", country])),
        )
        for number in range(count)
        for country in [draw(st.sampled_from(sorted(ZONES)))]
    ]


@given(_chains(), _INSTANTS, st.integers(0, 7))
def test_a_baton_goes_to_nobody_twice_never_to_its_sender_and_its_way_ends(
    chain: list[Person], now: datetime, sender: int
) -> None:
    people = {each.user_id: each for each in chain}
    been, times = [f"U{sender}"], []
    while (found := _next(people, been, now)) is not None:
        assert found.person.user_id not in been
        assert found.starts_at >= now
        been.append(found.person.user_id)
        time = found.person.working_time
        nudge = look_at(time, now, 2)
        assert nudge >= now
        if act(time, nudge, look_at=nudge, is_nudged=False) is Act.NUDGE:
            assert counted(now, nudge, CountedIn.WORKING_HOURS, time) == timedelta(hours=2)
            nudge = look_at(time, nudge, 2)
        times.append(nudge)
        now = nudge
    assert len(been) <= len(chain) + 1
    assert times == sorted(times)
    left = [each for each in chain if each.user_id not in been]
    assert all(starts_at(each.working_time, now) is None for each in left), "all others are away"


@given(_chains(), _INSTANTS)
def test_nobody_waits_for_somebody_who_starts_later_than_another_unless_it_is_soon(
    chain: list[Person], now: datetime
) -> None:
    found = next_of(chain, now)
    starts = [at for each in chain if (at := starts_at(each.working_time, now)) is not None]
    assert (found is None) == (not starts)
    if found is not None:
        assert found.starts_at in starts
        assert found.starts_at - now <= SOON or found.starts_at == min(starts)


def _next(people: dict[str, Person], been: Sequence[str], now: datetime) -> Next | None:
    return next_of([people[each] for each in after(list(people), been)], now)
