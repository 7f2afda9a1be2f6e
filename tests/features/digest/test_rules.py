"""When somebody's digest is due, and which conversations are worth a line."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.message_store import StoredMessage
from bot.core.working_time import WorkingTime
from bot.features.digest.rules import mornings as rules
from bot.features.digest.rules import threads
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


def _said(ts: int, user: str, thread: int | None = None) -> StoredMessage:
    at = datetime(2026, 10, 6, tzinfo=UTC) + timedelta(minutes=ts)
    root = None if thread is None else str(thread)
    return StoredMessage("C1", str(ts), user, f"message {ts}", root, at)


def test_new_threads_come_by_age_and_ones_own_are_left_out() -> None:
    said = [
        _said(1, "U1"),
        _said(2, "U2", 1),
        _said(3, "ME"),
        _said(4, "U1"),
        _said(5, "U2", 4),
        _said(6, "U3", 4),
    ]
    found = threads.threads_worth_a_line(said, "ME")
    assert [(t.first.ts, t.reply_count) for t in found] == [("1", 1), ("4", 2)]


def test_of_many_threads_the_busiest_and_then_the_newest_are_shown_by_age() -> None:
    said = [_said(number, "U1") for number in range(1, 9)]
    found = threads.threads_worth_a_line([*said, _said(10, "U2", 2)], "ME")
    assert [t.first.ts for t in threads.busiest(found)] == ["2", "5", "6", "7", "8"]


def test_hellos_are_not_worth_a_line_until_somebody_says_more() -> None:
    hello, answer = (replace(_said(1, "U1"), text="Hi <@U2>"), _said(2, "U2", 1))
    assert threads.threads_worth_a_line([hello], "ME") == []
    (thread,) = threads.threads_worth_a_line([hello, answer], "ME")
    assert thread.first == hello


def test_a_new_reply_to_an_old_message_counts_as_one() -> None:
    (thread,) = threads.threads_worth_a_line([_said(5, "U1", 1)], "ME")
    assert thread.reply_count == 1
    assert thread.first.thread_root == "1"
