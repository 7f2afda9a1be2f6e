"""(g) How long a process takes from its start until it is ready, and how much memory it has then.

Each runs as an operator runs it, over HTTP, on a database with 1,000 people, against the local
Slack; no model is asked. The yardstick is a bare Bolt app with SQLAlchemy on the same server.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Event
from typing import Final

from bot.app import Application
from bot.core.clock import SystemClock, monotonic
from bot.playground.server import LocalSlackServer
from bot.playground.world import TEAM_ID
from bot.settings import Settings
from tests.load.bench.databases import fresh
from tests.load.bench.figures import Figure
from tests.load.bench.processes import (
    Memory,
    answers,
    compiled,
    memory_of,
    processor_seconds,
    running,
    wait_until,
)
from tests.load.traffic import Crowd, found
from tests.support.databases import migrated
from tests.support.ports import free_port

COMMANDS: Final = ("run", "web", "worker")
PEOPLE: Final = 1_000
TIMES: Final = 5
SECONDS: Final = 1.5
"""The bar until it is ready."""
MEGABYTES: Final = 100.0
"""The bar of what it holds then."""
SETTLED_AFTER: Final = 3.0
"""Seconds after which the memory is looked at again: every job ran once."""
BARE: Final = """
import uvicorn, slack_bolt, sqlalchemy.orm
from slack_bolt.adapter.starlette import SlackRequestHandler
from starlette.applications import Starlette
from starlette.routing import Route
app = slack_bolt.App(token="xoxb-1", signing_secret="s", token_verification_enabled=False)
handler = SlackRequestHandler(app)
async def take(request):
    return await handler.handle(request)
sqlalchemy.create_engine("sqlite://").connect()
served = Starlette(routes=[Route("/", take, methods=["POST"])])
uvicorn.run(served, port=int(__import__("sys").argv[1]), log_level="critical")
"""


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until a process was ready, and of the processor's time among them; its memory then.

    `settled` is the memory after every job ran once.
    """

    seconds: float
    processor: float
    ready: Memory
    settled: Memory


def part(scale: float) -> Iterator[Figure]:
    """Starts each of them a few times, in turns."""
    times = max(1, round(TIMES * min(1.0, scale)))
    with fresh("sqlite", "start") as (url,), tempfile.TemporaryDirectory() as folder:
        database = migrated(url)
        found(database, Crowd.of(TEAM_ID, people=PEOPLE), SystemClock().now())
        database.close()
        bare, starts = [], {command: list[Start]() for command in COMMANDS}
        for _ in range(times):
            bare.append(_bare())
            for command, some in starts.items():
                some.append(start(command, url, Path(folder)))
    for command, some in starts.items():
        yield from figures(command, some, bare)


def figures(command: str, some: Sequence[Start], bare: Sequence[Start]) -> Iterator[Figure]:
    """The medians beside those of the bare app."""
    yield Figure(
        "g",
        f"{command}: ready after",
        "sqlite",
        round(median(each.seconds for each in some), 2),
        "s",
        yardstick=round(median(each.seconds for each in bare), 2),
        of="a bare Bolt app, s",
        most=SECONDS,
    )
    yield Figure(
        "g",
        f"{command}: processor's time until ready",
        "sqlite",
        round(median(each.processor for each in some), 2),
        "s",
        yardstick=round(median(each.processor for each in bare), 2),
        of="a bare Bolt app, s",
    )
    told = (
        ("memory (RSS) when ready", [each.ready.rss for each in some], MEGABYTES),
        ("memory (PSS) when ready", [each.ready.pss for each in some], None),
        ("memory (RSS), each job ran once", [each.settled.rss for each in some], None),
    )
    for what, values, bar in told:
        yield Figure(
            "g",
            f"{command}: {what}",
            "sqlite",
            round(median(values), 1),
            "MB",
            yardstick=round(median(each.ready.rss for each in bare), 1),
            of="a bare Bolt app, MB (RSS)",
            most=bar,
        )


def start(command: str, url: str, folder: Path) -> Start:
    """Starts a process, waits until it is ready and has answered, and ends it."""
    port = free_port()
    public_url = f"http://127.0.0.1:{port}"
    app = Application(Settings(_env_file=None, baton_public_url=public_url))
    with LocalSlackServer(app.manifest(socket_mode=False)) as server:
        own = {"DATABASE_URL": url, "PORT": str(port), "BATON_PUBLIC_URL": public_url}
        door = "" if command == "worker" else public_url
        with running(command, server.environment | own, folder, door) as (process_id, seconds):
            return _seen(process_id, seconds)


def _bare() -> Start:
    port = free_port()
    with (
        compiled(),
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen([sys.executable, "-c", BARE, str(port)], cwd=folder) as process,
    ):
        began = monotonic()
        try:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}"))
            return _seen(process.pid, monotonic() - began)
        finally:
            process.kill()


def _seen(process_id: int, seconds: float) -> Start:
    processor, ready = processor_seconds(process_id), memory_of(process_id)
    Event().wait(SETTLED_AFTER)
    return Start(seconds, processor, ready, memory_of(process_id))
