"""When people are asked to write for a stand-up."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import new_id
from bot.core.week import OFFICE_WEEK, Unreadable, Window, week_of
from bot.core.working_time import WorkingTime
from bot.features.handoffs.rules import standups as rules
from bot.features.handoffs.rules.promises import Fate, Promise, Written, rewritten
from bot.features.handoffs.rules.standups import Plan

TUESDAY = date(2026, 10, 6)
WORKDAYS = frozenset(range(5))
DAILY = Plan(time(9, 30), WORKDAYS, timedelta(hours=3))
BERLIN = WorkingTime(ZoneInfo("Europe/Berlin"))

zones = st.sampled_from(
    [
        "Europe/Berlin",
        "America/Los_Angeles",
        "America/St_Johns",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Pacific/Apia",
        "Africa/Cairo",
    ]
).map(ZoneInfo)
clocks = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(minutes // 60, minutes % 60))
some_days = st.frozensets(st.integers(0, 6), min_size=1)
hours = st.integers(1, 24).map(lambda each: timedelta(hours=each))
plans = st.builds(Plan, clocks, some_days, hours)
weeks = st.sampled_from(
    [OFFICE_WEEK, week_of((Window(time(6), time(10)), Window(time(18), time(0))), range(7))]
)
instants = st.integers(0, 400 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
starts = st.dates(date(2026, 1, 1), date(2027, 12, 1))


@given(plans, zones, weeks, starts, st.sets(st.integers(0, 20)))
def test_everybody_is_asked_once_on_each_of_their_working_dates_and_never_on_another(
    plan: Plan, zone: ZoneInfo, week: object, start: date, off: set[int]
) -> None:
    days = [start + timedelta(days=number) for number in range(21)]
    away = frozenset(days[number] for number in off)
    person = WorkingTime(zone, week, away)  # type: ignore[arg-type]
    asked = {day: rules.times_of(plan, day, person) for day in days}
    for day, times in asked.items():
        is_asked = day.weekday() in plan.days and person.works_on(day)
        assert (times is not None) == is_asked
    instants = [each.prompt_at for each in asked.values() if each is not None]
    assert instants == sorted(set(instants))


@given(plans, zones, weeks, starts)
def test_a_date_is_opened_before_anybody_is_asked_and_there_is_time_to_write(
    plan: Plan, zone: ZoneInfo, week: object, day: date
) -> None:
    person = WorkingTime(zone, week)  # type: ignore[arg-type]
    times = rules.times_of(plan, day, person)
    if times is None:
        return
    assert rules.opens_at(day) <= times.prompt_at < rules.ends_at(day)
    assert times.due_at > times.prompt_at
    later = rules.times_of(plan, day, person, from_=times.due_at)
    assert later is not None
    assert later.due_at > times.due_at
    assert later.prompt_at == times.prompt_at


@given(plans, instants)
def test_the_dates_of_a_plan_follow_one_another_without_a_gap(plan: Plan, now: datetime) -> None:
    first = rules.next_date(plan, now)
    assert first is not None
    assert rules.ends_at(first) > now, "it is not over everywhere"
    second = rules.next_date(plan, now, after=first)
    assert second is not None
    between = [first + timedelta(days=number) for number in range(1, (second - first).days)]
    assert not {day.weekday() for day in between} & plan.days


def test_it_is_at_the_same_time_of_day_before_and_after_the_clocks_change() -> None:
    friday, monday = date(2026, 10, 23), date(2026, 10, 26)
    before, after = (rules.times_of(DAILY, day, BERLIN) for day in (friday, monday))
    assert before is not None
    assert after is not None
    assert before.prompt_at == datetime(2026, 10, 23, 7, 30, tzinfo=UTC)
    assert after.prompt_at == datetime(2026, 10, 26, 8, 30, tzinfo=UTC)
    assert after.due_at == datetime(2026, 10, 26, 11, 30, tzinfo=UTC)


def test_only_own_working_time_counts_for_being_late() -> None:
    split = week_of((Window(time(8), time(11)), Window(time(15), time(18))))
    times = rules.times_of(DAILY, TUESDAY, WorkingTime(BERLIN.zone, split))
    assert times is not None
    assert BERLIN.local(times.due_at).time() == time(16, 30)


def test_without_a_time_or_a_day_there_is_none() -> None:
    now = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
    assert rules.next_date(Plan(None, WORKDAYS, DAILY.hours), now) is None
    assert rules.next_date(Plan(time(9), frozenset(), DAILY.hours), now) is None
    assert rules.times_of(Plan(None, WORKDAYS, DAILY.hours), TUESDAY, BERLIN) is None


@pytest.mark.parametrize(
    ("typed", "at", "days"),
    [
        ("09:30", time(9, 30), WORKDAYS),
        ("10 Mon-Thu", time(10), frozenset(range(4))),
        ("Mon, Wed 9:15", time(9, 15), frozenset({0, 2})),
        ("9 am", time(9), WORKDAYS),
        ("off", None, WORKDAYS),
    ],
)
def test_what_people_type_is_read(typed: str, at: time | None, days: frozenset[int]) -> None:
    assert rules.read_typed(typed, DAILY) == Plan(at, days, DAILY.hours)


@pytest.mark.parametrize("typed", ["tomorrow", "25:00", "09:30 Moonday", "9 10"])
def test_what_says_no_time_is_not_guessed(typed: str) -> None:
    with pytest.raises(Unreadable):
        rules.read_typed(typed, DAILY)


@given(plans)
def test_a_plan_comes_back_from_a_button_and_from_the_agreement(plan: Plan) -> None:
    assert rules.unwritten(rules.written(plan), plan) == plan
    assert rules.days_of(rules.ON.kind.read(rules.ON.kind.plain(rules.words_of(plan.days)))) == (
        plan.days
    )
    assert rules.read_days(rules.written_days(plan.days)) == plan.days


def test_off_is_read_as_people_and_files_write_it() -> None:
    for given_ in ("off", "none", False):
        assert rules.AT.kind.read(given_) is None
    assert rules.AT.kind.read(rules.AT.kind.plain(None)) is None


lines = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=6)


@given(lines, lines)
def test_promises_written_anew_are_the_same_ones_as_far_as_they_stay(
    before: list[str], after: list[str]
) -> None:
    known = [Promise(new_id(), what) for what in before]
    changes = rewritten(known, after)
    words = {each.id: each.what for each in known}
    result = {number: words[each] for each, number in changes.numbers.items()} | dict(changes.added)
    assert [result[number] for number in sorted(result)] == after
    assert changes.removed | set(changes.numbers) == set(words)
    for what in {*before, *after}:
        stays = sum(words[each] == what for each in changes.numbers)
        assert stays == min(before.count(what), after.count(what))


def test_still_being_on_it_alone_says_nothing() -> None:
    promised = new_id()
    assert Written(fates={promised: Fate.STILL}).is_empty
    assert not Written(fates={promised: Fate.DELIVERED}).is_empty
    assert not Written(watch_out=("The tank leaks",)).is_empty


def test_bullets_and_blank_lines_are_left_out() -> None:
    assert rules.lines_of("- one\n\n• two  words\n  *  three") == ("one", "two words", "three")
