"""What Slack signed may still be odd: it is acknowledged, has no effect, and is in no log."""

import json
import socket
from collections.abc import Iterator
from select import select as readable
from typing import Any, Final

import pytest
from sqlalchemy import select

from bot.core.events import MessagePosted
from bot.core.inbox import InboxRow
from bot.slack.inbound import parse_event
from bot.slack.payloads import read_object
from tests.support import payloads
from tests.support.door import (
    FORM,
    Door,
    form,
    interaction,
    nothing_came_of_it,
    settle_in,
    signed,
)
from tests.support.door import door as doors
from tests.support.hostile_bodies import RAW, with_raw

NOWHERE: Final = "http://127.0.0.1:9/api/"  # nobody listens there
CANARY: Final = "kanarienvogel"

INTERACTIONS: Final = {
    "command": lambda **more: form(payloads.command("find it", **more)),
    "press": lambda **more: interaction(payloads.press(**more)),
    "shortcut": lambda **more: interaction(payloads.shortcut(**more)),
    "form": lambda **more: interaction({**payloads.form(), **more}),
}


@pytest.fixture
def door(sqlite_url: str) -> Iterator[Door]:
    """A door of an app that is at home in T1, while Slack itself cannot be reached."""
    with doors(sqlite_url, slack_api_url=NOWHERE) as opened:
        settle_in(opened.database)
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("name", INTERACTIONS)
@pytest.mark.parametrize(
    "who",
    [
        {"team_id": "T9", "team": {"id": "T9"}},
        {"team_id": "E1", "team": {"id": "E1"}, "enterprise": {"id": "E1"}},
        {"user_id": "U0NOBODY", "user": {"id": "U0NOBODY", "team_id": "T1"}},
        {"user_id": "U1", "user": {"id": "U1", "team_id": "T9"}},
        {"team_id": "T1' OR 1=1 --", "team": {"id": "T1' OR 1=1 --"}, "user": {"id": "U1"}},
        {"user_id": "../../etc", "user": {"id": "../../etc"}},
    ],
    ids=["another team", "an organisation", "nobody", "of another team", "sql", "a path"],
)
def test_h33_whoever_is_unknown_is_answered_and_changes_nothing(
    name: str, who: dict[str, Any], door: Door
) -> None:
    assert door.does(INTERACTIONS[name](**who)) == 200
    nothing_came_of_it(door.database)


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        payloads.press(value=json.dumps({"admin": True})),
        payloads.press(value="x" * 2_000),
        payloads.press(value="T2:asks:7"),
        payloads.press(actions=[]),
        payloads.press(actions={"0": {"action_id": "a"}}),
        payloads.press(container={"channel_id": "C9", "message_ts": 5}),
        payloads.press(view={"type": "modal", "blocks": "x", "state": [], "callback_id": 5}),
        payloads.press(authorizations=5, event=[], response_urls=[], is_ext_shared_channel=True),
        payloads.press(user="U1", team="T1", channel=5),
        payloads.form("no.such.form"),
        payloads.form(state={"values": {"b": 5}}, blocks=[{"type": "input"}, None]),
        payloads.shortcut("no.such.shortcut"),
        payloads.interaction("view_closed", view={"callback_id": "asks.new"}),
        payloads.interaction("workflow_step_edit", callback_id="x"),
        payloads.interaction("block_suggestion", action_id=CANARY, value=CANARY),
        payloads.interaction("something_of_next_year"),
        {**payloads.event(), "command": "/baton"},
    ],
)
def test_h33_forged_and_odd_interactions_are_answered(body: dict[str, Any], door: Door) -> None:
    assert door.does(interaction(body)) == 200
    nothing_came_of_it(door.database)


@pytest.mark.slow
@pytest.mark.parametrize("team_id", ["T1", "T9"])
@pytest.mark.parametrize("name", INTERACTIONS)
def test_h34_an_address_that_is_not_slacks_is_never_called(
    name: str, team_id: str, door: Door, elsewhere: socket.socket
) -> None:
    here = f"127.0.0.1:{elsewhere.getsockname()[1]}"
    for url in (f"http://{here}/", f"https://{here}/x", f"http://hooks.slack.com@{here}/", "[", 5):
        more = {"response_url": url, "response_urls": [{"response_url": url}]}
        body = INTERACTIONS[name](team_id=team_id, team={"id": team_id}, **more)
        assert door.does(body) == 200
    assert not readable([elsewhere], [], [], 0)[0], "somebody called"


