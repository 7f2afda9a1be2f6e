"""A worker process that is stopped past its lease, and goes on later."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from sqlalchemy import select

from bot.core import inbox
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.inbox import DeliveryRow, Envelope, InboxRow
from bot.core.queue import State

ROOT = Path(__file__).parents[2]
Process: TypeAlias = "subprocess.Popen[str]"


@pytest.fixture
def worker(database: Database) -> Iterator[Callable[[str], Process]]:
    """Starts workers, and ends those that are left."""
    started: list[Process] = []

    def start(name: str) -> Process:
        command = [sys.executable, "-m", "tests.support.queue_worker", database.url, name]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def _says(process: Process) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _tell(process: Process) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


@pytest.mark.slow
def test_f25_a_worker_frozen_past_its_lease_loses_it_and_the_work_counts_once(
    database: Database, worker: Callable[[str], Process]
) -> None:
    inbox.accept(database, [Envelope("T1", "Ev1", "C1", b"{}")], now=SystemClock().now())
    frozen = worker("frozen")
    assert _says(frozen) == "claimed"
    os.kill(frozen.pid, signal.SIGSTOP)
    _tell(frozen)
    heir = worker("heir")
    assert _says(heir) == "claimed", "as soon as the lease has run out"
    _tell(heir)
    assert _says(heir) == "finished"
    os.kill(frozen.pid, signal.SIGCONT)
    assert _says(frozen) == "lease lost"
    with database.reading() as session:
        assert list(session.scalars(select(DeliveryRow.listener))) == ["heir"]
        assert list(session.scalars(select(InboxRow.state))) == [State.DONE]
