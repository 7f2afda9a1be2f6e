"""`baton playground` and `baton demo`: a local Slack, and Baton in it as a process of its own."""

import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Final

import typer

from bot.app import Application
from bot.core.clock import monotonic
from bot.core.encryption import new_key
from bot.playground.client import LocalSlackClient
from bot.playground.demo import FIRST_DAY
from bot.playground.demo.player import Player
from bot.playground.demo.transcript import Transcript
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.settings import Settings

QUICK: Final = {"BATON_TICK_SECONDS": "0.2"}
PAGERS: Final = "BATON_PAGER_"
OUTSIDE: Final = frozenset({"BATON_ENCRYPTION_KEYS", "BATON_PUBLIC_URL", "HOST", "PORT"})
"""What the playground takes from around it, besides the settings of pagers."""
DRAFTING_SECONDS: Final = 5.0
"""So long the clock of a day with a model stands still before each digest."""
DAWN: Final = time(7, 30)  # UTC: morning in Berlin, afternoon in Tokyo, night in Los Angeles


def keep_playground(port: int) -> None:
    """Runs the local Slack and Baton until it is interrupted."""
    asked: list[int] = []  # no lock, which a handler of signals could find held
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: asked.append(number))
    manifest = _application().manifest(socket_mode=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalSlackServer(manifest, port=port) as server,
        AppProcess(_outside() | server.environment | QUICK, Path(folder)) as process,
    ):
        typer.echo(f"The local Slack is at {server.url}")
        typer.echo("Baton joins it in a moment. Ctrl-C ends both, and nothing is kept.")
        typer.echo(f"Baton's log: {process.log}")
        while not asked:
            if process.wait(0.5):
                typer.echo(process.log.read_text(errors="replace"), err=True)
                raise typer.Exit(1)
    typer.echo("Both have ended.")


def play_demo(settings: Mapping[str, str] = MappingProxyType({})) -> int:
    """Plays the day and prints it; returns 0 if everything happened that had to, else 1.

    With a key of a model provider's in the `settings`, the digests' words come from the model.
    """
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))  # ends the bot, too
    application, began = _application(), monotonic()
    manifest = application.manifest(socket_mode=True)
    start = datetime.combine(FIRST_DAY, DAWN, UTC)
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalSlackServer(manifest, start=start) as server,
        AppProcess(server.environment | QUICK | dict(settings), Path(folder)) as process,
        LocalSlackClient(server.url) as slack,
    ):
        transcript = Transcript(slack, typer.echo)
        scenes, lull = application.bot.scenes, DRAFTING_SECONDS if settings else 0.0
        player = Player(slack, scenes, FIRST_DAY, tell=transcript.tell, lull=lull)
        checks = player.play()
        transcript.tell()
        transcript.verdict(checks, monotonic() - began)
        failed = any(check.why for check in checks)
        if failed:
            typer.echo(f"\nWhat the bot wrote:\n{process.log.read_text()}", err=True)
        return int(failed)


def _outside() -> dict[str, str]:
    """How the playground's people are reached outside of it: as whoever starts it has set up.

    A key of its own, if there is none, lets them enter addresses.
    """
    given = {
        name: value
        for name, value in os.environ.items()
        if name.startswith(PAGERS) or name in OUTSIDE
    }
    return {"BATON_ENCRYPTION_KEYS": new_key()} | given


def _application() -> Application:
    return Application(Settings(_env_file=None))
