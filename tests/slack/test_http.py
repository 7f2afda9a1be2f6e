"""Events over HTTP: only Slack's own are let in, stored before they are acknowledged."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from types import MappingProxyType
from urllib.parse import urlencode

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.app import Application
from bot.core import schema
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.errors import PortTaken
from bot.core.inbox import InboxRow
from bot.core.listening import listen
from bot.settings import Settings
from bot.slack.http import HttpServer, endpoint
from bot.slack.ingress import MAX_BODY, Ingress, Verifier

SECRET = "a-signing-secret"
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "message", "channel": "C1", "user": "U1", "text": "hi", "ts": "1.1"},
}


class Door:
    """A running endpoint and a client that can sign."""

    def __init__(self, url: str, database: Database) -> None:
        self.http = httpx2.Client(base_url=url, trust_env=False)
        self.database = database

    def knock(
        self,
        body: bytes,
        headers: Mapping[str, str] = MappingProxyType({}),
        *,
        age: timedelta = timedelta(),
        content_type: str = "application/json",
    ) -> int:
        timestamp = str(int((SystemClock().now() - age).timestamp()))
        signed = {
            "content-type": content_type,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": sign(timestamp, body),
        }
        answer = self.http.post(
            "/slack/events",
            content=body,
            headers={**signed, **headers},
        )
        return answer.status_code

    def stored(self) -> int:
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(InboxRow)) or 0


def sign(timestamp: str, body: bytes) -> str:
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()


@contextmanager
def _door(database_url: str) -> Iterator[Door]:
    app = Application(Settings(_env_file=None, database_url=database_url, slack_bot_token="xoxb-1"))
    free = listen("127.0.0.1", 0)
    port = free.getsockname()[1]
    free.close()
    asgi = endpoint(Ingress(app.bot), app._dispatch, Verifier(SECRET))
    server = HttpServer(asgi, "127.0.0.1", port)
    server.start()
    door = Door(f"http://127.0.0.1:{port}", app.bot.database)
    try:
        yield door
    finally:
        door.http.close()
        server.stop(monotonic() + 5)
        app.bot.database.close()


@pytest.fixture
def door(sqlite_url: str) -> Iterator[Door]:
    with _door(sqlite_url) as opened:
        yield opened


def test_a_signed_event_is_stored_and_acknowledged(door: Door) -> None:
    assert door.knock(json.dumps(EVENT).encode()) == 200
    assert door.stored() == 1


def test_f01_the_same_event_four_times_is_stored_once(door: Door) -> None:
    for retry in range(4):
        assert door.knock(json.dumps(EVENT).encode(), {"x-slack-retry-num": str(retry)}) == 200
    assert door.stored() == 1


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (timedelta(seconds=290), 200),
        (timedelta(seconds=310), 401),
        (timedelta(seconds=-290), 200),
        (timedelta(seconds=-310), 401),
    ],
)
def test_t13_a_signature_is_good_for_five_minutes(age: timedelta, status: int, door: Door) -> None:
    assert status == door.knock(json.dumps(EVENT).encode(), age=age)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-slack-request-timestamp": "abc"},
        {"x-slack-request-timestamp": ""},
        {"x-slack-request-timestamp": "1e9"},
        {"x-slack-request-timestamp": "9" * 5_000},
        {"x-slack-request-timestamp": "-1000000000"},
        {"x-slack-signature": ""},
        {"x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-signature": "v0=" + "Z" * 64},
        {"x-slack-signature": "v1=" + "0" * 64},
        {"x-slack-signature": "v0=" + "0" * 5_000},
        {"content-encoding": "gzip", "x-slack-signature": "v0=" + "1" * 64},
    ],
)
def test_t13_a_forged_request_is_refused(headers: dict[str, str], door: Door) -> None:
    assert door.knock(json.dumps(EVENT).encode(), headers) == 401
    assert door.stored() == 0


def test_t13_a_changed_body_is_refused(door: Door) -> None:
    timestamp = str(int(SystemClock().now().timestamp()))
    signature = sign(timestamp, b"{}")
    assert door.knock(json.dumps(EVENT).encode(), {"x-slack-signature": signature}) == 401


def test_t13_an_unsigned_request_is_refused(door: Door) -> None:
    assert door.http.post("/slack/events", json=EVENT).status_code == 401
    assert door.http.get("/").status_code == 404
    assert door.http.get("/slack/events").status_code == 405


def test_t15_a_certificate_check_is_no_way_in(door: Door) -> None:
    assert door.http.post("/slack/events", data={"ssl_check": "1"}).status_code == 401


def test_t14_a_huge_body_is_refused_before_anything_is_parsed(door: Door) -> None:
    assert door.knock(b"x" * (MAX_BODY + 1)) == 413


@pytest.mark.parametrize(
    "body", [b"[1, 2]", b"null", b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":NaN}', b'"x"']
)
def test_t14_odd_bodies_are_acknowledged_and_dropped(body: bytes, door: Door) -> None:
    assert door.knock(body) in {200, 401}
    assert door.stored() == 0


@settings(max_examples=60, deadline=None)
@given(body=st.binary(max_size=300))
def test_t14_no_signed_body_makes_it_fail(body: bytes, shared_door: Door) -> None:
    assert shared_door.knock(body) < 500


@pytest.fixture(scope="module")
def shared_door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    url = f"sqlite:///{tmp_path_factory.mktemp('door') / 'baton.db'}"
    database = Database(url)
    schema.migrate(database)
    database.close()
    with _door(url) as opened:
        yield opened


def test_the_address_proves_itself_to_slack(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    timestamp = str(int(SystemClock().now().timestamp()))
    answer = door.http.post(
        "/slack/events",
        content=body,
        headers={
            "content-type": "application/json",
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": sign(timestamp, body),
        },
    )
    assert (answer.status_code, answer.text) == (200, "abc")


def test_f33_a_notice_of_dropped_events_is_acknowledged(door: Door) -> None:
    notice = {"type": "app_rate_limited", "team_id": "T1", "minute_rate_limited": 1}
    assert door.knock(json.dumps(notice).encode()) == 200
    assert door.stored() == 0


def test_f19_an_event_that_cannot_be_stored_is_not_acknowledged(door: Door) -> None:
    with door.database.engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # holds the one write lock of SQLite
        assert door.knock(json.dumps(EVENT).encode()) == 500
        connection.rollback()
    assert door.knock(json.dumps(EVENT).encode()) == 200
    assert door.stored() == 1


def test_an_interaction_of_an_unknown_workspace_changes_nothing(door: Door) -> None:
    form = urlencode({"command": "/baton", "team_id": "T9", "user_id": "U1", "text": ""})
    status = door.knock(form.encode(), content_type="application/x-www-form-urlencoded")
    assert status == 200


def test_an_address_that_is_taken_is_a_sentence() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(PortTaken, match="set HOST and PORT"):
        listen("127.0.0.1", taken.getsockname()[1])
