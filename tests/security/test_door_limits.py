"""T14: nobody keeps the door busy: not with much, not with little at a time, not with depth."""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from select import select as readable
from shutil import copy
from time import process_time
from typing import Final

import pytest

from bot.core.clock import monotonic
from bot.slack.connections import MOST_RECEIVING, Receiving
from bot.slack.ingress import MAX_BODY, PATH
from bot.slack.payloads import MAX_DEPTH, read_form, read_object
from tests.support import payloads
from tests.support.door import FORM, PATIENCE, Door, raw, signed
from tests.support.door import door as doors

SHORT: Final = 0.5  # seconds in which a request has to be here, in these tests
QUICK: Final = 2.0  # seconds in which Slack has its answer, on a busy machine
HEAD: Final = f"POST {PATH} HTTP/1.1\r\nhost: door\r\n".encode()
_INBOX: Final = "bot.core.inbox"
_CLIENT: Final = ("httpx2", "httpcore2")  # of this test itself, which logs where all is logged
LAST: Final = HEAD + b"connection: close\r\n"


@pytest.fixture(scope="module")
def door(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    path = copy(_sqlite_template, tmp_path_factory.mktemp("door") / "baton.db")
    with doors(f"sqlite:///{path}") as opened:
        yield opened


@pytest.fixture
def hasty(sqlite_url: str) -> Iterator[Door]:
    """A door that waits for a request no longer than half a second."""
    with doors(sqlite_url, receiving=Receiving(seconds=SHORT)) as opened:
        yield opened


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


def _deep(depth: int) -> bytes:
    event = payloads.event("EvDEEP")
    event["event"]["blocks"] = 0
    body = json.dumps(event).encode()
    levels = depth - 2  # the payload and its event are two
    return body.replace(b'"blocks": 0', b'"blocks": ' + b"[" * levels + b"]" * levels)


def _is_answered_quickly(door: Door, event_id: str) -> None:
    began = monotonic()
    assert door.knock(json.dumps(payloads.event(event_id)).encode()) == 200
    assert monotonic() - began < QUICK


@pytest.mark.parametrize(
    ("size", "status"), [(MAX_BODY, 200), (MAX_BODY + 1, 413), (MAX_BODY * 8, 413)]
)
def test_t14_a_body_has_a_megabyte_at_most(size: int, status: int, door: Door) -> None:
    assert door.knock(b"x" * size) == status
    assert door.stored() == 0


@pytest.mark.parametrize(("pieces", "status"), [(16, 200), (17, 413)])
def test_t14_a_body_in_chunks_has_no_more(pieces: int, status: int, door: Door) -> None:
    body = b"x" * 65_536 * pieces
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    lines = "".join(f"{name}: {value}\r\n" for name, value in signed(body).items()).encode()
    chunked = HEAD + lines + b"transfer-encoding: chunked\r\nconnection: close\r\n\r\n"
    assert _status(door.says(chunked + chunk * pieces + b"0\r\n\r\n")) == status


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "9" * 5_000, "5, 6", "", "0x10"])
def test_t14_a_length_that_is_none_is_refused(length: str, door: Door) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in signed(b"{}").items())
    request = HEAD + f"{lines}content-length: {length}\r\n\r\n{{}}".encode()
    assert 400 <= _status(door.says(request)) < 500


def test_t14_a_length_that_lies_lets_nothing_in(hasty: Door) -> None:
    body = json.dumps(payloads.event()).encode()
    headers = signed(body).items()
    began = monotonic()
    assert hasty.says(raw(body, *headers, length=len(body) + 1)) == b"", "cut: it never comes"
    assert SHORT / 2 < monotonic() - began < PATIENCE / 2
    assert _status(hasty.says(raw(body, *headers, length=len(body) - 1))) == 401
    assert hasty.stored() == 0


@pytest.mark.parametrize(
    "request_",
    [
        LAST + b"x-long: " + b"x" * 70_000 + b"\r\n\r\n",
        HEAD + b"x-many: 1\r\n" * 20_000 + b"\r\n",
        b"POST /" + b"x" * 70_000 + b" HTTP/1.1\r\nhost: door\r\nconnection: close\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 1_000 + b"\r\n\r\n",
        LAST + b"transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\nhello",
        HEAD + b"content-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        HEAD + b"transfer-encoding: chunked\r\n\r\nSECRETBODY\r\n",
    ],
    ids=["long header", "many", "long path", "tls", "nul", "two lengths", "another", "no chunk"],
)
def test_t14_what_is_no_http_is_refused_or_cut(
    request_: bytes, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    assert _status(door.says(request_)) in {0, 400, 401, 404}
    _is_answered_quickly(door, "EvAFTER")
    assert "SECRETBODY" not in caplog.text
    others = (*_CLIENT, _INBOX)  # it tells of the event that came after
    ours = [each for each in caplog.records if not each.name.startswith(others)]
    assert ours == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "start",
    [b"", b"POST ", HEAD, HEAD + b"content-length: 100000\r\n\r\n{", HEAD + b"x-a: "],
    ids=["nothing", "a word", "some headers", "a body", "half a header"],
)
def test_t14_a_request_that_drips_is_cut_in_time(start: bytes, hasty: Door) -> None:
    began = monotonic()
    with hasty.socket() as dripping:
        dripping.sendall(start)
        try:
            while monotonic() - began < PATIENCE:
                dripping.send(b"x")
                if readable([dripping], [], [], SHORT / 10)[0] and not dripping.recv(4_096):
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert monotonic() - began < PATIENCE / 2


