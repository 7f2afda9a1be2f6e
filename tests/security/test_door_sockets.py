"""Socket Mode is a door, too: whatever comes over it, what is well-formed is taken in once."""

import json
import os
import socket
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from select import select as readable
from shutil import copy
from struct import pack
from typing import Any, Final

import pytest
from sqlalchemy import func, select

from bot.app import Application
from bot.core.events import MessagePosted
from bot.core.inbox import InboxRow
from bot.slack.inbound import parse_event
from bot.slack.ingress import MAX_BODY
from bot.slack.payloads import MAX_DEPTH, read_object
from tests.support import payloads
from tests.support.door import nothing_came_of_it, settle_in
from tests.support.hostile_bodies import RAW, with_raw
from tests.support.socket_door import SlacksEnd, connected, envelope

NOWHERE: Final = "http://127.0.0.1:9/api/"  # nobody listens there
CANARY: Final = "kanarienvogel"
BACK_WITHIN: Final = 10.0
SOON: Final = 3.0  # seconds, on a busy machine; a second try that is put off takes far longer
BREAKS: Final = 12  # the twelfth of tries that are put off ever longer would wait half a minute


@pytest.fixture(scope="module")
def end() -> Iterator[SlacksEnd]:
    """Slack, as far as a socket is concerned."""
    with SlacksEnd() as listening:
        yield listening


@pytest.fixture(scope="module")
def app(
    end: SlacksEnd, _sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Application]:
    """An app that is at home in T1, over a socket; Slack's Web API cannot be reached."""
    path = copy(_sqlite_template, tmp_path_factory.mktemp("door") / "baton.db")
    with connected(f"sqlite:///{path}", end.url, slack_api_url=NOWHERE) as living:
        settle_in(living.bot.database)
        yield living


@pytest.fixture
def own_end() -> Iterator[SlacksEnd]:
    """Slack, for an app of one test's own."""
    with SlacksEnd() as listening:
        yield listening


def _stored(app: Application) -> int:
    with app.bot.database.reading() as session:
        return session.scalar(select(func.count()).select_from(InboxRow)) or 0


def _nested(opening: str, inner: str, closing: str, depth: int) -> str:
    return opening * depth + inner + closing * depth


