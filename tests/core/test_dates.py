"""Days as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.dates import DayOfYear, read_dates, read_day
from bot.core.week import Unreadable

DATES = st.dates(date(2026, 1, 1), date(2030, 12, 31))
CHRISTMAS_EVE = DayOfYear(24, 12)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("24 Dec", (CHRISTMAS_EVE,)),
        ("December 24th", (CHRISTMAS_EVE,)),
        ("24th of December 2026", (DayOfYear(24, 12, 2026),)),
        ("2026-12-24", (DayOfYear(24, 12, 2026),)),
        ("24.12.", (CHRISTMAS_EVE,)),
        ("24.12.26", (DayOfYear(24, 12, 2026),)),
        ("12/24", (CHRISTMAS_EVE,)),
        ("24/12", (CHRISTMAS_EVE,)),
        ("3/3", (DayOfYear(3, 3),)),
        ("3.4.", (DayOfYear(3, 4),)),
        ("3/4", (DayOfYear(3, 4), DayOfYear(4, 3))),
    ],
)
def test_a_date_is_read_in_every_way_it_can_be(text: str, readings: tuple[DayOfYear, ...]) -> None:
    assert read_dates(text) == readings


@pytest.mark.parametrize("text", ["", "5", "soon", "32 Foo", "2026-13-01", "30 February"])
def test_what_is_no_date_gets_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable):
        read_dates(text)


def test_a_day_need_not_be_in_every_year() -> None:
    leap_day = DayOfYear(29, 2)
    assert leap_day.in_year(2027) is None
    assert leap_day.in_year(2028) == date(2028, 2, 29)
    assert read_day("29 Feb", date(2026, 11, 21)) == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["2025-12-24", "24.12.2025"])
def test_a_year_that_was_written_holds(text: str) -> None:
    assert read_day(text, date(2026, 11, 21)) == date(2025, 12, 24)


@given(DATES, st.integers(0, 360), st.sampled_from(["%d %b", "%B %d", "%d %b %Y", "%Y-%m-%d"]))
def test_a_day_is_read_as_it_was_written(today: date, ahead: int, form: str) -> None:
    day = today + timedelta(days=ahead)
    assert read_day(day.strftime(form), today) == day
