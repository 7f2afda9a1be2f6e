"""The outbox by turns: a workspace with much to say holds up no other; on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import event, func, insert, select, update

from bot.core.blocks import Message
from bot.core.db import Database
from bot.core.ids import new_id
from bot.core.outbox import Method, OutboxRow
from bot.core.queue import State
from bot.core.render import mrkdwn
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.slack.directory import remember
from tests.support.desk import CHANNEL, TEAM, Desk, posted

OTHER: Final = "T0OTHER00"
CROWD: Final = 10_000


@pytest.fixture
def desk(database: Database, server: LocalSlackServer) -> Desk:
    made = Desk(database, server)
    remember(made.bot, replace(made.gateway.identify(BOT_TOKEN), team_id=OTHER))
    return made


def _crowd(desk: Desk, *, lanes: int, state: State = State.READY) -> None:
    """What one workspace has to say, long before another one says anything."""
    now = desk.machine.now()
    rows = [
        {
            "team_id": TEAM,
            "id": new_id(),
            "lane": f"C0NOSUCH{number % lanes}",
            "not_before": now,
            "key": f"crowd {number}",
            "method": Method.POST,
            "recipient": f"C0NOSUCH{number % lanes}",
            "payload": {"text": f"crowd {number}"},
            "urgency": "",
            "queued_at": now,
            "sent_after": now,
            "state": state,
        }
        for number in range(CROWD)
    ]
    with desk.bot.database.transaction() as session:
        session.execute(insert(OutboxRow), rows)


def _theirs(desk: Desk, key: str = "theirs") -> None:
    with desk.bot.begin(OTHER, during="job") as uow:
        uow.outbox.post(key, CHANNEL, Message(mrkdwn("{key}", key=key)))


@contextmanager
def _statements(database: Database) -> Iterator[list[str]]:
    found: list[str] = []

    def note(*call: object) -> None:
        found.append(str(call[2]))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


@pytest.mark.slow
@pytest.mark.parametrize("lanes", [1, 50, CROWD])
def test_f32_ten_thousand_posts_of_one_workspace_do_not_delay_one_of_another(
    desk: Desk, slack: LocalSlackClient, lanes: int
) -> None:
    _crowd(desk, lanes=lanes)
    _theirs(desk)
    with _statements(desk.bot.database) as statements:
        desk.work(2)
    assert posted(slack) == ["theirs"], "it had the first turn or the second one"
    assert desk.row("theirs").state == State.DONE
    assert len(statements) < 60, "they do not grow with what waits"


@pytest.mark.slow
def test_f32_ten_thousand_look_ups_of_one_workspace_do_not_delay_one_post_of_another(
    desk: Desk, slack: LocalSlackClient
) -> None:
    _crowd(desk, lanes=CROWD, state=State.UNKNOWN)
    _theirs(desk)
    desk.work(2)
    assert posted(slack) == ["theirs"]


@pytest.mark.slow
def test_f32_a_look_up_waits_behind_no_other_workspace_that_always_has_more_to_say(
    desk: Desk,
) -> None:
    _crowd(desk, lanes=CROWD)
    _theirs(desk)
    with desk.bot.database.transaction() as session:
        session.execute(
            update(OutboxRow).where(OutboxRow.team_id == OTHER).values(state=State.UNKNOWN)
        )
    desk.work(2)
    assert desk.row("theirs").error == "did not arrive", "it was looked up"


def test_f32_workspaces_take_turns_and_each_conversation_keeps_its_order(
    desk: Desk, slack: LocalSlackClient
) -> None:
    for number in range(3):
        desk.queue(f"ours {number}")
    for number in range(3):
        _theirs(desk, f"theirs {number}")
    desk.work(6)
    said = posted(slack)
    assert [text.split()[0] for text in said[::2]] != [text.split()[0] for text in said[1::2]]
    for name in ("ours", "theirs"):
        own = [text for text in said if text.startswith(name)]
        assert own == [f"{name} {number}" for number in range(3)]


def test_f32_of_a_conversation_that_slack_slows_down_nothing_overtakes(
    desk: Desk, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", "status": 429, "retry_after": "30"}])
    desk.queue("card")
    with desk.bot.begin(TEAM, during="job") as uow:
        uow.outbox.revise("card 2", of="card", message=Message(mrkdwn("changed")))
    desk.work()
    assert desk.row("card 2").attempts == 0, "it waits for what stands before it"
    desk.pass_time(timedelta(seconds=31))
    desk.work()
    assert [message["text"] for message in slack.person("Tom").messages(CHANNEL)] == ["changed"]


def test_f32_what_is_urgent_goes_before_every_turn(desk: Desk, slack: LocalSlackClient) -> None:
    _crowd(desk, lanes=CROWD)
    _theirs(desk)
    desk.queue("page", "U0PRIYA00", urgency="page")
    desk.work(1)
    assert posted(slack) == ["page"]


def test_what_is_sent_and_done_is_not_read_again_to_see_that_nothing_waits(desk: Desk) -> None:
    if desk.bot.database.dialect != "sqlite":
        pytest.skip("its plans follow what stands in the tables")
    with _statements(desk.bot.database) as statements:
        assert not desk.sender.step()
        assert not desk.sender.urgent_step()
    looks = [each for each in statements if each.startswith("SELECT")]
    assert looks
    with desk.bot.database.engine.connect() as connection:
        for look in looks:
            given = tuple("x" for _ in range(look.count("?")))
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {look}", given).all()
            assert not [step for step in plan if step[3].startswith("SCAN outbox")], look
        assert connection.scalar(select(func.count()).select_from(OutboxRow)) == 0
