"""Which days people mean by what they type."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.leave import Leave
from bot.core.week import Unreadable
from bot.features.availability.rules import read_leave

TUESDAY = date(2026, 10, 6)
FRIDAY = date(2026, 10, 9)
DATES = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("text", "first_day", "last_day"),
    [
        ("until Friday", TUESDAY, FRIDAY),
        ("until fri.", TUESDAY, FRIDAY),
        ("till tomorrow", TUESDAY, date(2026, 10, 7)),
        ("today", TUESDAY, TUESDAY),
        ("tomorrow", date(2026, 10, 7), date(2026, 10, 7)),
        ("Thursday until Friday", date(2026, 10, 8), FRIDAY),
        ("until 2026-10-14", TUESDAY, date(2026, 10, 14)),
        ("until 24 Dec", TUESDAY, date(2026, 12, 24)),
        ("until Dec 24th", TUESDAY, date(2026, 12, 24)),
        ("24 Dec until 2 Jan", date(2026, 12, 24), date(2027, 1, 2)),
        ("from 24 Dec to 2 Jan", date(2026, 12, 24), date(2027, 1, 2)),
        ("24 Dec - 2 Jan", date(2026, 12, 24), date(2027, 1, 2)),
        ("until 24.12.", TUESDAY, date(2026, 12, 24)),
        ("until 24/12/2026", TUESDAY, date(2026, 12, 24)),
        ("until 12/24/2026", TUESDAY, date(2026, 12, 24)),
        ("until 11/11", TUESDAY, date(2026, 11, 11)),
        ("until 5 October", TUESDAY, date(2027, 10, 5)),
        ("for 3 days", TUESDAY, date(2026, 10, 8)),
        ("for a week", TUESDAY, date(2026, 10, 12)),
        ("2 weeks", TUESDAY, date(2026, 10, 19)),
        ("until Tuesday", TUESDAY, date(2026, 10, 13)),
    ],
)
def test_people_say_in_many_ways_until_when_they_are_away(
    text: str, first_day: date, last_day: date
) -> None:
    assert Leave(first_day, last_day) == read_leave(text, TUESDAY)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Until when?"),
        ("until later", "do not know which day"),
        ("until 10", "do not know which day"),
        ("until 3/4", "can be read in two ways"),
        ("until 2026-10-01", "over already"),
        ("24 Dec until 2026-12-20", "over already"),
        ("until 2031-01-01", "more than a year"),
        ("until 30 February", "do not know which day"),
        ("for 400 days", "more than a year"),
        ("until " + "9" * 400, "do not know which day"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_leave(text, TUESDAY)
    assert sentence in raised.value.sentence


@given(st.text(max_size=40), DATES)
def test_any_text_is_a_leave_to_come_or_unreadable(text: str, today: date) -> None:
    last_day = today
    try:
        last_day = read_leave(text, today).last_day
    except Unreadable:
        return
    assert today <= last_day <= today + timedelta(days=366)
