"""What a server may send: within ten seconds and a megabyte."""

import gzip
import zlib

import pytest

from bot.calendars.addresses import Places
from bot.calendars.fetching import MAX_BYTES, fetch
from bot.core.clock import monotonic
from bot.core.errors import CalendarRefused, CalendarUnavailable
from tests.support.calendar_server import CalendarServer, Sent, calendar

HERE = Places(loopback=True)
PLAIN = calendar(["DTSTART:20261006T090000Z", "DTEND:20261007T090000Z", "SUMMARY:Ana"])


def test_a_calendar_is_got_with_its_version_and_not_twice() -> None:
    with CalendarServer(Sent(PLAIN, headers={"etag": '"1"'})) as server:
        found = fetch(server.url, "", HERE)
        assert found is not None
        assert (found.content, found.etag) == (PLAIN, '"1"')
        assert fetch(server.url, '"1"', HERE) is None
        assert fetch(server.url, '"0"', HERE) == found


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_packed_calendar_is_unpacked(packing: str) -> None:
    pack = gzip.compress if packing == "gzip" else zlib.compress
    with CalendarServer(Sent(pack(PLAIN), headers={"content-encoding": packing})) as server:
        found = fetch(server.url, "", HERE)
        assert found is not None
        assert found.content == PLAIN


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (Sent(b"x" * (MAX_BYTES + 1)), "size"),
        (Sent(b"x" * 65_536, is_endless=True), "size"),
        (Sent(gzip.compress(b"0" * 200_000_000, 1), headers={"content-encoding": "gzip"}), "size"),
        (Sent(b"no gzip", headers={"content-encoding": "gzip"}), "packing"),
        (Sent(PLAIN, headers={"content-encoding": "br"}), "packing"),
        (Sent(status=404), "not-there"),
        (Sent(status=403), "not-there"),
    ],
    ids=["long", "endless", "bomb", "broken gzip", "unknown packing", "gone", "forbidden"],
)
def test_what_cannot_be_taken_is_refused(sent: Sent, why: str) -> None:
    with CalendarServer(sent) as server, pytest.raises(CalendarRefused, match=why):
        fetch(server.url, "", HERE)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (Sent(status=503), "server"),
        (Sent(status=429), "server"),
        (Sent(b"B", every=0.05), "slow"),
    ],
    ids=["down", "busy", "dripping"],
)
def test_what_may_pass_is_tried_again_later(sent: Sent, why: str) -> None:
    begun = monotonic()
    with CalendarServer(sent) as server, pytest.raises(CalendarUnavailable, match=why):
        fetch(server.url, "", HERE, seconds=1.0)
    assert monotonic() - begun < 5


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with CalendarServer() as server:
        url = server.url
    with pytest.raises(CalendarUnavailable, match="connection"):
        fetch(url, "", HERE)
