"""A town whose bot is what an operator runs: processes, some that receive and some that work."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import Any, Final

from bot.app import Application
from bot.core.clock import monotonic
from bot.playground.client import LocalSlackClient
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.settings import Settings
from tests.support.ports import free_port
from tests.support.town import TUESDAY

PATIENCE: Final = 60.0
QUICK: Final = {"BATON_TICK_SECONDS": "0.2", "BATON_SLACK_TIMEOUT_SECONDS": "2"}
Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Processes:
    """What runs: the local Slack, and the bot's processes by the commands that started them."""

    server: LocalSlackServer
    slack: LocalSlackClient
    apps: Mapping[str, AppProcess]
    door: int

    def lines(self, **facts: object) -> list[Line]:
        """The lines that all of them logged so far, those that have these facts, in order."""
        written = [line for app in self.apps.values() for line in app.log.read_text().splitlines()]
        told: list[Line] = [json.loads(line) for line in written if line.startswith("{")]
        found = [line for line in told if facts.items() <= line.items()]
        return sorted(found, key=lambda line: str(line["timestamp"]))

    def waits_for(self, wanted: Callable[[], object]) -> None:
        """Waits until something holds."""
        deadline, waiting = monotonic() + PATIENCE, Event()
        while not wanted():
            assert monotonic() < deadline, self.lines()[-20:]
            waiting.wait(0.05)


@contextmanager
def processes(
    database_url: str,
    folder: Path,
    *commands: str,
    socket_mode: bool = False,
    each: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    **settings: str,
) -> Iterator[Processes]:
    """The bot as these commands (`web`, `worker`, `run`), with a database that has its tables.

    `each` are settings of one command.
    """
    port = free_port()
    address: dict[str, Any] = {"port": port, "baton_public_url": f"http://127.0.0.1:{port}"}
    application = Application(Settings(_env_file=None, **({} if socket_mode else address)))
    manifest = application.manifest(socket_mode=socket_mode)
    with (
        LocalSlackServer(
            manifest, start=TUESDAY, retry_seconds=1.0, retry_waits=(0.2, 0.5, 1.0)
        ) as server,
        LocalSlackClient(server.url) as slack,
        ExitStack() as running,
    ):
        given = server.environment | QUICK | {"DATABASE_URL": database_url, "PORT": str(port)}
        given |= {"BATON_LOG_FORMAT": "json"} | settings
        apps = {}
        for command in commands:
            place = folder / command
            place.mkdir()
            own = {**given, **each.get(command, {})}
            apps[command] = running.enter_context(AppProcess(own, place, command=command))
        found = Processes(server, slack, apps, port)
        slack.connected()
        found.waits_for(lambda: len(found.lines(event="ready")) == len(commands))
        yield found