HARMLESS: Final[dict[str, str | bytes]] = {
    "nothing": "",
    "words": "no JSON",
    "half": '{"type": "events_api", "envelope_id": "half", "payload": {',
    "two": '{"type": "x"}{"type": "x"}',
    "a list": '[{"type": "events_api", "envelope_id": "listed"}]',
    "null": "null",
    "a number": "5",
    "a text": '"events_api"',
    "a name that is no text": "{5: 5}",
    "an empty object": "{}",
    "bom": '\ufeff{"type": "events_api"}',
    "H05 a NUL": '{"type": "\\u0000", "payload": "\\u0000"}',
    "H05 NULs": "\x00" * 1_000,
    "H06 a surrogate": '{"type": "\\ud800", "\\udfff": "\\ud800"}',
    "H07 NaN": "NaN",
    "H07 a type that is NaN": '{"type": NaN, "payload": -Infinity}',
    "H07 1e400": '{"type": 1e400}',
    "H07 5000 digits": '{"type": ' + "9" * 5_000 + "}",
    "H07 two types": '{"type": "disconnect", "type": "disconnect"}',
    "a type of lists": '{"type": [["events_api"]]}',
    "a type of objects": '{"type": {"disconnect": 1}, "reason": "link_disabled"}',
    "of an unknown type": '{"type": "of_next_year", "payload": {}}',
    "hello again": '{"type": "hello", "connection_info": 5, "num_connections": "x"}',
    "an event of nothing": '{"type": "events_api"}',
    "a press of nothing": '{"type": "interactive", "payload": 5}',
    "a command of nothing": '{"type": "slash_commands", "payload": ["/baton"]}',
    "binary noise": bytes(range(256)) * 16,
    "binary half": b'{"type": "\xff\xfe',
    "T14 100,000 lists": "[" * 100_000,
    "T14 100,000 lists that end": _nested("[", "", "]", 100_000),
    "T14 100,000 objects": _nested('{"type":', "0", "}", 100_000),
    "T14 deep in a payload": envelope(_nested("[", "", "]", 100_000), "deep"),
    "T14 a level too deep": envelope(_nested("[", "", "]", MAX_DEPTH), "deeper"),
    "T14 1 MiB of text": '{"type": "' + "x" * (MAX_BODY - 12) + '"}',
    "T14 1 MiB of lists": "[" * MAX_BODY,
    "T14 1 MiB of names": "{" + '"a":1,' * (MAX_BODY // 6 - 2) + '"b":1}',
    "T14 1 MiB of digits": '{"type":' + "9" * (MAX_BODY - 9) + "}",
    "T14 1 MiB of spaces": " " * MAX_BODY,
    "T14 1 MiB of noise": b"\xff" * MAX_BODY,
}
"""Frames that a connection outlives and nobody is answered to."""


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_no_envelope_is_passed_over(name: str, end: SlacksEnd, app: Application) -> None:
    end.tries()
    opened, stored, answered = end.opened, _stored(app), end.acknowledged.total()
    end.says(HARMLESS[name])
    end.tries()
    assert (end.opened, _stored(app), end.acknowledged.total()) == (
        opened,
        stored + 1,
        answered + 1,
    )


def _frame(opcode: int, data: bytes, *, length: int | None = None, flags: int = 0x80) -> bytes:
    return pack(">BBQ", flags | opcode, 127, len(data) if length is None else length) + data


def _packed(text: bytes) -> bytes:
    press = zlib.compressobj(wbits=-15)
    return (press.compress(text) + press.flush(zlib.Z_SYNC_FLUSH))[:-4]


BREAKING: Final[dict[str, Callable[[SlacksEnd], None]]] = {
    "1 MiB and one": lambda end: end.says("x" * (MAX_BODY + 1)),
    "8 MiB of noise": lambda end: end.says(os.urandom(MAX_BODY * 8)),
    "an envelope of 2 MiB": lambda end: end.says(envelope({"a": "x" * MAX_BODY * 2}, "huge")),
    "2 MiB in pieces": lambda end: end.says_in_pieces("x" * 65_536, 32),
    "200 MiB that were packed": lambda end: end.writes(
        _frame(1, _packed(bytes(2 * 10**8)), flags=0xC0)
    ),
    "no packed text": lambda end: end.writes(_frame(1, b"\xff" * 50, flags=0xC0)),
    "bad utf-8": lambda end: end.writes(_frame(1, b'{"type": "\xff\xfe"}')),
    "a surrogate as bytes": lambda end: end.writes(_frame(1, b'{"type": "\xed\xa0\x80"}')),
    "an unknown kind of frame": lambda end: end.writes(_frame(3, b"x")),
    "a length without end": lambda end: end.writes(_frame(1, b"x", length=2**63 - 1)),
    "a negative length": lambda end: end.writes(_frame(1, b"x", length=2**64 - 1)),
    "a huge ping": lambda end: end.writes(_frame(9, b"x" * 126)),
    "the rest of nothing": lambda end: end.writes(_frame(0, b"x")),
    "a goodbye of noise": lambda end: end.writes(b"\x88\x03\xff\xff\xff"),
    "http": lambda end: end.writes(b"HTTP/1.1 200 OK\r\n" * 9),
    "a disconnect": lambda end: end.says('{"type": "disconnect", "reason": 5}'),
    "a disconnect of noise": lambda end: end.says('{"type": "disconnect", "reason": "\\ud800"}'),
}
"""What a connection ends with."""


@pytest.mark.slow
@pytest.mark.parametrize("name", BREAKING)
def test_t14_what_breaks_a_connection_is_followed_by_another(
    name: str, end: SlacksEnd, app: Application
) -> None:
    end.tries()
    opened, stored, answered = end.opened, _stored(app), end.acknowledged.total()
    BREAKING[name](end)
    assert end.waits_for_another(opened) < BACK_WITHIN
    end.tries()
    assert (_stored(app), end.acknowledged.total()) == (stored + 1, answered + 1)


@pytest.mark.slow
def test_t14_half_a_frame_is_not_waited_for_for_ever(end: SlacksEnd, app: Application) -> None:
    end.tries()
    opened, stored = end.opened, _stored(app)
    end.writes(_frame(1, b'{"type": "events_api"', length=MAX_BODY))
    assert end.waits_for_another(opened) < BACK_WITHIN
    end.tries()
    assert _stored(app) == stored + 1


def test_f17_however_often_a_steady_connection_broke_it_is_back_soon(
    end: SlacksEnd, app: Application
) -> None:
    stored = _stored(app)
    for _ in range(BREAKS):
        end.tries()
        opened = end.opened
        end.says("x" * (MAX_BODY + 1))
        assert end.waits_for_another(opened) < SOON
    assert _stored(app) == stored + BREAKS


def _renamed(name: str) -> dict[str, Any]:
    return payloads.event(type="channel_rename", channel={"id": "C1", "name": name})


def _timed(event_id: str, place: str, ts: Any) -> dict[str, Any]:
    return payloads.event(event_id, **{place: ts})


TAKEN_IN: Final[dict[str, dict[str, Any]]] = {
    "of an unknown team": payloads.event("EvA", team_id="T9"),
    "of an organisation": payloads.event("EvB", team_id="E9", authorizations=[]),
    "of a team without form": {**payloads.event("EvC"), "authorizations": 5},
    "of an unknown type": payloads.event("EvD", type="of_next_year"),
    "of no type": {**payloads.event("EvE"), "type": None},
    "of nothing": {**payloads.event("EvF"), "event": None},
    "of lists": {**payloads.event("EvG"), "event": [[[]]]},
    **{
        f"H31 {place} {ts!r}": _timed(f"EvH{number}", place, ts)
        for place in ("ts", "thread_ts")
        for number, ts in enumerate(["1.1", "9e99", "-1", 5, None], 10 if place == "ts" else 20)
    },
    "H31 its own thread": payloads.event("EvI", thread_ts=payloads.TS),
    "H32 a path": {**_renamed("../../x"), "event_id": "EvJ"},
    "H32 emoji": {**_renamed("\U0001f9ff" * 20), "event_id": "EvK"},
    "H32 80 characters": {**_renamed("x" * 80), "event_id": "EvL"},
}


@pytest.mark.parametrize("name", TAKEN_IN)
def test_an_envelope_is_stored_as_it_came_and_acknowledged_once(
    name: str, end: SlacksEnd, app: Application
) -> None:
    stored, payload = _stored(app), TAKEN_IN[name]
    end.says(envelope(payload, name))
    end.tries()
    assert _stored(app) == stored + 2
    assert end.acknowledged[name] == 1
    assert _body_of(app, payload["event_id"]) == json.dumps(payload).encode()


def _body_of(app: Application, event_id: str) -> bytes | None:
    with app.bot.database.reading() as session:
        row = session.scalars(select(InboxRow).where(InboxRow.event_id == event_id)).one()
        return row.body


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(RAW) - {"bad utf-8"}))
def test_h05_h06_h07_what_databases_refuse_is_stored_as_it_came_over_a_socket(
    name: str, own_end: SlacksEnd, database_url: str
) -> None:
    field, text = RAW[name]
    body = with_raw(field)
    with connected(database_url, own_end.url, slack_api_url=NOWHERE) as app:
        own_end.says(envelope(body.decode(), f"raw {name}"))
        own_end.tries()
        assert own_end.acknowledged[f"raw {name}"] == 1
        kept = _body_of(app, "EvRAW")
    assert kept == body
    event = parse_event(read_object(kept))
    assert isinstance(event, MessagePosted)
    assert event.text == text


