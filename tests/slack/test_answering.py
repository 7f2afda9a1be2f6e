"""The short way: what is sent to Slack's address is answered however it comes in."""

import json
from collections.abc import Iterator

import pytest

from tests.support import payloads
from tests.support.door import HEAD_END, Door, raw, signed
from tests.support.door import door as doors

PAGE = b"GET /x HTTP/1.1\r\nhost: door\r\n\r\n"


@pytest.fixture
def door(sqlite_url: str) -> Iterator[Door]:
    with doors(sqlite_url) as opened:
        yield opened


def _request(event_id: str, *headers: tuple[str, str]) -> bytes:
    """A signed event on a connection that is kept."""
    body = json.dumps(payloads.event(event_id)).encode()
    return raw(body, *signed(body).items(), *headers).replace(b"connection: close\r\n", b"")


def _statuses(answer: bytes) -> list[int]:
    return [int(each.split(b" ", 1)[0]) for each in answer.split(b"HTTP/1.1 ")[1:]]


def test_events_follow_one_another_on_a_connection(door: Door) -> None:
    with door.socket() as connection:
        for number in range(5):
            connection.sendall(_request(f"Ev{number}"))
            answer = connection.recv(4_096)
            assert _statuses(answer) == [200]
            assert b"connection: close" not in answer
            assert answer.endswith(HEAD_END)
    assert door.stored() == 5


@pytest.mark.parametrize("size", [1, 2, 7, 64, 300])
def test_a_request_may_come_in_pieces(size: int, door: Door) -> None:
    request = _request("Ev1")
    with door.socket() as connection:
        for start in range(0, len(request), size):
            connection.send(request[start : start + size])
        assert _statuses(connection.recv(4_096)) == [200]
    assert door.stored() == 1


@pytest.mark.parametrize("behind", [b"POST /slack/events HTTP/1.1\r\n", PAGE, b"no"])
def test_what_comes_before_an_answer_is_to_be_sent_again(behind: bytes, door: Door) -> None:
    answer = door.says(_request("Ev1") + behind)
    assert _statuses(answer) == [200]
    assert b"connection: close" in answer
    assert door.stored() == 1


def test_an_event_behind_a_page_is_to_be_sent_again(door: Door) -> None:
    answer = door.says(PAGE + _request("Ev1"))
    assert _statuses(answer) == [404]
    assert door.stored() == 0


def test_a_page_and_an_event_may_follow_one_another(door: Door) -> None:
    with door.socket() as connection:
        for _ in range(2):
            connection.sendall(PAGE)
            assert _statuses(connection.recv(4_096)) == [404]
            connection.sendall(_request("Ev1"))
            assert _statuses(connection.recv(4_096)) == [200]
    assert door.stored() == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_only_what_is_sent_is_taken_in(method: str, door: Door) -> None:
    answer = door.http.request(method, "/slack/events")
    assert answer.status_code == 405
    assert door.knock(json.dumps(payloads.event("Ev1")).encode()) == 200


def test_whoever_asks_whether_to_go_on_may(door: Door) -> None:
    request = _request("Ev1", ("expect", "100-continue"))
    head, _, body = request.partition(HEAD_END)
    with door.socket() as connection:
        connection.sendall(head + HEAD_END)
        assert connection.recv(4_096) == b"HTTP/1.1 100 Continue" + HEAD_END
        connection.sendall(body)
        assert _statuses(connection.recv(4_096)) == [200]


def test_an_old_client_is_answered_and_let_go(door: Door) -> None:
    answer = door.says(_request("Ev1").replace(b"HTTP/1.1", b"HTTP/1.0"))
    assert _statuses(answer) == [200]
    assert b"connection: close" in answer


def test_a_wish_for_another_protocol_is_passed_over(door: Door) -> None:
    wish = (("connection", "Upgrade, HTTP2-Settings"), ("upgrade", "h2c"), ("http2-settings", "x"))
    with door.socket() as connection:
        for number in range(2):
            connection.sendall(_request(f"Ev{number}", *wish))
            assert _statuses(connection.recv(4_096)) == [200]
    assert door.stored() == 2
    assert _statuses(door.says(b"CONNECT door:80 HTTP/1.1\r\nhost: door\r\n\r\n")) == [400]


def test_an_address_may_have_a_query(door: Door) -> None:
    request = _request("Ev1").replace(b"/slack/events ", b"/slack/events?from=slack ")
    with door.socket() as connection:
        connection.sendall(request)
        assert _statuses(connection.recv(4_096)) == [200]
