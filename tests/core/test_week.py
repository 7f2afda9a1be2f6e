"""Weeks and times of day as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.week import (
    NO_WEEK,
    OFFICE_WEEK,
    Unreadable,
    Week,
    Window,
    read_clock,
    read_week,
    week_of,
    write_week,
)

CLOCKS = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Any week whose days have up to three windows."""
    days = []
    for _ in range(7):
        clocks = sorted(set(draw(st.lists(CLOCKS, max_size=6))))
        pairs = zip(clocks[::2], clocks[1::2], strict=False)
        days.append(tuple(Window(start, end) for start, end in pairs))
    mon, tue, wed, thu, fri, sat, sun = days
    return (mon, tue, wed, thu, fri, sat, sun)


@given(weeks())
def test_what_is_written_reads_the_same(week: Week) -> None:
    assert read_week(write_week(week)) == week


@pytest.mark.slow
@given(st.text(max_size=60))
def test_any_text_is_a_week_or_gets_a_sentence(text: str) -> None:
    sentence = "."
    try:
        read_week(text)
    except Unreadable as unreadable:
        sentence = unreadable.sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("", NO_WEEK),
        ("9-17", OFFICE_WEEK),
        ("Mon-Fri 9:00-17:00", OFFICE_WEEK),
        ("monday to friday 9 am - 5 pm", OFFICE_WEEK),
        ("Mon, Tue, Wed, Thu, Fri 09:00 to 17:00", OFFICE_WEEK),
        ("Sun-Thu 8-16", week_of((Window(time(8), time(16)),), [6, 0, 1, 2, 3])),
        ("Sat 18:00-24:00", week_of((Window(time(18), time(0)),), [5])),
        (
            "Mon-Fri 08:00-12:00, 13:30-18:00",
            week_of((Window(time(8), time(12)), Window(time(13, 30), time(18)))),
        ),
    ],
)
def test_people_write_a_week_in_many_ways(text: str, week: Week) -> None:
    assert read_week(text) == week


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("always", "not a day of the week"),
        ("Mon-Fri", "not a stretch of time"),
        ("Mon 17-9", "ends before it begins"),
        ("Mon 9-12, 11-17", "overlap"),
        ("Mon 9-24, 13-14", "overlap"),
        ("Mon 9-12; Mon-Fri 13-17", "Mon stands there twice"),
        ("Mon 9-25", "no 25 on the clock"),
    ],
)
def test_an_unreadable_week_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_week(text)
    assert sentence in raised.value.sentence


def test_a_time_of_day_is_read_with_and_without_minutes() -> None:
    assert [read_clock(each) for each in ("9", "09:30", "4 pm", "12 am", "9.05")] == [
        time(9),
        time(9, 30),
        time(16),
        time(0),
        time(9, 5),
    ]
