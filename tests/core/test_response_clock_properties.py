"""The response clock in every zone and around every change of the clocks of two years."""

from bisect import bisect_left
from datetime import UTC, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.response_clock import ClockPolicy, CountedIn, advance, at_share, counted, due
from bot.core.week import OFFICE_HOURS, Day, Window, week_of
from bot.core.working_time import WorkingTime
from tests.core.response_clock_model import STEP, Model

FIRST, WEEKS = datetime(2026, 1, 1, tzinfo=UTC), 104
QUARTER, HOUR, WEEK = timedelta(minutes=15), timedelta(hours=1), timedelta(weeks=1)
LONGEST_GAP = timedelta(hours=2)
DAYS, HOURS = CountedIn.WORKING_DAYS, CountedIn.WORKING_HOURS
ALL_DAY = (Window(time(0), time(0)),)
WINDOWS: list[Day] = [
    OFFICE_HOURS,
    (Window(time(8), time(12)), Window(time(13, 30), time(18))),
    (Window(time(18), time(0)),),
    (
        Window(time(0), time(2, 30)),
        Window(time(2, 45), time(3, 15)),
        Window(time(23), time(23, 30)),
    ),
    ALL_DAY,
]


class Change(NamedTuple):
    """From `at` on local time differs from UTC by `offset`; the first one is where we begin."""

    at: datetime
    offset: timedelta


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _changes(zone: ZoneInfo) -> tuple[Change, ...]:
    """Every change of two years; none reverts within a week, all are at quarters of an hour."""
    found = [Change(FIRST, _offset(zone, FIRST))]
    for number in range(WEEKS):
        week = FIRST + number * WEEK
        before, after = found[-1].offset, _offset(zone, week + WEEK)
        if before != after:
            quarters = [week + each * QUARTER for each in range(WEEK // QUARTER)]
            at = bisect_left(quarters, 1, key=lambda each: _offset(zone, each) == after)
            found.append(Change(week + at * QUARTER, after))
    return tuple(found)


@cache
def distinct_zones() -> dict[ZoneInfo, tuple[Change, ...]]:
    """One zone for each way in which local time goes through two years, with its changes."""
    by_changes: dict[tuple[Change, ...], ZoneInfo] = {}
    for name in sorted(available_timezones() - {"localtime"}):
        zone = ZoneInfo(name)
        by_changes.setdefault(_changes(zone), zone)
    return {zone: changes for changes, zone in by_changes.items()}


def _gap(person: WorkingTime, end: datetime) -> timedelta:
    """How much the clocks went forward shortly before `end`, if they did."""
    return max(_offset(person.zone, end) - _offset(person.zone, end - LONGEST_GAP), timedelta(0))


def _check(person: WorkingTime, asked: datetime, policy: ClockPolicy) -> datetime:
    """Everything that holds of one ask; returns when it is due."""
    amount, counted_in = policy.amount, policy.counted_in
    end = due(asked, policy, person)
    start = person.next_start(asked)
    used = counted(start, end, counted_in, person)
    if counted_in is HOURS:
        assert used == amount == counted(asked, end, HOURS, person)
        assert end - start >= amount
    else:
        assert used in {amount, amount + _gap(person, end)}
        assert person.works_on(person.local(end).date())
    assert asked <= start <= at_share(asked, policy, person, 0.75) <= end
    return end


@pytest.mark.slow
def test_in_every_zone_and_around_every_change_a_due_time_counts_exactly_what_was_promised() -> (
    None
):
    policies = [ClockPolicy(6 * HOUR, HOURS), ClockPolicy(24 * HOUR, DAYS)]
    for zone, changes in distinct_zones().items():
        for windows, weekdays in ((ALL_DAY, range(7)), (WINDOWS[3], range(4, 7))):
            person = WorkingTime(zone, week_of(windows, weekdays))
            for policy in policies:
                _walk(person, policy, changes)


def _walk(person: WorkingTime, policy: ClockPolicy, changes: tuple[Change, ...]) -> None:
    """Asks so that they, or their due times, come before, in and after what is skipped or twice."""
    for change in changes:
        for since in (change.at - timedelta(hours=26), change.at - HOUR):
            asked = [since + number * HOUR * 0.75 for number in range(6)]
            ends = [_check(person, each, policy) for each in asked]
            for earlier, later in pairwise(ends):
                gap = timedelta(0) if policy.counted_in is HOURS else _gap(person, earlier)
                assert earlier <= later or earlier - later < gap


def test_every_way_of_changing_the_clocks_is_walked() -> None:
    zones = distinct_zones()
    jumps = {
        later.offset - earlier.offset
        for changes in zones.values()
        for earlier, later in pairwise(changes)
    }
    minutes = {changes[0].offset // timedelta(minutes=1) % 60 for changes in zones.values()}
    assert {HOUR, -HOUR, HOUR / 2, -HOUR / 2} <= jumps
    assert minutes == {0, 30, 45}
    assert len(zones) > 50


@st.composite
def people(draw: st.DrawFn) -> tuple[WorkingTime, tuple[Change, ...]]:
    """Somebody in any zone, at work on at least three days a week, with some days off."""
    zone, changes = draw(st.sampled_from(list(distinct_zones().items())))
    weekdays = draw(st.sets(st.integers(0, 6), min_size=3))
    week = week_of(draw(st.sampled_from(WINDOWS)), weekdays)
    near = draw(st.sampled_from(changes)).at.date()
    offs = draw(st.frozensets(st.integers(-3, 8), max_size=4))
    return WorkingTime(zone, week, frozenset(near + timedelta(days=off) for off in offs)), changes


@st.composite
def instants(draw: st.DrawFn, changes: tuple[Change, ...]) -> datetime:
    """A multiple of STEP, mostly within two days of a change of the clocks."""
    near = draw(st.sampled_from(changes)).at
    return near + draw(st.integers(-600, 600)) * STEP


AMOUNTS = st.integers(1, 36 * 12).map(lambda steps: steps * STEP)


@settings(max_examples=100, deadline=None)
@given(st.data(), people(), AMOUNTS, st.sampled_from(CountedIn))
def test_a_clock_that_counts_step_by_step_agrees(
    data: st.DataObject,
    drawn: tuple[WorkingTime, tuple[Change, ...]],
    amount: timedelta,
    counted_in: CountedIn,
) -> None:
    person, changes = drawn
    asked = data.draw(instants(changes))
    paused = asked + data.draw(st.integers(0, 300)) * STEP
    resumed = paused + data.draw(st.integers(0, 300)) * STEP
    assert isinstance(person.days_off, frozenset)
    model = Model(person.zone, person.week, person.days_off)
    for pauses in ([], [(paused, resumed)]):
        end = due(asked, ClockPolicy(amount, counted_in), person, pauses)
        if counted_in is HOURS:
            assert model.due_in_hours(asked, amount, pauses) == end
        else:
            assert model.due_in_days(asked, amount, pauses) == end
    used = counted(asked, resumed, counted_in, person)
    if counted_in is HOURS:
        assert model.hours_counted(asked, resumed) == used
    else:
        assert model.days_counted(asked, resumed) == used


@settings(max_examples=100, deadline=None)
@given(st.data(), people(), st.timedeltas(timedelta(seconds=1), timedelta(weeks=5)))
def test_what_holds_of_any_ask(
    data: st.DataObject, drawn: tuple[WorkingTime, tuple[Change, ...]], amount: timedelta
) -> None:
    person, changes = drawn
    asked = data.draw(instants(changes))
    for counted_in in CountedIn:
        short = _check(person, asked, ClockPolicy(amount, counted_in))
        long = _check(person, asked, ClockPolicy(amount + 7 * STEP, counted_in))
        gap = timedelta(0) if counted_in is HOURS else _gap(person, short)
        assert short <= long or short - long < gap


@settings(max_examples=100, deadline=None)
@given(st.data(), people())
def test_what_counts_in_adjoining_stretches_adds_up_and_is_never_negative(
    data: st.DataObject, drawn: tuple[WorkingTime, tuple[Change, ...]]
) -> None:
    person, changes = drawn
    first, second, third = sorted(data.draw(instants(changes)) for _ in range(3))
    for counted_in in CountedIn:
        before = counted(first, second, counted_in, person)
        after = counted(second, third, counted_in, person)
        assert timedelta(0) <= before <= counted(first, third, counted_in, person) == before + after
        assert counted(third, first, counted_in, person) == timedelta(0)


@settings(max_examples=100, deadline=None)
@given(st.data(), people(), AMOUNTS, st.sampled_from(CountedIn))
def test_after_a_pause_the_rest_of_the_amount_is_counted(
    data: st.DataObject,
    drawn: tuple[WorkingTime, tuple[Change, ...]],
    amount: timedelta,
    counted_in: CountedIn,
) -> None:
    person, changes = drawn
    start = person.next_start(data.draw(instants(changes)))
    policy = ClockPolicy(amount, counted_in)
    before = due(start, policy, person)
    paused = start + (before - start) * data.draw(st.floats(0, 0.99))
    resumed = paused + data.draw(st.integers(0, 3_000)) * STEP
    after = due(start, policy, person, [(paused, resumed)])
    left = amount - counted(start, paused, counted_in, person)
    assert after >= before - _gap(person, before)
    if left > timedelta(0):
        assert after >= resumed
        assert after == advance(resumed, left, counted_in, person)


@settings(max_examples=100, deadline=None)
@given(st.data(), people(), people(), AMOUNTS, st.sampled_from(CountedIn))
def test_whoever_moves_to_another_zone_gets_the_full_amount_there(
    data: st.DataObject,
    left: tuple[WorkingTime, tuple[Change, ...]],
    reached: tuple[WorkingTime, tuple[Change, ...]],
    amount: timedelta,
    counted_in: CountedIn,
) -> None:
    asked = data.draw(instants(left[1]))
    policy = ClockPolicy(amount, counted_in)
    assert asked <= due(asked, policy, left[0])
    assert asked <= _check(reached[0], asked, policy)
