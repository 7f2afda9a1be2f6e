"""Which addresses a calendar may be at, and that the one that was checked is the one asked."""

import pytest

from bot.calendars.addresses import Places
from bot.calendars.fetching import fetch
from bot.core.errors import CalendarRefused, CalendarUnavailable
from tests.support.calendar_server import CalendarServer, Sent, calendar

INTERNET = ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]
NOWHERE = [
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "100.64.0.1",  # of a provider's own network
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104 - not bound to
    "169.254.169.254",  # a cloud's own secrets
    "192.0.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::a00:1",
    "2001:0:a00:1::1",
    "2002:a00:1::1",
    "2001:db8::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", INTERNET)
def test_the_internet_is_asked(address: str) -> None:
    assert Places(resolve=lambda *_: [address]).of("calendar.example", 443) == [address]


@pytest.mark.parametrize("address", NOWHERE)
def test_nothing_in_this_network_is_asked(address: str) -> None:
    with pytest.raises(CalendarRefused, match="private"):
        Places(resolve=lambda *_: [address]).of("calendar.example", 443)


def test_one_private_address_among_several_is_enough() -> None:
    with pytest.raises(CalendarRefused, match="private"):
        Places(resolve=lambda *_: ["8.8.8.8", "10.0.0.1"]).of("calendar.example", 443)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "localhost", "127.1"]
)
def test_loopback_is_found_however_it_is_written(host: str) -> None:
    with pytest.raises((CalendarRefused, CalendarUnavailable)):
        fetch(f"https://{host}/team.ics", "", Places())


@pytest.mark.parametrize(
    "url",
    [
        "http://calendar.example/team.ics",
        "ftp://calendar.example/team.ics",
        "file:///etc/passwd",
        "https:///team.ics",
        "team.ics",
    ],
)
def test_only_https_is_asked(url: str) -> None:
    with pytest.raises(CalendarRefused):
        fetch(url, "", Places(resolve=lambda *_: ["8.8.8.8"]))


def test_an_address_with_a_password_is_refused() -> None:
    with pytest.raises(CalendarRefused, match="address"):
        fetch("https://me:secret@calendar.example/", "", Places(resolve=lambda *_: ["8.8.8.8"]))


def test_a_name_is_looked_up_once_and_what_was_checked_is_asked() -> None:
    """So a name that means another address a moment later leads nowhere else."""
    looked_up: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    with CalendarServer(Sent(calendar())) as server:
        url = f"http://calendar.example:{server.port}/team.ics"
        found = fetch(url, "", Places(loopback=True, resolve=resolve))
        assert found is not None
        assert server.asked[0]["host"] == f"calendar.example:{server.port}"
    assert looked_up == ["calendar.example"]


def test_where_it_is_sent_on_to_is_checked_anew() -> None:
    def resolve(host: str, _port: int) -> list[str]:
        return ["127.0.0.1"] if host == "calendar.example" else ["10.0.0.1"]

    sent = Sent(status=302, headers={"location": "http://inside.example/secrets"})
    with CalendarServer(sent) as server:
        url = f"http://calendar.example:{server.port}/team.ics"
        with pytest.raises(CalendarRefused, match="private"):
            fetch(url, "", Places(loopback=True, resolve=resolve))
        assert len(server.asked) == 1


def test_nobody_is_sent_round_and_round() -> None:
    with CalendarServer(Sent(status=302, headers={"location": "/again"})) as server:
        with pytest.raises(CalendarRefused, match="redirects"):
            fetch(server.url, "", Places(loopback=True))
        assert len(server.asked) == 4


def test_a_name_that_nobody_has_is_tried_again_later() -> None:
    with pytest.raises(CalendarUnavailable, match="name"):
        fetch("https://calendar.invalid/team.ics", "", Places())
