"""Events over HTTP: only Slack's own are let in, stored before they are acknowledged."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.clock import SystemClock, monotonic
from bot.core.dropped import DroppedMinuteRow
from bot.core.errors import PortTaken
from bot.core.listening import listen
from tests.support.door import JSON, Door, settle_in, signed
from tests.support.door import door as doors

SLACK_WAITS = 3.0  # seconds
EVENT = {
    "type": "event_callback",
    "team_id": "T1",
    "event_id": "Ev1",
    "event": {"type": "message", "channel": "C1", "user": "U1", "text": "hi", "ts": "1.1"},
}


@pytest.fixture
def door(sqlite_url: str) -> Iterator[Door]:
    with doors(sqlite_url) as opened:
        yield opened


def test_a_signed_event_is_stored_and_acknowledged(door: Door) -> None:
    assert door.knock(json.dumps(EVENT).encode()) == 200
    assert door.stored() == 1


def test_f01_the_same_event_four_times_is_stored_once(door: Door) -> None:
    for retry in range(4):
        assert door.knock(json.dumps(EVENT).encode(), {"x-slack-retry-num": str(retry)}) == 200
    assert door.stored() == 1


def test_the_address_proves_itself_to_slack(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    answer = door.http.post(
        "/slack/events", content=body, headers={"content-type": JSON, **signed(body)}
    )
    assert (answer.status_code, answer.text) == (200, "abc")


def test_f33_a_notice_of_dropped_events_is_acknowledged_and_its_minute_noted_once(
    door: Door,
) -> None:
    settle_in(door.database)
    now = SystemClock().now().replace(second=0, microsecond=0)
    minutes = [int((now - timedelta(minutes=each)).timestamp()) for each in (9, 7, 9)]
    for team_id, minute in [*(("T1", each) for each in minutes), ("T9", minutes[0])]:
        notice = {"type": "app_rate_limited", "team_id": team_id, "minute_rate_limited": minute}
        assert door.knock(json.dumps(notice).encode()) == 200
    assert door.stored() == 0
    with door.database.reading() as session:
        rows = session.scalars(select(DroppedMinuteRow).order_by(DroppedMinuteRow.minute)).all()
    told = [(row.team_id, now - row.minute) for row in rows]
    assert told == [("T1", timedelta(minutes=9)), ("T1", timedelta(minutes=7))]


@pytest.mark.slow
def test_f19_an_event_that_cannot_be_stored_is_not_acknowledged(database_url: str) -> None:
    """Nor is any of many, and each is told in time: Slack waits 3 s, and sends it again."""
    bodies = [json.dumps(EVENT | {"event_id": f"Ev{number}"}).encode() for number in range(12)]

    with doors(database_url) as opened, ThreadPoolExecutor(len(bodies)) as slack:

        def knock(body: bytes) -> tuple[int, float]:
            began = monotonic()
            return opened.knock(body), monotonic() - began

        with opened.database.engine.connect() as held:
            held.exec_driver_sql("SELECT 1")  # holds the one write lock of SQLite
            if opened.database.dialect == "postgresql":
                held.exec_driver_sql("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
            answers = list(slack.map(knock, bodies))
            held.rollback()
        assert {status for status, _ in answers} == {500}
        assert max(seconds for _, seconds in answers) < SLACK_WAITS
        assert [opened.knock(body) for body in bodies] == [200] * len(bodies)
        assert opened.stored() == len(bodies)


def test_an_address_that_is_taken_is_a_sentence() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(PortTaken, match="set HOST and PORT"):
        listen("127.0.0.1", taken.getsockname()[1])