def test_t14_the_rest_of_what_was_refused_is_not_waited_for_either(hasty: Door) -> None:
    began = monotonic()
    with hasty.socket() as refused:
        refused.sendall(HEAD + b"content-length: 1000000\r\n\r\n")
        assert _status(refused.recv(4_096)) == 401
        try:
            while monotonic() - began < PATIENCE:
                refused.send(b"x")
                if readable([refused], [], [], SHORT / 10)[0] and not refused.recv(4_096):
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert monotonic() - began < PATIENCE / 2


def test_t14_two_hundred_slow_clients_hold_nobody_up(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = 200
    with ExitStack() as stack:
        sockets = [stack.enter_context(door.socket()) for _ in range(slow)]
        for number, each in enumerate(sockets):
            half = HEAD if number % 2 else HEAD + b"content-length: 1000000\r\n"
            _send(each, half + b"".join(f"{n}: {v}\r\n".encode() for n, v in signed(b"").items()))
        _until_most_are_cut(sockets)
        began = monotonic()
        for number in range(20):
            assert door.knock(json.dumps(payloads.event(f"EvSLOW{number}")).encode()) == 200
        took = (monotonic() - began) / 20
        open_still = slow - sum(_is_cut(each) for each in sockets)
    with capsys.disabled():
        print(f"\nT14: {slow} slow clients: {took * 1000:.1f} ms an event, {open_still} kept")  # noqa: T201
    assert took < QUICK
    assert open_still <= MOST_RECEIVING


def _until_most_are_cut(sockets: list[socket.socket]) -> None:
    """Waits until all were taken in: those that come after an event might take its place."""
    kept = list(sockets)
    while len(kept) > MOST_RECEIVING:
        heard = readable(kept, [], [], PATIENCE)[0]
        assert heard, f"{len(kept)} slow clients are kept"
        kept = [each for each in kept if each not in heard or not _is_cut(each)]


def _send(connection: socket.socket, data: bytes) -> None:
    try:
        connection.sendall(data)
    except (BrokenPipeError, ConnectionResetError):
        return


def _is_cut(connection: socket.socket) -> bool:
    try:
        return bool(readable([connection], [], [], 0)[0]) and not connection.recv(4_096)
    except ConnectionResetError:
        return True


@pytest.mark.parametrize(
    ("depth", "stored"), [(3, 1), (MAX_DEPTH, 1), (MAX_DEPTH + 1, 0), (900, 0), (100_000, 0)]
)
def test_t14_what_is_too_deep_is_acknowledged_and_dropped(
    depth: int, stored: int, sqlite_url: str
) -> None:
    with doors(sqlite_url) as opened:
        assert opened.knock(_deep(depth)) == 200
        assert opened.stored() == stored


LARGE: Final = {
    "lists in lists": b"[" * MAX_BODY,
    "objects in objects": b'{"a":' * (MAX_BODY // 5),
    "many lists": b"{" + b'"a":[' + b"[]," * (MAX_BODY // 3 - 10) + b"[]]}",
    "many keys": b"{" + b'"a":1,' * (MAX_BODY // 6 - 2) + b'"b":1}',
    "digits": b'{"a":' + b"9" * (MAX_BODY - 6) + b"}",
    "a fraction": b'{"a":0.' + b"9" * (MAX_BODY - 8) + b"}",
    "an exponent": b'{"a":1e' + b"9" * (MAX_BODY - 8) + b"}",
    "a string": b'{"a":"' + b"x" * (MAX_BODY - 8) + b'"}',
    "escapes": b'{"a":"' + b"\\u0000" * (MAX_BODY // 6 - 2) + b'"}',
    "open string": b'{"a":"' + b"\\" * (MAX_BODY - 6),
    "spaces": b" " * (MAX_BODY - 2) + b"{}",
    "bad utf-8": b'{"a":"' + b"\xff" * (MAX_BODY - 8) + b'"}',
}


@pytest.mark.parametrize("name", LARGE)
def test_t14_a_megabyte_of_anything_is_read_in_a_moment(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    began = process_time()
    found = read_object(LARGE[name])
    took = process_time() - began
    with capsys.disabled():
        print(f"\nT14: 1 MiB of {name}: {took * 1000:.0f} ms")  # noqa: T201
    assert set(found) <= {"a", "b"}
    assert took < QUICK


@pytest.mark.parametrize(
    "body", [b"&" * MAX_BODY, b"a=1&" * (MAX_BODY // 4), b"%ff" * (MAX_BODY // 3), b"=" * MAX_BODY]
)
def test_t14_a_megabyte_of_fields_is_read_in_a_moment(body: bytes) -> None:
    began = process_time()
    assert len(read_form(body)) <= 1
    assert process_time() - began < QUICK


@pytest.mark.parametrize(
    "body",
    [
        b"[1, 2]", b"null", b"", b"{", b"\xff\xfe", b"true", b'"x"', b"{}", b"5", b"\xef\xbb\xbf{}",
        b'{"type": 5}', b'{"team_id": "T1"}', b'{"team_id": "T\\u0000", "event_id": "Ev1"}',
        b'{"team_id": "\\ud800", "event_id": "Ev1"}', b'{"team_id": ["T1"], "event_id": {}}',
        b'{"team_id": "T1", "event_id": "' + b"E" * 5_000 + b'"}', b"payload=", b"payload",
        b"payload=%7B", b"payload=%5B1%2C2%5D", b"payload=%FF%FE", b"payload=\xff\xfe",
        b"\xff=\xff",
        b"command=%2Fbaton", b"command=%00&team_id=%00&user_id=%ED%A0%80", b"a=1&" * 1_000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("content_type", ["application/json", FORM, "", "text/plain; charset=x"])
def test_t14_odd_bodies_are_acknowledged_and_dropped(
    body: bytes, content_type: str, door: Door
) -> None:
    before = door.stored()
    assert door.knock(body, content_type=content_type) == 200
    assert door.stored() == before
