"""Thousands of hostile bodies, and the bot in a process of its own that has to bear them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Event
from typing import Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.app import Application
from bot.core.clock import monotonic
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.playground.world import TEAM_ID
from bot.settings import Settings
from tests.support.hostile_bodies import BATCH, FORGED, HOSTILE, variants
from tests.support.ports import free_port
from tests.support.wire import Envelopes

REAL_IDS: Final = ((b"T1", TEAM_ID), (b"U1", "U0TOM0000"), (b"C1", "C0WEBSITE"))

SETTLES_WITHIN: Final = 30.0  # seconds
STEADY: Final = 0.01

Forged = list[tuple[bytes, bytes]]


def with_each(bodies: int, work: Callable[[bytes, Forged], None]) -> int:
    """Calls it with so many hostile bodies and forged headers; returns with how many."""
    seen = 0

    @settings(
        max_examples=bodies // BATCH,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(HOSTILE, FORGED, st.integers(0, 2**32))
    def each(body: bytes, headers: Forged, seed: int) -> None:
        nonlocal seen
        for variant in variants(body, seed):
            seen += 1
            work(variant, headers[seen % 2 :])

    each()
    return seen


def of_the_town(body: bytes) -> bytes:
    """A body that tells of people and places which there are."""
    for general, real in REAL_IDS:
        body = body.replace(general, real.encode())
    return body


@contextmanager
def running(database_url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """The bot as an operator runs it, in a town of its own: its port and its process's id."""
    port = free_port()
    public_url = f"http://127.0.0.1:{port}"
    app = Application(Settings(_env_file=None, baton_public_url=public_url))
    with LocalSlackServer(app.manifest(socket_mode=False)) as server:
        own = {"DATABASE_URL": database_url, "PORT": str(port), "BATON_PUBLIC_URL": public_url}
        with AppProcess(server.environment | own, folder) as process:
            envelopes = Envelopes(server.slack)
            envelopes.waits_for_the_bot()
            envelopes.close()
            assert process._process is not None
            yield port, process._process.pid


@contextmanager
def behind_a_socket(database_url: str, url: str) -> Iterator[int]:
    """An app that a socket leads to, in a process of its own: the process's id."""
    command = [sys.executable, "-m", "tests.support.socket_door_process", database_url, url]
    with Popen(command, stdin=PIPE, cwd=Path(__file__).parents[2]) as process:
        assert process.stdin is not None
        yield process.pid
        process.stdin.close()


def memory_of(process_id: int) -> int:
    """Kibibytes of memory that a process holds."""
    lines = Path(f"/proc/{process_id}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def settled_memory_of(process_id: int) -> int:
    """The same as soon as what began with the process is done: it stays as it is for 2 s."""
    patience, held = monotonic() + SETTLES_WITHIN, 0
    while monotonic() < patience:
        before, held = held, memory_of(process_id)
        if abs(held - before) < held * STEADY:
            break
        Event().wait(2.0)
    return held


def in_mib(sizes: dict[int, int]) -> str:
    """How much was held after how many bodies, in words."""
    return ", ".join(f"{size / 1024:.0f} MiB after {seen}" for seen, size in sizes.items())
