"""A calendar is read in a process of its own, which ends."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.calendars.web import WebCalendars
from bot.core.clock import monotonic
from bot.core.errors import CalendarRefused, CalendarUnavailable
from bot.core.ports import Feed, Shift
from tests.support.calendar_server import CalendarServer, Sent, calendar

START = datetime(2026, 10, 5, tzinfo=UTC)
SPAN = (START, START + timedelta(weeks=8))
ONE = ["DTSTART;VALUE=DATE:20261006", "SUMMARY:Ana"]


@pytest.mark.slow
def test_a_calendar_is_read_and_not_again_while_it_is_the_same() -> None:
    calendars = WebCalendars(loopback=True, seconds=60)
    with CalendarServer(Sent(calendar(ONE), headers={"etag": '"1"'})) as server:
        found = calendars.read(server.url, "", "Asia/Tokyo", *SPAN)
        day = datetime(2026, 10, 5, 15, tzinfo=UTC)
        assert found == Feed([Shift(day, day + timedelta(days=1), "Ana")], '"1"')
        assert calendars.read(server.url, '"1"', "Asia/Tokyo", *SPAN) is None


@pytest.mark.slow
def test_this_machine_is_not_asked() -> None:
    with CalendarServer(Sent(calendar(ONE))) as server:
        for url in (server.url, server.url.replace("http:", "https:")):
            with pytest.raises(CalendarRefused):
                WebCalendars().read(url, "", "UTC", *SPAN)
        assert server.asked == []


@pytest.mark.slow
def test_a_calendar_that_takes_for_ever_to_read_holds_nobody_up() -> None:
    hard = [["DTSTART:19000101T000000Z", "RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2"]] * 2_000
    begun = monotonic()
    calendars = WebCalendars(loopback=True, seconds=3)
    with (
        CalendarServer(Sent(calendar(*hard))) as server,
        pytest.raises((CalendarUnavailable, CalendarRefused)),
    ):
        calendars.read(server.url, "", "UTC", *SPAN)
    assert monotonic() - begun < 8