@pytest.mark.parametrize("ts", ["1.1", "9e99", "-1", 5, None, "1" * 40, "1791273600.000100\n"])
@pytest.mark.parametrize("place", ["ts", "thread_ts"])
def test_h31_a_time_that_is_none_names_no_message(place: str, ts: Any) -> None:
    event = parse_event(payloads.event(**{place: ts}))
    assert (event is None) if place == "ts" else isinstance(event, MessagePosted)
    if isinstance(event, MessagePosted):
        assert event.thread_ts is None


def test_h31_a_message_in_its_own_thread_is_in_none() -> None:
    event = parse_event(payloads.event(thread_ts=payloads.TS))
    assert isinstance(event, MessagePosted)
    assert not event.in_thread


@pytest.mark.slow
@pytest.mark.parametrize(("field", "text"), RAW.values(), ids=RAW)
def test_h05_h06_h07_what_databases_refuse_is_stored_as_it_came_and_read_without(
    field: bytes, text: str, database_url: str
) -> None:
    body = with_raw(field)
    with doors(database_url, slack_api_url=NOWHERE) as door:
        assert door.knock(body) == 200
        with door.database.reading() as session:
            row = session.scalars(select(InboxRow)).one()
        assert row.body == body
    event = parse_event(read_object(row.body or b""))
    assert isinstance(event, MessagePosted)
    assert event.text == text


@pytest.mark.slow
@pytest.mark.parametrize("key", ["team_id", "event_id", "type"])
@pytest.mark.parametrize("value", [b'"\\u0000"', b'"\\ud800"', b"NaN", b"1e400", b"[]", b"{}"])
def test_h05_h06_h07_no_key_of_ours_is_made_of_it(
    key: str, value: bytes, database_url: str
) -> None:
    body = json.dumps({**payloads.event(), key: 0}).encode().replace(f'"{key}": 0'.encode(), b"X")
    with doors(database_url, slack_api_url=NOWHERE) as door:
        assert door.knock(body.replace(b"X", f'"{key}": '.encode() + value)) == 200
        assert door.knock(body.replace(b"X", b'"event": ' + value)) == 200
        assert door.stored() <= 2


@pytest.mark.parametrize("team_id", ["T1", "T9", "", 5, None, "T\x00", [CANARY]])
def test_f33_a_notice_of_dropped_events_is_acknowledged(
    team_id: Any, door: Door, debug: pytest.LogCaptureFixture
) -> None:
    notice = {"type": "app_rate_limited", "team_id": team_id, "minute_rate_limited": CANARY}
    assert door.knock(json.dumps(notice).encode()) == 200
    assert "slack drops events" in debug.text
    assert CANARY not in debug.text
    nothing_came_of_it(door.database)


def test_t14_t20_nothing_of_a_request_is_in_the_logs_not_even_at_debug(
    sqlite_url: str, debug: pytest.LogCaptureFixture
) -> None:
    with doors(sqlite_url, slack_api_url=NOWHERE) as door:
        settle_in(door.database)
        odd: dict[str, Any] = {"type": CANARY, "authorizations": CANARY, "team": {"id": "T1"}}
        bodies = [
            json.dumps(payloads.event(text=CANARY)).encode(),
            json.dumps({**payloads.event("EvODD"), **odd, "event": CANARY}).encode(),
            json.dumps({"type": "url_verification", "challenge": 5, CANARY: CANARY}).encode(),
            b'{"' + CANARY.encode() + b'": ' + b"7" * 5_000,
            f"payload={CANARY}".encode(),
            form(payloads.command(CANARY, response_url=f"https://{CANARY}/")),
            form(payloads.command(CANARY, team_id="T9", command=f"/{CANARY}")),
            interaction(payloads.press(value=CANARY, response_url=f"https://{CANARY}/")),
            interaction({**payloads.press(value=CANARY), **odd}),
            interaction({**payloads.press(), "team": {"id": "T9"}, "trigger_id": CANARY}),
            interaction(payloads.form(CANARY, private_metadata=CANARY)),
            interaction(payloads.shortcut(CANARY)),
        ]
        for body in bodies:
            given = {**signed(body), "content-type": FORM, "x-odd": CANARY, "cookie": CANARY}
            path = f"/slack/events?q={CANARY}"
            assert door.http.post(path, content=body, headers=given).status_code == 200
            given["x-slack-signature"] = CANARY
            assert door.http.post(path, content=body, headers=given).status_code == 401
        worked = 0
        while worked < 20 and door.app._intake.step():
            worked += 1
    assert worked >= 1
    assert debug.records
    assert CANARY not in debug.text
    assert "xoxb-1" not in debug.text
