"""F24 and F41: five processes at one queue, and one event among a thousand that always fails."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Event as Flag
from threading import Event
from typing import Final

import pytest
from sqlalchemy import func, select, update

from bot.core import dead_letters, logs, workspaces
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.events import MessagePosted
from bot.core.inbox import DeliveryRow
from bot.core.outbox import OutboxRow
from bot.core.queue import MAX_ATTEMPTS, State
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import Workspace
from bot.settings import Settings
from bot.slack.sender import Sender
from tests.load import stub_slack
from tests.load.redphone import _Worker
from tests.load.stub_slack import POST, Stub
from tests.support.databases import Rows, fill
from tests.support.town import Town, town

PROCESSES: Final = 5
ROWS: Final = 1_000
OF_EACH: Final = 10
"""Rows of a workspace, each for a channel of its own: no limit of Slack's holds one back."""
PATIENCE: Final = 120.0
POISON: Final = "poison"


def _claim_all(settings: Settings, stopping: Flag) -> None:
    """A process that sends whatever is due."""
    logs.configure("ERROR", "console")
    worker = _Worker(settings)
    margin = timedelta(seconds=settings.baton_slack_margin_seconds)
    sender, waiting = Sender(worker.bot, worker.gateway, margin=margin), Event()
    while not stopping.is_set():
        try:
            if not sender.step():
                waiting.wait(0.01)
        except Exception as error:  # noqa: BLE001 - as a worker, it goes on
            logs.get(__name__).warning("step failed", error=type(error).__name__)
            waiting.wait(0.1)


@contextmanager
def _at_work(url: str, stub: Stub) -> Iterator[None]:
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    settings = Settings(
        _env_file=None, database_url=url, slack_api_url=stub.api_url, slack_bot_token="xoxb-1"
    )
    stopping = context.Event()
    processes = [
        context.Process(target=_claim_all, args=(settings, stopping), daemon=True)
        for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        stopping.set()
        for process in processes:
            process.join(PATIENCE)


def _queue(database: Database, rows: int) -> set[str]:
    """Rows of many workspaces that are due at once; returns their ids."""
    bot = Bot(database, SystemClock(), SystemClock())
    now = SystemClock().now()
    for number in range(rows // OF_EACH):
        team_id = f"T{number:06d}"
        home = Workspace(team_id, team_id, "https://x.slack.example/", "B1", "UBOT", frozenset())
        with database.transaction() as session:
            workspaces.save(session, home, now=now)
        with bot.begin(team_id, during="job") as uow:
            for place in range(OF_EACH):
                uow.outbox.post(f"due:{place}", f"C{place:08}", Message(mrkdwn("due")))
    with database.reading() as session:
        return {str(each) for each in session.scalars(select(OutboxRow.id))}


@pytest.mark.slow
def test_f24_five_processes_post_a_thousand_rows_once_each(
    database: Database, request: pytest.FixtureRequest
) -> None:
    rows = ROWS if request.config.getoption("--long") else ROWS // 10
    queued = _queue(database, rows)
    with stub_slack.running() as stub, _at_work(database.url, stub):
        ends, waiting = monotonic() + PATIENCE, Event()
        while (left := _left(database)) > 0:
            assert monotonic() < ends, f"{left} are never sent"
            waiting.wait(0.1)
        posted = Counter(each.key for each in stub.arrivals() if each.what == POST)
    assert set(posted) == queued
    assert set(posted.values()) == {1}
    assert len(queued) == rows


def _left(database: Database) -> int:
    with database.reading() as session:
        count = select(func.count()).select_from(OutboxRow)
        return session.scalar(count.where(OutboxRow.state != State.DONE)) or 0


@pytest.fixture
def heard() -> list[str]:
    """What a listener that chokes on one thing has heard."""
    return []


@pytest.fixture
def choking(database_url: str, acquaintance: Rows, heard: list[str]) -> Iterator[Town]:
    def hear(event: MessagePosted, _uow: UnitOfWork) -> None:
        if POISON in event.text:
            raise RuntimeError("it does not go down")
        heard.append(event.text)

    fill(database_url, acquaintance)
    with town(database_url, register=lambda bot: bot.on(MessagePosted, hear)) as living:
        yield living


@pytest.mark.slow
def test_f41_one_event_that_always_fails_is_given_up_and_holds_up_no_other(
    choking: Town, heard: list[str], request: pytest.FixtureRequest
) -> None:
    many = 1_000 if request.config.getoption("--long") else 50
    for number in range(many):
        what = POISON if number == many // 3 else f"The build is green {number}"
        choking.tom.says("#web-relaunch", what)
    choking.slack.settled()
    ends, waiting = monotonic() + PATIENCE, Event()
    while len(set(heard)) < many - 1:
        assert monotonic() < ends, "the queue does not move on"
        waiting.wait(0.05)
    attempts = _hurried(choking)
    assert attempts == MAX_ATTEMPTS
    with choking.app.bot.database.reading() as session:
        (letter,) = dead_letters.every(session)
    assert "RuntimeError" in str(letter)
    assert len(set(heard)) == many - 1


def _hurried(town: Town) -> int:
    """Has the time of each further try come at once; returns how many there were."""
    database, ends, waiting = town.app.bot.database, monotonic() + PATIENCE, Event()
    while True:
        with database.transaction() as session:
            row = session.scalars(select(DeliveryRow)).one_or_none()
            if row is not None and row.state == State.DEAD:
                return row.attempts
            ready = DeliveryRow.state == State.READY
            now = SystemClock().now()
            session.execute(update(DeliveryRow).where(ready).values(not_before=now))
        assert monotonic() < ends, "it is tried for ever"
        waiting.wait(0.2)
