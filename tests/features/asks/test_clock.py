"""By when an ask is due, and what its clock does to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.leave import DaysOff, Leave
from bot.core.response_clock import ClockPolicy, CountedIn
from bot.core.working_time import WorkingTime
from bot.features.asks.rules.absence import Absence, Why, absence
from bot.features.asks.rules.clock import Clock, Wake, is_late_enough_to_escalate, wake
from bot.features.asks.rules.states import WAITING, State

BERLIN, TOKYO = (WorkingTime(ZoneInfo(zone)) for zone in ("Europe/Berlin", "Asia/Tokyo"))
FRIDAY = datetime(2026, 10, 9, 14, 30, tzinfo=UTC)  # 16:30 in Berlin, 23:30 in Tokyo
A_DAY = ClockPolicy(timedelta(hours=24), CountedIn.WORKING_DAYS)
FOUR_HOURS = ClockPolicy(timedelta(hours=4), CountedIn.WORKING_HOURS)
HOUR = timedelta(hours=1)
SOON, DUE, EXPIRES = FRIDAY + 3 * HOUR, FRIDAY + 4 * HOUR, FRIDAY + 100 * HOUR
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
POLICIES = st.builds(
    ClockPolicy,
    st.integers(1, 7 * 86_400).map(lambda seconds: timedelta(seconds=seconds)),
    st.sampled_from(CountedIn),
)


def _wake(
    state: State, now: datetime, *, has_fallback: bool = False, is_taken_late: bool = False
) -> Wake:
    times = {"due_soon": SOON, "due": DUE, "expires": EXPIRES}
    return wake(state, now, **times, has_fallback=has_fallback, is_taken_late=is_taken_late)


def test_the_clock_runs_in_the_answerers_working_days() -> None:
    clock = Clock.started(FRIDAY, A_DAY)
    assert clock.due(BERLIN) == datetime(2026, 10, 12, 14, 30, tzinfo=UTC)
    assert clock.due(TOKYO) == datetime(2026, 10, 13, 0, 0, tzinfo=UTC)


def test_three_quarters_of_four_hours_of_work_is_three() -> None:
    clock = Clock.started(datetime(2026, 10, 6, 7, 0, tzinfo=UTC), FOUR_HOURS)
    assert clock.due_soon(BERLIN) == datetime(2026, 10, 6, 10, 0, tzinfo=UTC)
    assert clock.due(BERLIN) == datetime(2026, 10, 6, 11, 0, tzinfo=UTC)


def test_a_deadline_is_due_when_it_was_said_whoever_answers() -> None:
    clock = Clock.started(FRIDAY, A_DAY, FRIDAY + 80 * HOUR)  # Monday, 00:30 in Berlin
    assert clock.due(BERLIN) == FRIDAY + 80 * HOUR
    assert clock.due_soon(BERLIN) == FRIDAY + 60 * HOUR
    tuesday = FRIDAY + 96 * HOUR
    assert Clock.started(FRIDAY, A_DAY, tuesday).due(TOKYO) == tuesday


def test_a_deadline_before_which_the_answerer_does_not_work_is_on_their_next_working_day() -> None:
    monday = datetime(2026, 10, 12, tzinfo=UTC)  # 09:00 in Tokyo
    saturday_half_past_seven = Clock.started(FRIDAY, A_DAY, FRIDAY + 8 * HOUR)
    assert saturday_half_past_seven.due(TOKYO) == monday + 8 * HOUR
    saturday_noon = Clock.started(FRIDAY, A_DAY, FRIDAY + timedelta(hours=12, minutes=30))
    assert saturday_noon.due(TOKYO) == monday + 3 * HOUR
    assert Clock.started(FRIDAY, FOUR_HOURS, FRIDAY + HOUR).due(TOKYO) == monday + 4 * HOUR


def test_a_deadline_on_leave_or_a_holiday_is_at_that_time_on_the_next_working_day() -> None:
    off = DaysOff((Leave(date(2026, 10, 13), date(2026, 10, 14)),), {date(2026, 10, 15)})
    away = replace(BERLIN, days_off=off)
    for day in (13, 14, 15):
        deadline = datetime(2026, 10, day, 12, 0, tzinfo=UTC)
        due = Clock.started(FRIDAY, A_DAY, deadline).due(away)
        assert due == datetime(2026, 10, 16, 12, 0, tzinfo=UTC)
        assert Clock.started(FRIDAY, A_DAY, due).due(away) == due


@given(INSTANTS, st.integers(1, 300), POLICIES, st.sampled_from([BERLIN, TOKYO]))
def test_nothing_is_due_before_its_answerer_has_worked_nor_before_it_was_said(
    asked: datetime, hours: int, policy: ClockPolicy, answerer: WorkingTime
) -> None:
    deadline = asked + hours * HOUR
    due = Clock.started(asked, policy, deadline).due(answerer)
    assert due >= deadline
    assert due > answerer.next_start(asked)
    assert Clock.started(asked, policy, due).due(answerer) == due


def test_why_somebody_has_longer_is_their_leave_a_holiday_or_their_hours() -> None:
    off = DaysOff((Leave(date(2026, 10, 13), date(2026, 10, 14)),), {date(2026, 10, 19)})
    person = replace(BERLIN, days_off=off)

    def why(asked: int, due: int, hour: int = 12) -> Absence | None:
        at, until = datetime(2026, 10, asked, 8, tzinfo=UTC), datetime(2026, 10, due, tzinfo=UTC)
        return absence(at, until + hour * HOUR, person, is_deadline=True)

    assert why(12, 12) is None
    assert why(13, 16) == why(12, 15) == Absence(Why.AWAY, date(2026, 10, 15))
    assert why(16, 20) == Absence(Why.HOLIDAY, date(2026, 10, 19))
    assert why(9, 12) is None
    assert why(16, 17) == Absence(Why.CLOSED, date(2026, 10, 17))
    assert why(16, 16, 20) == Absence(Why.CLOSED, date(2026, 10, 16))


@given(INSTANTS, POLICIES, st.sampled_from([BERLIN, TOKYO]))
def test_due_soon_comes_between_asking_and_the_due_time(
    asked: datetime, policy: ClockPolicy, answerer: WorkingTime
) -> None:
    clock = Clock.started(asked, policy)
    assert asked <= clock.due_soon(answerer) <= clock.due(answerer)


@given(INSTANTS, POLICIES, st.integers(0, 100), st.integers(0, 300))
def test_a_pause_never_makes_it_due_earlier_nor_shortens_what_is_left(
    asked: datetime, policy: ClockPolicy, hours: int, length: int
) -> None:
    clock, at = Clock.started(asked, policy), asked + hours * HOUR
    resumed = at + length * HOUR
    assume(at <= clock.due(BERLIN))
    later = clock.paused(at, resumed, BERLIN)
    # a due time that a change of the clocks skips has moved on by the gap (bot.core.response_clock)
    assert later.due(BERLIN) >= clock.due(BERLIN) - HOUR
    assert later.due(BERLIN) >= resumed
    assert later.left <= clock.left


def test_a_pause_of_two_hours_of_work_makes_it_due_two_hours_later() -> None:
    nine = datetime(2026, 10, 6, 7, 0, tzinfo=UTC)
    clock = Clock.started(nine, FOUR_HOURS).paused(nine + HOUR, nine + 3 * HOUR, BERLIN)
    assert clock.due(BERLIN) == nine + 6 * HOUR


def test_after_the_time_is_used_up_a_pause_leaves_nothing() -> None:
    clock = Clock.started(FRIDAY, FOUR_HOURS)
    assert clock.paused(FRIDAY + 200 * HOUR, FRIDAY + 300 * HOUR, BERLIN).left == timedelta()


def test_after_a_pause_the_working_hours_are_left_that_were_left_until_a_deadline() -> None:
    clock = Clock.started(FRIDAY - 3 * HOUR, A_DAY, FRIDAY)  # 13:30 until 16:30
    later = clock.paused(FRIDAY - 2 * HOUR, FRIDAY + HOUR, BERLIN)
    assert later.due(BERLIN) == datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    assert later.due_soon(BERLIN) > FRIDAY + HOUR
    short = clock.paused(FRIDAY - 2 * HOUR, FRIDAY - HOUR, BERLIN)
    assert short.due(BERLIN) == datetime(2026, 10, 12, 7, 0, tzinfo=UTC) + HOUR * 0.5


@pytest.mark.parametrize(
    ("state", "now", "becomes", "next_at"),
    [
        (State.OPEN, FRIDAY, None, SOON),
        (State.OPEN, SOON, State.DUE_SOON, DUE),
        (State.OPEN, DUE, State.OVERDUE, EXPIRES),
        (State.OPEN, EXPIRES, State.EXPIRED, None),
        (State.DUE_SOON, FRIDAY, State.OPEN, SOON),  # the due time moved
        (State.DUE_SOON, SOON, None, DUE),
        (State.DUE_SOON, DUE, State.OVERDUE, EXPIRES),
        (State.OVERDUE, FRIDAY, State.OPEN, SOON),
        (State.OVERDUE, SOON, State.OPEN, DUE),
        (State.OVERDUE, DUE, None, EXPIRES),
        (State.OVERDUE, EXPIRES, State.EXPIRED, None),
        (State.ACCEPTED, FRIDAY, None, DUE),
        (State.ACCEPTED, SOON, None, DUE),  # on it: nothing before the due time
        (State.ACCEPTED, DUE, State.OVERDUE, EXPIRES),
        (State.ACCEPTED, EXPIRES, State.EXPIRED, None),
    ],
)
def test_what_time_does_to_an_ask(
    state: State, now: datetime, becomes: State | None, next_at: datetime | None
) -> None:
    assert _wake(state, now) == Wake(becomes, next_at)


def test_who_took_it_after_the_due_time_hears_no_more_until_it_expires() -> None:
    assert _wake(State.ACCEPTED, DUE, is_taken_late=True) == Wake(None, EXPIRES)
    assert _wake(State.ACCEPTED, EXPIRES, is_taken_late=True).state is State.EXPIRED


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        (State.OPEN, State.WENT_AHEAD),
        (State.DUE_SOON, State.WENT_AHEAD),
        (State.ACCEPTED, State.OVERDUE),  # somebody is on it: nobody goes ahead without them
        (State.OVERDUE, None),
    ],
)
def test_with_a_fallback_the_asker_goes_ahead_where_nobody_said_anything(
    state: State, becomes: State | None
) -> None:
    assert _wake(state, DUE, has_fallback=True).state == becomes
    assert _wake(State.OPEN, DUE - timedelta(seconds=1), has_fallback=True).state is State.DUE_SOON


@given(st.sampled_from(sorted(WAITING)), st.integers(-400, 7_000), st.booleans())
def test_the_next_look_is_later_and_nothing_is_overdue_early(
    state: State, minutes: int, has_fallback: bool
) -> None:
    now = FRIDAY + timedelta(minutes=minutes)
    found = _wake(state, now, has_fallback=has_fallback)
    assert found.next_at is None or found.next_at > now or found.state is not None
    again = found if found.next_at is None else _wake(found.state or state, now)
    if found.next_at is not None:  # looked at once more at the same instant it rests
        assert again.next_at is not None
        assert again.next_at > now
    if now < DUE:
        assert found.state not in {State.OVERDUE, State.EXPIRED, State.WENT_AHEAD}


def test_others_are_asked_only_from_the_due_time_on_and_while_somebody_waits() -> None:
    for state in State:
        assert not is_late_enough_to_escalate(state, DUE, DUE - timedelta(seconds=1))
        assert is_late_enough_to_escalate(state, DUE, DUE) is (state in WAITING)


def test_the_kind_of_hour_goes_along_with_a_pause() -> None:
    clock = Clock.started(FRIDAY, FOUR_HOURS)
    paused = clock.paused(FRIDAY, FRIDAY + HOUR, BERLIN)
    assert replace(paused, since=FRIDAY) == replace(clock, left=paused.left)
