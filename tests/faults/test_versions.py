"""F40: the version before and this one, side by side on one schema, under load."""

import io
import json
import os
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, Final

import pytest
from sqlalchemy import insert, select, update

from bot.core.clock import monotonic
from bot.core.db import Database
from bot.core.ids import new_id
from bot.core.inbox import DeliveryRow
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.playground.world import TEAM_ID
from tests.faults.hosted import Hosted, hosted, standing
from tests.faults.stream import Sender, Stream, Told, message
from tests.support import echoing_bot, payloads
from tests.support.desk import Desk
from tests.support.ports import free_port
from tests.support.town import Town

ROOT: Final = Path(__file__).parents[2]
CODE: Final = ("bot", "migrations", "alembic.ini", "prompts")
MIGRATE: Final = """
import sys
from bot.core import schema
from bot.core.db import Database
schema.migrate(Database(sys.argv[1]))
"""
SECONDS: Final = {False: 8.0, True: 300.0}
PATIENCE: Final = 60.0
NOW: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)


@pytest.fixture
def desk(database: Database, server: LocalSlackServer) -> Desk:
    return Desk(database, server)


def _git(*given: str) -> bytes:
    try:
        return subprocess.run(["git", "-C", ROOT, *given], check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"there is no history to take the version before from: {type(error).__name__}")


@pytest.fixture(scope="module")
def version_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newest code from before the newest step of the database's history."""
    newest = _git("log", "-1", "--format=%H", "--diff-filter=A", "--", "migrations/versions")
    folder = tmp_path_factory.mktemp("before")
    told = _git("archive", f"{newest.decode().strip()}^", *CODE)
    with tarfile.open(fileobj=io.BytesIO(told)) as archive:
        archive.extractall(folder, filter="data")
    return folder


class OldBot:
    """The version before in a process of its own, on the same database as this one."""

    def __init__(self, code: Path, settings: dict[str, str], folder: Path) -> None:
        self.port = free_port()
        own = {"PORT": str(self.port), "PYTHONPATH": str(code)}
        environment = AppProcess(settings, folder)._environment() | settings | own
        self.log = folder / "old.log"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, echoing_bot.__file__],
                cwd=folder,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    def waits_until_up(self, room: str) -> None:
        sender, ends, waiting = Sender(self.port), monotonic() + PATIENCE, Event()
        while sender.try_once(message(1, room, "Good morning", name="EvOLD")) != 200:
            assert monotonic() < ends, self.log.read_text()[-3_000:]
            assert self.lives, self.log.read_text()[-3_000:]
            waiting.wait(0.1)
        sender.close()

    def stop(self) -> int:
        self._process.terminate()
        return self._process.wait(PATIENCE)


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["postgresql", pytest.param("sqlite", marks=pytest.mark.long)])
def test_f40_the_version_before_works_on_while_this_one_migrates_and_beside_it(
    dialect: str,
    version_before: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    record_property: Any,
) -> None:
    seconds, old = SECONDS[bool(request.config.getoption("--long"))], []

    def first(living: Hosted) -> None:
        old.append(OldBot(version_before, living.settings, tmp_path))
        old[0].waits_until_up(living.rooms[0])

    def theirs(number: int) -> Told:
        return message(number, living.rooms[number % 4], f"Staging is up {number}", name="EvOTHER")

    with standing(dialect, tmp_path) as (url, _):
        migrate = [sys.executable, "-c", MIGRATE, url]
        there = {**os.environ, "PYTHONPATH": str(version_before)}
        subprocess.run(migrate, check=True, env=there, cwd=version_before)
        with hosted(url, tmp_path, before=first) as living:
            with (
                Stream(living.port, living.told, senders=2, pause=0.05) as ours,
                Stream(old[0].port, theirs, senders=2, pause=0.05) as others,
            ):
                Event().wait(seconds)
            try:
                living.comes_to_rest()
                assert old[0].lives
            finally:
                code = old[0].stop()
            assert code == 0
            told = [*ours.acknowledged, *others.acknowledged]
            assert (living.lost(told), living.doubled(told)) == ([], [])
            assert living.rows(State.DEAD) == []
    record_property("seconds of two versions side by side", int(seconds))
    record_property("events acknowledged by two versions", len(told))


def test_f40_what_only_a_newer_version_knows_is_left_to_it(desk: Desk) -> None:
    desk.queue("newer")
    with desk.bot.database.transaction() as session:
        session.execute(update(OutboxRow).values(method="chat.fromTheFuture"))
    desk.queue("known", "C0INFRA00")
    desk.work()
    desk.pass_time()
    desk.work()
    left = desk.row("newer")
    assert (left.state, left.attempts, left.error) == (State.READY, 0, None)
    assert desk.row("known").state == State.DONE


def test_f40_a_failed_delivery_to_a_newer_versions_listener_is_left_to_it(quiet: Town) -> None:
    row = {
        "team_id": TEAM_ID,
        "id": new_id(),
        "lane": "newer",
        "not_before": NOW,
        "attempts": 1,
        "event_id": "EvNEWER",
        "listener": "future.hear",
        "body": json.dumps(payloads.event("EvNEWER", TEAM_ID)).encode(),
    }
    with quiet.app.bot.database.transaction() as session:
        session.execute(insert(DeliveryRow).values(**row))
    assert not quiet.app._intake.retry_step()
    with quiet.app.bot.database.transaction() as session:
        left = session.scalars(select(DeliveryRow)).one()
        assert (left.state, left.attempts) == (State.READY, 1)
        session.delete(left)