def test_the_same_envelope_twice_is_stored_once_and_each_is_acknowledged(
    end: SlacksEnd, app: Application
) -> None:
    stored = _stored(app)
    frame = envelope(payloads.event("EvTWICE"), "twice")
    end.says(frame, frame, envelope(payloads.event("EvTWICE"), "thrice"))
    end.tries()
    assert _stored(app) == stored + 2
    assert (end.acknowledged["twice"], end.acknowledged["thrice"]) == (2, 1)


@pytest.mark.parametrize("value", ["null", "5", "NaN", "[]", "{}", "true", None])
def test_what_no_answer_could_name_is_stored_and_not_answered(
    value: str | None, end: SlacksEnd, app: Application
) -> None:
    stored, answered = _stored(app), end.acknowledged.total()
    frame = envelope(payloads.event(f"EvNAMELESS{answered}"), "id")
    named = '"envelope_id": "id", '
    assert named in frame
    end.says(frame.replace(named, f'"envelope_id": {value}, ' if value else ""))
    end.tries()
    assert _stored(app) == stored + 2
    assert end.acknowledged.total() == answered + 1


@pytest.mark.parametrize("envelope_id", ["a\x00b", "a\ud800b", "\u202e", "x" * 10_000, ""])
def test_h05_h06_an_odd_name_is_answered_as_it_is(
    envelope_id: str, end: SlacksEnd, app: Application
) -> None:
    end.says(envelope(payloads.event("EvODDLY"), envelope_id))
    end.tries()
    assert end.acknowledged[envelope_id] == 1
    assert _stored(app)


@pytest.mark.parametrize("kind", ["of_next_year", "block_suggestion", "", "hello", None, 5, []])
def test_an_envelope_of_a_kind_we_do_not_know_is_acknowledged(
    kind: Any, end: SlacksEnd, app: Application
) -> None:
    stored, envelope_id = _stored(app), f"of kind {kind}"
    end.says(envelope({"a": 5}, envelope_id, kind))
    end.tries()
    assert _stored(app) == stored + 1
    assert end.acknowledged[envelope_id] == (kind != "hello")


