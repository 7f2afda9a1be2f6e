"""What a calendar may say, and what it comes to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.parsing import MAX_EVENTS, occurrences
from bot.core.errors import CalendarRefused
from bot.core.ports import Shift
from tests.support.calendar_server import calendar

START = datetime(2026, 10, 5, tzinfo=UTC)
END = START + timedelta(weeks=8)
ONE = ["DTSTART:20261006T090000Z", "DTEND:20261007T090000Z", "SUMMARY:Ana"]


def _read(content: bytes, zone: str = "UTC") -> list[Shift]:
    return occurrences(content, START, END, zone)


def _at(day: int, hour: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def test_events_are_shifts_by_their_names() -> None:
    later = ["DTSTART:20261008T090000Z", "DTEND:20261009T090000Z", "SUMMARY: Mei\\, on call "]
    assert _read(calendar(later, ONE)) == [
        Shift(_at(6, 9), _at(7, 9), "Ana"),
        Shift(_at(8, 9), _at(9, 9), "Mei, on call"),
    ]


def test_whole_days_and_times_without_a_zone_are_those_of_the_rotation() -> None:
    whole = ["DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261026", "SUMMARY:Ana"]
    local = ["DTSTART:20261026T090000", "DTEND:20261026T170000", "SUMMARY:Mei"]
    assert _read(calendar(whole, local), "Europe/Berlin") == [
        Shift(_at(23, 22), _at(25, 23), "Ana"),  # the clocks go back in between
        Shift(_at(26, 8), _at(26, 16), "Mei"),
    ]


def test_a_day_without_an_end_is_that_day() -> None:
    (shift,) = _read(calendar(["DTSTART;VALUE=DATE:20261010", "SUMMARY:Ana"]))
    assert (shift.starts_at, shift.ends_at) == (_at(10), _at(11))


def test_what_repeats_keeps_the_hour_of_its_zone() -> None:
    weekly = [
        "DTSTART;TZID=Europe/Berlin:20261013T090000",
        "DTEND;TZID=Europe/Berlin:20261014T090000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "SUMMARY:Ana",
    ]
    assert [each.starts_at for each in _read(calendar(weekly))] == [
        _at(13, 7),
        _at(20, 7),
        _at(27, 8),
    ]


def test_what_was_called_off_or_left_out_is_no_shift() -> None:
    off = [*ONE, "STATUS:CANCELLED"]
    left_out = ["DTSTART:20261012T090000Z", "DTEND:20261013T090000Z", "RRULE:FREQ=DAILY;COUNT=2"]
    shifts = _read(calendar(off, [*left_out, "EXDATE:20261013T090000Z", "SUMMARY:Mei"]))
    assert [each.starts_at for each in shifts] == [_at(12, 9)]


def test_shifts_are_cut_off_where_nobody_looks() -> None:
    long = ["DTSTART:20200101T000000Z", "DTEND:20300101T000000Z", "SUMMARY:Ana"]
    over = ["DTSTART:20260901T000000Z", "DTEND:20260902T000000Z", "SUMMARY:Mei"]
    assert _read(calendar(long, over)) == [Shift(START, END, "Ana")]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no-calendar"),
        (b"<html>Please sign in</html>", "no-calendar"),
        (b"BEGIN:VCALENDAR\r\n", "no-calendar"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR", "no-calendar"),
        (calendar([*ONE, "RRULE:FREQ=SECONDLY"]), "too-often"),
        (calendar([*ONE, "RRULE:FREQ=MINUTELY;UNTIL=20270101T000000Z"]), "too-often"),
        (calendar([*ONE, "RRULE:FREQ=hourly"]), "too-often"),
        (calendar([*ONE, "RRULE:FREQ=DAILY;BYSECOND=1,2,3"]), "too-often"),
        (calendar([*ONE, "RRULE:FREQ=DAILY", "RRULE:FREQ=SECONDLY"]), "too-often"),
        (calendar([*ONE, "EXRULE:FREQ=SECONDLY"]), "too-often"),
        (calendar(*[ONE] * (MAX_EVENTS + 1)), "too-many"),
        (calendar(*[[*ONE, "RRULE:FREQ=DAILY"]] * 30), "too-many"),
        (calendar(["DTSTART:nonsense", "SUMMARY:Ana"]), "no-calendar"),
    ],
)
def test_what_is_no_calendar_or_too_much_of_one_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(CalendarRefused, match=why):
        _read(content)


def test_a_zone_with_a_rule_for_every_second_is_refused() -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:Bad", "BEGIN:STANDARD", "DTSTART:19700101T000000"]
    zone += ["RRULE:FREQ=SECONDLY", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "END:STANDARD"]
    with pytest.raises(CalendarRefused, match="too-often"):
        _read(calendar(["DTSTART;TZID=Bad:20261006T090000"], parts=[*zone, "END:VTIMEZONE"]))


_LINES = st.lists(
    st.sampled_from(
        [
            *ONE,
            "DTSTART;VALUE=DATE:20261009",
            "DTEND:20261001T000000Z",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,XX",
            "RRULE:FREQ=DAILY;INTERVAL=0",
            "RRULE:COUNT=3",
            "RDATE:20261020T000000Z",
            "EXDATE;VALUE=DATE:20261009",
            "DURATION:-PT1H",
            "DTSTART;TZID=Nowhere/Land:20261006T090000",
            "RECURRENCE-ID:20261006T090000Z",
            "SUMMARY;X=\x00:\ud83d\udd25".encode("utf-16", "surrogatepass").decode("utf-16"),
            "END:VEVENT",
            "BEGIN:VALARM",
            ":",
        ]
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def _parser() -> None:
    """The first calendar of a process takes longer: the parser is imported by it."""
    _read(calendar(ONE, ["DTSTART;TZID=Nowhere/Land:20261006T090000"]))


@pytest.mark.usefixtures("_parser")
@given(st.lists(_LINES, max_size=3))
def test_whatever_stands_in_it_is_shifts_in_order_or_refused(events: list[list[str]]) -> None:
    try:
        found = _read(calendar(*events))
    except CalendarRefused:
        return
    for each in found:
        assert START <= each.starts_at < each.ends_at <= END
    assert found == sorted(found, key=lambda each: each.starts_at)
