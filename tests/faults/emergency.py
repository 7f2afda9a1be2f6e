"""One page under kill -9: the bot dies, is started again, and the page goes on."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Final

from bot.app import Application
from bot.core.clock import monotonic
from bot.playground.client import LocalSlackClient, NoAnswer, NotPossible
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from bot.settings import Settings
from tests.faults.day import QUICK, Supervisor
from tests.support.databases import Rows, fill
from tests.support.local_api import Answer, LocalApi, Request

START: Final = datetime(2026, 10, 6, 8, 5, tzinfo=UTC)  # 13:35 in Kolkata: nobody is woken
PATIENCE: Final = 60.0
RESTARTS_AFTER: Final = 1.0
SECRET: Final = "a secret of sixteen letters"
LEVEL: Final = timedelta(minutes=5)
PAGED: Final = "needs you now"
ACT: Final = "act"
CALLS: Final = "trigger"
_FORM: Final = {
    "What is it?": "Production down: customers cannot use the product",
    "What it hurts": "All new customers",
    "Person to page": "Priya",
}
_END: Final = {"What was it, and what was done?": "A bad deploy, rolled back"}


class Receiver(LocalApi):
    """The operator's own address, to which pages go outside of Slack."""

    def answer(self, request: Request) -> Answer:
        """It takes everything."""
        del request
        return Answer({})

    def told(self, act: str) -> list[str]:
        """The keys of the notices that were to begin, or to end, something."""
        with self._lock:
            return [each.body["key"] for each in self.journal if each.body[ACT] == act]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How long after it was due each page came; what came twice, and after somebody was on it.

    `called_off_again` are the keys under which the receiver was told more than once that it is over
    or that somebody is on it.
    """

    lateness: tuple[timedelta, ...]
    doubled: tuple[str, ...]
    called_off_again: tuple[str, ...]
    after_all: int
    deaths: int
    log: str


class Emergency:
    """Sam pages Priya, who is on it when she is paged again, and sees to it."""

    def __init__(self, slack: LocalSlackClient, receiver: Receiver) -> None:
        self._slack, self._receiver = slack, receiver
        self._sam, self._priya = slack.person("Sam"), slack.person("Priya")
        self._priya_id = slack.see("Priya")["me"]

    def play(self) -> tuple[list[datetime], int]:
        """When each page had to come, and how many messages and calls came after the end."""
        self._slack.connected()
        due = [self._now()]
        self._insist(lambda: self._sam.types("#infra", "/redphone Nobody can sign up"))
        self._insist(lambda: self._sam.fills_in(_FORM))
        self._wait(lambda: len(self.pages()) == 1)
        self._slack.advance(LEVEL)
        due.append(self._now())
        self._wait(lambda: len(self.pages()) == 2)
        self._insist(lambda: self._priya.presses("I'm on it"))
        self._wait(lambda: bool(self._receiver.told("acknowledge")))
        before = self._attempts()
        self._slack.advance(LEVEL * 2)
        self._insist(lambda: self._priya.presses("Resolve…"))
        self._insist(lambda: self._priya.fills_in(_END))
        self._wait(lambda: bool(self._receiver.told("resolve")))
        self._slack.advance(LEVEL * 2)
        self._slack.settled(quiet=1.0)
        return due, self._attempts() - before

    def pages(self) -> list[Json]:
        """The direct messages by which Priya was paged."""
        return [
            entry
            for entry in self._slack.journal()
            if entry["kind"] == "message" and PAGED in entry["text"]
            if entry["audience"] and self._priya_id in entry["audience"]
            if entry["channel"].startswith("D")
        ]

    def _attempts(self) -> int:
        return len(self.pages()) + len(self._receiver.told(CALLS))

    def _now(self) -> datetime:
        return self._slack.now()

    def _insist(self, act: Callable[[], None]) -> None:
        """Does something; whoever gets no answer is told so, and does it again."""
        deadline, again = monotonic() + PATIENCE, False
        while True:
            try:
                act()
            except NoAnswer:
                assert monotonic() < deadline, "nobody answers"
                again = True
                self._slack.connected()
            except NotPossible:
                if again:
                    return  # it was done the first time
                assert monotonic() < deadline, "nobody shows how"
                self._slack.settled()
            else:
                return

    def _wait(self, is_so: Callable[[], bool]) -> None:
        deadline, waiting = monotonic() + PATIENCE, Event()
        while not is_so():
            assert monotonic() < deadline, "it does not go on"
            waiting.wait(0.05)


def play(database_url: str, folder: Path, known: Rows, *, crash_at: str) -> Outcome:
    """Plays it with a bot that knows the town, and that dies at a named point."""
    manifest = Application(Settings(_env_file=None)).manifest(socket_mode=True)
    fill(database_url, known)
    with (
        Receiver() as receiver,
        LocalSlackServer(manifest, start=START, retry_seconds=0.5) as server,
        LocalSlackClient(server.url) as slack,
    ):
        settings = (
            server.environment
            | QUICK
            | {
                "DATABASE_URL": database_url,
                "BATON_PAGER_WEBHOOK_URL": receiver.url,
                "BATON_PAGER_WEBHOOK_SECRET": SECRET,
            }
        )
        process = AppProcess(settings, folder)
        supervisor = Supervisor(process, crash_at=crash_at, restarts_after=RESTARTS_AFTER)
        supervisor.start()
        emergency = Emergency(slack, receiver)
        try:
            due, after_all = emergency.play()
        finally:
            supervisor.stop()
        came = [datetime.fromisoformat(each["at"]) for each in emergency.pages()]
        marks = Counter(each["mark"] for each in slack.journal() if each["kind"] == "message")
        calls = Counter(each.body["key"] for each in receiver.journal if each.body[ACT] == CALLS)
        ends = Counter(each.body["key"] for each in receiver.journal if each.body[ACT] != CALLS)
    return Outcome(
        lateness=tuple(at - then for at, then in zip(came, due, strict=True)),
        doubled=_repeated(marks + calls),
        called_off_again=_repeated(ends),
        after_all=after_all,
        deaths=supervisor.deaths,
        log=(folder / "bot.log").read_text(errors="replace"),
    )


def _repeated(times: Counter[str]) -> tuple[str, ...]:
    return tuple(key for key, count in times.items() if key and count > 1)
