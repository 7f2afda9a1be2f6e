"""What Slack sends is kept byte for byte until it is dealt with, whatever stands in it."""

import json
from collections.abc import Iterator
from threading import Thread
from typing import Any, Final

import pytest
from sqlalchemy import select

from bot.app import Application
from bot.core.clock import monotonic
from bot.core.inbox import InboxRow
from bot.core.message_store import MessageRow
from bot.core.queue import State
from bot.playground.server import LocalSlackServer
from bot.settings import Settings
from tests.support.databases import opened
from tests.support.hostile import CURIOUS, HUGE, TYPED, Hostile
from tests.support.ports import free_port
from tests.support.town import PATIENCE, QUICK
from tests.support.wire import Envelopes

OK: Final = 200
WORDS: Final = [*TYPED, *CURIOUS, *HUGE]
SHAPES: Final[dict[str, dict[str, Any]]] = {
    "H05-NUL-in-ids": {
        "event": {"type": "message", "user": "U\x00", "channel": "C\x00", "ts": "1"}
    },
    "H06-surrogate-in-ids": {"event": {"type": "message", "user": "\ud800", "channel": "\udfff"}},
    "H07-NaN": {"event": {"type": "message", "thread_ts": float("nan"), "x": float("inf")}},
    "H07-huge-number": {"event": {"type": "message", "n": 10**4_000}},
    "H27-huddle": {"event": {"type": "message", "subtype": "huddle_thread", "user": "USLACKBOT"}},
    "H27-blocks-of-a-bot": {
        "event": {"type": "message", "bot_id": "B1", "blocks": [{}], "text": None}
    },
    "H31-ts-1.1": {"event": {"type": "message", "ts": "1.1"}},
    "H31-ts-9e99": {"event": {"type": "message", "ts": "9e99"}},
    "H31-ts-minus-1": {"event": {"type": "message", "ts": "-1"}},
    "H31-ts-number": {"event": {"type": "message", "ts": 17912736001}},
    "H31-ts-arabic": {"event": {"type": "message", "ts": "\u0661" * 10 + "." + "\u0660" * 6}},
    "H31-ts-missing": {"event": {"type": "message"}},
    "H31-thread-of-itself": {
        "event": {"type": "message", "ts": "1791273600.000100", "thread_ts": "1791273600.000100"}
    },
    "H31-thread-cycle": {
        "event": {"type": "message", "ts": "1791273600.000200", "thread_ts": "1791273600.000300"}
    },
    "H31-thread-cycle-back": {
        "event": {"type": "message", "ts": "1791273600.000300", "thread_ts": "1791273600.000200"}
    },
    "T14-deep": {"event": {"type": "message", "blocks": [[[[[[{"a": {"b": [[[[]]]]}}]]]]]]}},
    "T27-unknown-team": {"team_id": "T0STRANGE", "event": {"type": "message"}},
    "T27-no-authorizations": {"authorizations": None, "event": {"type": "message"}},
    "H32-channel-name": {"event": {"type": "channel_rename", "channel": {"name": "../../x"}}},
    "H32-channel-is-a-list": {"event": {"type": "message", "channel": ["C0INFRA00"]}},
}  # fmt: skip
"""Events of odd shapes; what is missing is a plain message's."""


class Reception:
    """A bot that only receives, as `baton web` does, and later deals with what came."""

    def __init__(self, database_url: str, server: LocalSlackServer, **settings: Any) -> None:
        given = {name.lower(): value for name, value in server.environment.items()}
        everything = QUICK | given | settings
        self.app = Application(
            Settings(_env_file=None, database_url=database_url, **everything), opened(database_url)
        )
        self.app.bot.clock = server.slack.clock
        self.envelopes = Envelopes(server.slack)
        self._thread = Thread(target=lambda: self.app.serve(receive=True, work=False), daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self.app.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def stored(self) -> dict[str, bytes | None]:
        with self.app.bot.database.reading() as session:
            rows = session.execute(select(InboxRow.event_id, InboxRow.body))
            return {row.event_id: row.body for row in rows}

    def deals(self) -> None:
        ends = monotonic() + 3 * PATIENCE
        while self.app._intake.step():
            assert monotonic() < ends

    def texts(self) -> dict[str, str | None]:
        with self.app.bot.database.reading() as session:
            rows = session.execute(select(MessageRow.ts, MessageRow.text))
            return {row.ts: row.text for row in rows}

    def dead(self) -> list[str]:
        with self.app.bot.database.reading() as session:
            dead = select(InboxRow.event_id).where(InboxRow.state == State.DEAD)
            return list(session.scalars(dead))


@pytest.fixture
def reception(database_url: str) -> Iterator[Reception]:
    port = free_port()
    address: dict[str, Any] = {"port": port, "baton_public_url": f"http://127.0.0.1:{port}"}
    first = Application(Settings(_env_file=None, database_url=database_url, **address))
    with LocalSlackServer(first.manifest(socket_mode=False)) as server:
        receiving = Reception(database_url, server, **address)
        receiving.start()
        receiving.envelopes.waits_for_the_bot()
        yield receiving
        receiving.stop()
        receiving.envelopes.close()


def _body(payload: dict[str, Any]) -> bytes:
    """As Slack writes it: most characters as they are, but for what UTF-8 cannot say."""
    try:
        return json.dumps(payload, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(payload).encode()


@pytest.mark.slow
def test_every_hostile_text_is_stored_byte_by_byte_and_projected_as_text(
    reception: Reception,
) -> None:
    """H01-H16, H27, H29, H32, H36 and T27 as the words of a message."""
    sent, said = {}, {}
    for case in WORDS:
        message = reception.envelopes.message(text=case.text)
        payload = reception.envelopes.envelope(message)
        body = _body(payload)
        assert reception.envelopes.sends(body).status_code == OK, case.id
        sent[payload["event_id"]], said[message["ts"]] = body, case
    assert sent == reception.stored()
    reception.deals()
    texts = reception.texts()
    assert {case.id for ts, case in said.items() if texts.get(ts) != _projected(case)} == set()
    assert reception.dead() == []


def _projected(case: Hostile) -> str:
    return case.text.replace("\x00", "\u2400").replace("\ud800", "\ufffd")


def test_an_event_of_any_shape_is_stored_byte_by_byte_and_harms_nobody(
    reception: Reception,
) -> None:
    sent, answers = {}, {}
    for name, changes in SHAPES.items():
        around = {key: value for key, value in changes.items() if key != "event"}
        payload = reception.envelopes.envelope(_shaped(reception, changes), **around)
        body = _body(payload)
        answers[name] = reception.envelopes.sends(body).status_code
        sent[payload["event_id"]] = body
    assert {name for name, status in answers.items() if status != OK} == set()
    twice = reception.envelopes.envelope(reception.envelopes.message(text="new"))
    body = _body(twice).replace(b'"text": "new"', b'"text": "old", "text": "new"')
    assert reception.envelopes.sends(body).status_code == OK, "H07-duplicate-keys"
    sent[twice["event_id"]] = body
    assert sent == reception.stored()
    reception.deals()
    assert reception.dead() == []
    told = {text for text in reception.texts().values() if text}
    assert told == {"plain"}, "what is said twice is absent"


def _shaped(reception: Reception, changes: dict[str, Any]) -> dict[str, Any]:
    message = reception.envelopes.message(text="plain")
    shaped: dict[str, Any] = message | changes["event"]
    if "ts" not in changes["event"] and changes["event"] == {"type": "message"}:
        del shaped["ts"]
    return shaped
