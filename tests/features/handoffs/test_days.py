"""When somebody is offered to hand over: before each of their working days ends, once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.week import MIDNIGHT, NO_WEEK, OFFICE_WEEK, Week, read_week
from bot.core.working_time import WorkingTime
from bot.features.handoffs.rules.days import AHEAD, Ending, Endings

BERLIN: Final = WorkingTime(ZoneInfo("Europe/Berlin"))
DAY: Final = timedelta(days=1)
ZONES: Final = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
WEEKS: Final = st.sampled_from(
    [
        OFFICE_WEEK,
        read_week("Mon-Thu 08:00-12:00, 13:30-18:00; Fri 08:00-13:00"),
        read_week("Mon-Sun 16:00-00:00"),
        read_week("Mon-Sun 00:00-03:00"),
        read_week("Sun-Thu 09:00-09:10"),
        read_week("Sat 22:00-23:30"),
    ]
)
INSTANTS: Final = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001
    datetime(2027, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def october(day: int, clock: str) -> datetime:
    """An instant in Berlin."""
    local = datetime.combine(date(2026, 10, day), time.fromisoformat(clock), BERLIN.zone)
    return local.astimezone(UTC)


def until(endings: Endings, start: datetime, end: datetime) -> list[Ending]:
    """The endings between two instants."""
    return list(takewhile(lambda each: each.at < end, endings.after(start)))


def days_of(person: WorkingTime, start: datetime, end: datetime) -> Iterator[date]:
    """The working dates that lie between two instants as a whole, and leave time for work."""
    day = person.local(start).date() + DAY
    while day < person.local(end).date():
        if person.stretches_of(day):
            yield day
        day += DAY


def test_it_is_offered_a_quarter_of_an_hour_before_the_end() -> None:
    assert Endings(BERLIN).of(date(2026, 10, 6)) == Ending(date(2026, 10, 6), october(6, "16:45"))


def test_on_a_split_day_it_is_offered_in_the_last_part() -> None:
    split = WorkingTime(BERLIN.zone, read_week("Mon-Fri 08:00-12:00, 13:30-18:00"))
    found = Endings(split).of(date(2026, 10, 6))
    assert found is not None
    assert found.at == october(6, "17:45")


def test_in_a_window_that_is_too_short_it_is_offered_at_its_start() -> None:
    short = WorkingTime(BERLIN.zone, read_week("Mon-Fri 09:00-09:10"))
    found = Endings(short).of(date(2026, 10, 6))
    assert found is not None
    assert found.at == october(6, "09:00")


def test_a_weekend_a_holiday_and_leave_have_no_end() -> None:
    away = WorkingTime(BERLIN.zone, days_off={date(2026, 10, 6)})
    assert Endings(away).of(date(2026, 10, 6)) is None
    assert Endings(away).of(date(2026, 10, 10)) is None
    assert next(Endings(away).after(october(5, "17:00"))).day == date(2026, 10, 7)


def test_a_focus_block_at_the_end_of_the_day_is_not_disturbed() -> None:
    focus = read_week("Mon-Fri 15:00-17:00")
    found = Endings(BERLIN, focus=focus).of(date(2026, 10, 6))
    assert found is not None
    assert found.at == october(6, "14:45")


def test_it_comes_in_the_last_comms_window() -> None:
    comms = read_week("Mon-Fri 09:30-10:00, 13:00-14:00")
    found = Endings(BERLIN, comms=comms).of(date(2026, 10, 6))
    assert found is not None
    assert found.at == october(6, "13:45")


def test_whoever_is_never_open_to_messages_has_a_day_that_ends_all_the_same() -> None:
    focus = read_week("Mon-Fri 09:00-17:00")
    assert Endings(BERLIN, focus=focus).of(date(2026, 10, 6)) == Endings(BERLIN).of(
        date(2026, 10, 6)
    )


def test_it_is_due_from_its_instant_to_the_end_of_its_date() -> None:
    endings = Endings(BERLIN)
    assert endings.due(october(6, "16:44")) is None
    for clock in ("16:45", "17:30", "23:59"):
        found = endings.due(october(6, clock))
        assert found is not None
        assert found.day == date(2026, 10, 6)
    assert endings.due(october(7, "00:00")) is None


@given(ZONES, WEEKS, INSTANTS)
@settings(max_examples=60, deadline=None)
def test_every_working_date_ends_once_whatever_the_clocks_do(
    zone: ZoneInfo, week: Week, start: datetime
) -> None:
    person, end = WorkingTime(zone, week), start + 40 * DAY
    found = until(Endings(person), start, end)
    days = [each.day for each in found]
    assert days == sorted(set(days))
    assert set(days_of(person, start, end)) <= set(days)
    for each in found:
        last_start, last_end = person.stretches_of(each.day)[-1]
        assert person.local(each.at).date() == each.day
        assert person.is_working(each.at)
        assert each.at == max(last_start, last_end - AHEAD)


@given(st.lists(st.tuples(ZONES, st.integers(1, 200)), min_size=1, max_size=6), WEEKS, INSTANTS)
@settings(max_examples=60, deadline=None)
def test_who_travels_is_offered_once_on_each_date_whose_end_they_are_there_for(
    legs: list[tuple[ZoneInfo, int]], week: Week, start: datetime
) -> None:
    """As the job does it: looked at when it is due, and whenever somebody is in another zone."""
    now, offered = start, list[date]()
    for zone, hours in legs:
        endings, leaves = Endings(WorkingTime(zone, week)), now + timedelta(hours=hours)
        expected = {each.day for each in until(endings, now, leaves)}
        while now < leaves:
            ending = endings.due(now)
            if ending is not None and ending.day not in offered and endings.person.is_working(now):
                offered.append(ending.day)
            now = min(next(endings.after(now)).at, leaves)
        assert expected <= set(offered)
    assert len(offered) == len(set(offered))


def test_without_focus_blocks_and_comms_windows_all_working_time_counts() -> None:
    endings = Endings(BERLIN, NO_WEEK, NO_WEEK)
    assert endings.of(date(2026, 10, 6)) == Endings(BERLIN).of(date(2026, 10, 6))
    begins = BERLIN.at(date(2026, 10, 6), MIDNIGHT)
    assert next(endings.after(begins)).day == date(2026, 10, 6)