T9: Final[dict[str, Any]] = {"team_id": "T9", "team": {"id": "T9"}}
ASKED: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "a command": ("slash_commands", payloads.command("help", trigger_id="")),
    "a command of others": ("slash_commands", payloads.command("help", **T9)),
    "no command of ours": ("slash_commands", payloads.command("x", command="/other")),
    "H33 a forged press": ("interactive", payloads.press(value=json.dumps({"admin": True}))),
    "H33 a long press": ("interactive", payloads.press(value="x" * 2_000)),
    "H33 a press of others": ("interactive", payloads.press(value="T2:asks:7", **T9)),
    "a press of nothing": ("interactive", payloads.press(actions=[], container=5)),
    "a form of others": ("interactive", {**payloads.form(), **T9}),
    "a form of nothing": ("interactive", payloads.form("no.such.form", state=5, blocks=[None])),
    "a shortcut of others": ("interactive", payloads.shortcut(**T9)),
    "a press as a command": ("slash_commands", payloads.press()),
    "a command as a press": ("interactive", payloads.command("help")),
    "nobody": ("interactive", payloads.press(user={"id": "\x00"}, user_id="\ud800")),
    "nothing": ("interactive", {}),
    "lists": ("slash_commands", {"command": [[]], "text": {}, "type": "block_actions"}),
}


@pytest.mark.parametrize("name", ASKED)
def test_h33_h34_whoever_asks_over_a_socket_is_answered_once_and_nothing_came_of_it(
    name: str, own_end: SlacksEnd, sqlite_url: str, elsewhere: socket.socket
) -> None:
    kind, payload = ASKED[name]
    here = f"127.0.0.1:{elsewhere.getsockname()[1]}"
    urls = (f"http://{here}/", f"https://{here}/", f"http://hooks.slack.com@{here}/", "[", 5)
    with connected(sqlite_url, own_end.url, slack_api_url=NOWHERE) as app:
        settle_in(app.bot.database)
        ids = [f"{name} {number}" for number, _ in enumerate(urls)]
        for envelope_id, url in zip(ids, urls, strict=True):
            more = {"response_url": url, "response_urls": [{"response_url": url}]}
            own_end.says(envelope({**payload, **more}, envelope_id, kind))
        own_end.waits(lambda end: set(ids) <= set(end.acknowledged))
        nothing_came_of_it(app.bot.database)
        own_end.tries()
    assert [own_end.acknowledged[each] for each in ids] == [1] * len(ids)
    assert not readable([elsewhere], [], [], 0)[0], "somebody called"


def test_what_is_good_among_garbage_is_taken_in_whole_once_and_in_order(
    end: SlacksEnd, app: Application
) -> None:
    garbage = [each for each in HARMLESS.values() if len(each) < 10_000]
    good = [f"EvGOOD{number:03}" for number in range(200)]
    stored, opened = _stored(app), end.opened
    for number, event_id in enumerate(good):
        end.says(garbage[number % len(garbage)], envelope(payloads.event(event_id), event_id))
    end.tries()
    acknowledged = end.acknowledged
    assert [acknowledged[event_id] for event_id in good] == [1] * len(good)
    assert end.opened == opened
    assert _stored(app) == stored + len(good) + 1
    with app.bot.database.reading() as session:
        rows = select(InboxRow.event_id).where(InboxRow.event_id.startswith("EvGOOD"))
        assert list(session.scalars(rows.order_by(InboxRow.id))) == good


def test_t14_t20_nothing_of_a_frame_is_in_the_logs_not_even_at_debug(
    own_end: SlacksEnd, sqlite_url: str, debug: pytest.LogCaptureFixture
) -> None:
    with connected(sqlite_url, own_end.url, slack_api_url=NOWHERE) as app:
        settle_in(app.bot.database)
        press = payloads.press(value=CANARY, response_url=f"https://{CANARY}/")
        odd = {**payloads.event("EvODD"), "type": CANARY, "event": CANARY}
        own_end.says(
            CANARY,
            CANARY.encode(),
            f'{{"type": "{CANARY}", "{CANARY}": NaN}}',
            envelope(payloads.event(text=CANARY), CANARY),
            envelope(odd, CANARY),
            envelope({"type": "app_rate_limited", "team_id": [CANARY]}, CANARY),
            envelope(press, CANARY, "interactive"),
            envelope({**press, "team": {"id": "T9"}}, CANARY, "interactive"),
            envelope(payloads.form(CANARY, private_metadata=CANARY), CANARY, "interactive"),
            envelope(payloads.command(CANARY), CANARY, "slash_commands"),
        )
        own_end.waits(lambda end: end.acknowledged[CANARY] == 7)
        for goodbye in (f'{{"type": "disconnect", "reason": "{CANARY}"}}', CANARY * MAX_BODY):
            opened = own_end.opened
            own_end.says(goodbye)
            own_end.waits_for_another(opened)
        own_end.writes(_frame(1, CANARY.encode() + b"\xff"))
        own_end.waits_for_another(opened + 1)
        own_end.tries()
    assert "socket lost" in debug.text
    assert CANARY not in debug.text
    assert "xoxb-1" not in debug.text
