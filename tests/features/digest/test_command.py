"""What people mean by what they type behind `/digest`."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.week import Unreadable
from bot.features.digest.rules.command import (
    DAILY,
    OFF,
    ON,
    WEEKLY,
    Question,
    SetTo,
    named,
    read,
)
from bot.features.digest.rules.settings import AT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Question.WHEN),
        ("now", Question.NOW),
        (" NOW! ", Question.NOW),
        ("help", Question.HELP),
        ("on", ON),
        ("off", OFF),
        ("Weekly", WEEKLY),
        ("daily.", DAILY),
    ],
)
def test_a_word(typed: str, meant: object) -> None:
    assert read(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("08:30", "08:30"),
        ("8:30", "08:30"),
        ("8.30", "08:30"),
        ("0830", "08:30"),
        ("830", "08:30"),
        ("8", "08:00"),
        ("8am", "08:00"),
        ("8 AM", "08:00"),
        ("830am", "08:30"),
        ("at 7:15 pm", "19:15"),
        ("12am", "00:00"),
        ("0000", "00:00"),
    ],
)
def test_a_time(typed: str, meant: str) -> None:
    assert read(typed) == SetTo(AT, meant)


@pytest.mark.parametrize(
    "typed",
    [
        *("25", "25:00", "24:00", "24", "2400", "0860", "9-5", "tomorrow", "8:3", "99999"),
        *("weekly friday", "weekly off", "off now", "10:00 weekly"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(typed)
    assert refused.value.sentence.endswith(".")
    assert refused.value.sentence.count(". ") == 0


@given(st.times())
def test_every_minute_can_be_typed_with_and_without_a_colon(at: time) -> None:
    assert read(f"{at:%H:%M}") == read(f"{at:%H%M}") == SetTo(AT, f"{at:%H:%M}")


@pytest.mark.parametrize("wanted", [ON, OFF, DAILY, WEEKLY, SetTo(AT, "08:30"), SetTo(AT, None)])
def test_what_a_button_is_called_says_what_it_does(wanted: SetTo) -> None:
    assert named(wanted.name) == wanted


@pytest.mark.parametrize("name", ["", "digest.at=25", "digest.hour=8", "asks.reminders=off"])
def test_a_name_that_stands_for_nothing_is_refused(name: str) -> None:
    assert named(name) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("weekly on friday", "your first working day of that week"),
        ("weekly off", "first weekly, then off"),
        ("weekly 10:00", "first weekly, then 10:00"),
    ],
)
def test_what_is_too_much_at_once_is_told_as_that(typed: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(typed)
    assert said in refused.value.sentence
