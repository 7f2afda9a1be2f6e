"""The demo's day under kill -9: the bot dies, is started again, and nobody notices."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Event, Thread
from typing import Final, Protocol

from sqlalchemy import func, select

from bot.app import Application
from bot.core.clock import monotonic
from bot.core.db import Database
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.outbox import Method, OutboxRow
from bot.core.queue import State
from bot.playground.client import LocalSlackClient
from bot.playground.demo import FIRST_DAY
from bot.playground.demo.player import Check, Player
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from bot.settings import Settings

DAWN: Final = datetime.combine(FIRST_DAY, time(7, 30), UTC)
DAY_SECONDS: Final = 3.2  # the day takes longer than this, even when nothing is killed
PATIENCE: Final = 60.0  # beside a whole suite, a bot takes ten seconds to start again
BUSY: Final = (State.READY, State.LEASED, State.UNKNOWN)
QUICK: Final = {
    "BATON_TICK_SECONDS": "0.1",
    "BATON_SLACK_TIMEOUT_SECONDS": "1",
    "BATON_SLACK_MARGIN_SECONDS": "0.5",
    "BATON_LEASE_SECONDS": "1.5",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the day: what did not happen, what was said how often, how often it died."""

    failed: tuple[Check, ...]
    said: Counter[tuple[str, str, str]]
    doubled: tuple[str, ...]
    deaths: int
    log: str


class Mortal(Protocol):
    """A process that can be killed and started again."""

    @property
    def has_ended(self) -> bool:
        """Whether it is no longer running."""
        ...

    def start(self, **more: str) -> None:
        """Starts it; `more` are settings for this time only."""
        ...

    def strike(self) -> None:
        """Kill -9."""
        ...

    def stop(self) -> int | None:
        """Asks it to end."""
        ...


class Supervisor:
    """Starts the bot again each time it dies, as an operator's supervisor would."""

    def __init__(self, process: Mortal, *, crash_at: str = "", restarts_after: float = 0.0) -> None:
        self._process, self._restarts_after = process, restarts_after
        self._first = {"BATON_CRASH_AT": crash_at} if crash_at else {}
        self._stopping = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self.deaths = 0

    def start(self) -> None:
        self._process.start(**self._first)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._process.stop()

    def kill(self) -> None:
        self._process.strike()

    def _watch(self) -> None:
        while not self._stopping.wait(0.02):
            if self._process.has_ended:
                self.deaths += 1
                if not self._stopping.wait(self._restarts_after):
                    self._process.start()


def play(
    database_url: str,
    folder: Path,
    *,
    crash_at: str = "",
    kill_after: float | None = None,
    lost_answers: int = 0,
) -> Outcome:
    """Plays the day; the bot dies at a named point, or so many seconds into the day.

    `lost_answers`: how many of Slack's answers to a post get lost.
    """
    application = Application(Settings(_env_file=None))
    manifest = application.manifest(socket_mode=True)
    with (
        LocalSlackServer(manifest, start=DAWN, retry_seconds=0.5) as server,
        LocalSlackClient(server.url) as slack,
    ):
        settings = server.environment | QUICK | {"DATABASE_URL": database_url}
        supervisor = Supervisor(AppProcess(settings, folder), crash_at=crash_at)
        lost = {"method": "chat.postMessage", "lose_answer": True, "times": lost_answers}
        slack.faults(methods=[lost])
        supervisor.start()
        try:
            with _killing(supervisor, slack, kill_after), _resting(database_url) as rest:
                scenes = application.bot.scenes
                player = Player(slack, scenes, FIRST_DAY, rest=rest, patience=PATIENCE)
                checks = player.play()
        finally:
            supervisor.stop()
        log = (folder / "bot.log").read_text(errors="replace")
        return _outcome(checks, slack.journal(), database_url, supervisor.deaths, log)


@contextmanager
def _killing(
    supervisor: Supervisor, slack: LocalSlackClient, after: float | None
) -> Iterator[None]:
    over = Event()

    def kill() -> None:
        slack.connected()
        if after is not None and not over.wait(after):
            supervisor.kill()

    thread = Thread(target=kill, daemon=True)
    thread.start()
    yield
    over.set()
    thread.join()


@contextmanager
def _resting(database_url: str) -> Iterator[Callable[[], None]]:
    """Waits until nothing is left to do: the lease of a dead process ends long before the hour."""
    database, waiting = Database(database_url), Event()

    def rest() -> None:
        deadline = monotonic() + PATIENCE
        while _unfinished(database):
            assert monotonic() < deadline, "the bot does not come to rest"
            waiting.wait(0.02)

    yield rest
    database.close()


def _unfinished(database: Database) -> int:
    with database.reading() as session:
        return sum(
            session.scalar(select(func.count()).select_from(table).where(table.state.in_(BUSY)))
            or 0
            for table in (InboxRow, DeliveryRow, OutboxRow)
        )


def random_moments(seed: int, count: int) -> list[float]:
    """Moments of the day, in seconds after the bot first connected."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    return [round(chance.uniform(0, DAY_SECONDS), 2) for _ in range(count)]


def _outcome(
    checks: list[Check], journal: list[Json], database_url: str, deaths: int, log: str
) -> Outcome:
    written = [e for e in journal if e["kind"] == "message" and e["mark"]]
    said = Counter(
        (entry["channel"][0], str(sorted(entry["audience"])), entry["text"].splitlines()[0])
        for entry in written
    )
    marks = Counter(entry["mark"] for entry in written)
    lost_hint = _gave_up_a_hint(database_url)
    failed = tuple(
        check for check in checks if check.why and not (check.scene == "coach" and lost_hint)
    )
    doubled = tuple(mark for mark, times in marks.items() if times > 1)
    return Outcome(failed, said, doubled, deaths, log)


def _gave_up_a_hint(database_url: str) -> bool:
    """Whether a private hint was given up: Slack keeps no trace to look it up by."""
    database = Database(database_url)
    with database.reading() as session:
        rows = select(OutboxRow).where(
            OutboxRow.method == Method.WHISPER, OutboxRow.state == State.DROPPED
        )
        given_up = bool(session.scalars(rows).first())
    database.close()
    return given_up
