"""T13 and T15: only what Slack signed within five minutes is let in, whatever the headers say."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from shutil import copy
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import StoppedClock, SystemClock
from bot.slack.ingress import Verifier
from tests.support import payloads
from tests.support.door import FORM, SECRET, Door, raw, sign, signed
from tests.support.door import door as doors

NOW: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
STAMP: Final = str(int(NOW.timestamp()))
BODY: Final = json.dumps(payloads.event()).encode()
TIME, SIGNATURE = b"x-slack-request-timestamp", b"x-slack-signature"
ARABIC: Final = STAMP.translate({ord("0") + digit: 0x0660 + digit for digit in range(10)})

TIMESTAMPS: Final = {
    "words": b"abc",
    "empty": b"",
    "power": b"1e9",
    "power of ten digits": b"1000000e10",
    "5000 digits": b"9" * 5_000,
    "negative": b"-1000000000",
    "plus": b"+" + STAMP.encode()[:9],
    "fraction": STAMP.encode() + b".0",
    "nine digits": STAMP.encode()[:9],
    "eleven digits": b"0" + STAMP.encode(),
    "spaces": b" " + STAMP.encode(),
    "newline": STAMP.encode() + b"\n",
    "nul": STAMP.encode()[:9] + b"\x00",
    "arabic digits": ARABIC.encode(),
    "latin-1": b"\xb9" * 10,
    "underscores": b"1_79127360",
    "hex": b"0x6ac3a0a0",
    "zero": b"0" * 10,
    "far future": b"9" * 10,
}
SIGNATURES: Final = {
    "empty": b"",
    "zeros": b"v0=" + b"0" * 64,
    "upper case": None,
    "no version": None,
    "other version": None,
    "no hex": b"v0=" + b"Z" * 64,
    "short": b"v0=" + b"0" * 63,
    "long": b"v0=" + b"0" * 65,
    "5000 characters": b"v0=" + b"0" * 5_000,
    "not ascii": b"v0=" + "\u0660".encode() * 32,
    "latin-1": b"v0=" + b"\xe9" * 64,
    "newline": None,
    "of another secret": None,
    "of another body": None,
    "of another time": None,
    "of no body": None,
}


def _right(body: bytes = BODY) -> bytes:
    return sign(STAMP, body).encode()


def _wrong(name: str) -> bytes:
    """A signature made from the right one, where the table has none."""
    right = _right()
    made = {
        "upper case": b"v0=" + right[3:].upper(),
        "no version": right[3:],
        "other version": b"v1=" + right[3:],
        "newline": right + b"\n",
        "of another secret": sign(STAMP, BODY, "another").encode(),
        "of another body": _right(BODY + b" "),
        "of another time": sign(str(int(STAMP) - 1), BODY).encode(),
        "of no body": _right(b""),
    }
    return SIGNATURES[name] or made.get(name, b"")


@pytest.fixture
def verifier() -> Verifier:
    return Verifier(SECRET, StoppedClock(NOW))


@pytest.fixture(scope="module")
def door(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    path = copy(_sqlite_template, tmp_path_factory.mktemp("door") / "baton.db")
    with doors(f"sqlite:///{path}") as opened:
        yield opened


@pytest.mark.parametrize(
    ("seconds", "is_good"),
    [(0, True), (299, True), (300, True), (301, False), (3_600, False), (10**9, False)],
)
@pytest.mark.parametrize("sign_of_it", [1, -1])
def test_t13_a_signature_is_good_for_five_minutes_either_way(
    seconds: int, sign_of_it: int, *, is_good: bool, verifier: Verifier
) -> None:
    stamp = str(int(STAMP) - sign_of_it * seconds).rjust(10, "0")
    headers = [(TIME, stamp.encode()), (SIGNATURE, sign(stamp, BODY).encode())]
    assert verifier.accepts(BODY, headers) is is_good
    assert verifier.awaits(headers) is is_good


@pytest.mark.parametrize("name", TIMESTAMPS)
def test_t13_a_time_that_is_none_is_refused(name: str, verifier: Verifier) -> None:
    stamp = TIMESTAMPS[name]
    signature = sign(stamp.decode("latin-1"), BODY) if stamp.isascii() else sign(STAMP, BODY)
    headers = [(TIME, stamp), (SIGNATURE, signature.encode())]
    assert not verifier.awaits(headers)
    assert not verifier.accepts(BODY, headers)


@pytest.mark.parametrize("name", SIGNATURES)
def test_t13_a_signature_that_is_another_is_refused(name: str, verifier: Verifier) -> None:
    assert verifier.accepts(BODY, [(TIME, STAMP.encode()), (SIGNATURE, _right())])
    assert not verifier.accepts(BODY, [(TIME, STAMP.encode()), (SIGNATURE, _wrong(name))])


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(TIME, STAMP.encode())],
        [(SIGNATURE, _right())],
        [(TIME, STAMP.encode()), (TIME, STAMP.encode()), (SIGNATURE, _right())],
        [(TIME, STAMP.encode()), (SIGNATURE, _right()), (SIGNATURE, _right())],
        [(TIME, STAMP.encode()), (b"X-Slack-Signature", _right()), (SIGNATURE, b"v0=")],
        [(TIME, STAMP.encode()), (SIGNATURE, _right()), (b"content-encoding", b"gzip")],
        [(TIME, STAMP.encode()), (SIGNATURE, _right()), (b"Content-Encoding", b"identity")],
        [(b"\xff\xfe", b"\xff"), (TIME, b"\xff" * 10), (SIGNATURE, b"\xff" * 67)],
    ],
    ids=["none", "no signature", "no time", "two times", "two signatures", "two cases", "gzip",
         "identity", "no text"],
)  # fmt: skip
def test_t13_missing_doubled_and_packed_is_refused(
    headers: list[tuple[bytes, bytes]], verifier: Verifier
) -> None:
    assert not verifier.awaits(headers)
    assert not verifier.accepts(BODY, headers)


def test_t13_without_a_secret_nothing_is_signed() -> None:
    headers = [(TIME, STAMP.encode()), (SIGNATURE, sign(STAMP, BODY, "").encode())]
    assert not Verifier("", StoppedClock(NOW)).accepts(BODY, headers)


@given(
    body=st.binary(max_size=200),
    headers=st.lists(
        st.tuples(st.sampled_from([TIME, SIGNATURE]) | st.binary(max_size=30), st.binary())
    ),
)
def test_t13_no_body_and_no_headers_make_the_verifier_fail(
    body: bytes, headers: list[tuple[bytes, bytes]]
) -> None:
    assert Verifier(SECRET, StoppedClock(NOW)).accepts(body, headers) is False


@pytest.mark.parametrize(("age", "status"), [(290, 200), (310, 401), (-290, 200), (-310, 401)])
def test_t13_old_and_early_requests_are_refused_at_the_door(
    age: int, status: int, door: Door
) -> None:
    assert door.knock(BODY, age=timedelta(seconds=age)) == status


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer else 0


@pytest.mark.parametrize("name", sorted(set(TIMESTAMPS) - {"newline", "nul", "spaces"}))
def test_t13_a_time_that_is_none_is_401_at_the_door(name: str, door: Door) -> None:
    stored = door.stored()
    stamp = TIMESTAMPS[name].decode("latin-1")
    headers = (TIME.decode(), stamp), (SIGNATURE.decode(), sign(STAMP, BODY))
    assert _status(door.says(raw(BODY, *headers))) == 401
    assert door.stored() == stored


@pytest.mark.parametrize("name", sorted(set(SIGNATURES) - {"newline"}))
def test_t13_a_signature_that_is_another_is_401_at_the_door(name: str, door: Door) -> None:
    stored = door.stored()
    now = str(int(SystemClock().now().timestamp()))
    signature = _wrong(name).decode("latin-1")
    answer = door.says(raw(BODY, (TIME.decode(), now), (SIGNATURE.decode(), signature)))
    assert _status(answer) == 401
    assert door.stored() == stored


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ([], 200),
        ([("x-slack-signature", "v0=" + "0" * 64)], 401),
        ([("X-SLACK-SIGNATURE", "again")], 401),
        ([("x-slack-request-timestamp", "again")], 401),
        ([("content-encoding", "gzip")], 401),
        ([("content-encoding", "gzip, br")], 401),
        ([("content-type", "application/json; charset=\xff")], 200),
        ([("content-type", FORM)], 200),
        ([("x-forwarded-for", "\xff, [::, 1.2.3.4:x"), ("x-forwarded-proto", "\x80")], 200),
        ([("x-forwarded-for", "\xff, [::, 1.2.3.4:x"), ("x-forwarded-proto", "wss")], 200),
        ([("x odd", "1")], 400),
        ([("x-forwarded-proto", "\x7f")], 400),  # no HTTP (RFC 9110, 5.5)
        ([("upgrade", "websocket"), ("connection", "upgrade")], 200),
    ],
)
def test_t13_headers_twice_packed_and_odd_at_the_door(
    extra: list[tuple[str, str]], status: int, door: Door
) -> None:
    body = json.dumps(payloads.event(f"Ev{abs(hash(str(extra)))}")).encode()
    assert _status(door.says(raw(body, *signed(body).items(), *extra))) == status


@pytest.mark.parametrize("missing", ["both", "x-slack-signature", "x-slack-request-timestamp"])
@pytest.mark.parametrize("body", [b"ssl_check=1&token=t", b"", BODY, b"payload=%7B%7D"])
def test_t15_what_is_unsigned_is_401_also_a_check_of_the_certificate(
    missing: str, body: bytes, door: Door
) -> None:
    given = signed(body).items() if missing != "both" else ()
    headers = [(name, value) for name, value in given if name != missing]
    assert _status(door.says(raw(body, *headers))) == 401


def test_t15_a_signed_check_of_the_certificate_is_acknowledged(door: Door) -> None:
    assert door.does(b"ssl_check=1&token=t") == 200


def test_t13_a_request_that_comes_again_within_five_minutes_has_no_effect(door: Door) -> None:
    body = json.dumps(payloads.event("EvAGAIN")).encode()
    headers = signed(body)
    before = door.stored()
    assert [_status(door.says(raw(body, *headers.items()))) for _ in range(4)] == [200] * 4
    assert door.stored() == before + 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    list(product(["GET", "PUT", "HEAD"], ["/slack/events"], [405]))
    + list(product(["GET", "POST"], ["/", "/slack/events/", "/docs", "/%00"], [404])),
)
def test_t13_there_is_one_way_in(method: str, path: str, status: int, door: Door) -> None:
    assert door.http.request(method, path).status_code == status


@pytest.mark.parametrize("target", ["//evil.example/", "http://evil.example/slack/events/", "*"])
@pytest.mark.parametrize("host", ["evil.example", "[", "a b", ""])
def test_t13_no_address_that_somebody_names_is_answered_with(
    target: str, host: str, door: Door
) -> None:
    answer = door.says(
        f"GET {target} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n".encode()
    )
    assert 400 <= _status(answer) < 500
    assert b"evil" not in answer
