"""Processes of the bot as an operator runs them, for the parts that need the whole of it."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

import httpx2

from bot.core.clock import monotonic
from bot.playground.process import AppProcess

PATIENCE: Final = 60.0
LOOKS_EVERY: Final = 0.005
_READY: Final = '"event": "ready"'


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of a process: all of its pages, and all but what others have of the shared ones."""

    rss: float
    pss: float


@contextmanager
def running(
    command: str, settings: Mapping[str, str], folder: Path, url: str = ""
) -> Iterator[tuple[int, float]]:
    """A process from when it is ready, and answers at `url`: its id, and the seconds it took."""
    folder.mkdir(exist_ok=True)
    process = AppProcess({**settings, "BATON_LOG_FORMAT": "json"}, folder, command=command)
    process.log.unlink(missing_ok=True)
    with compiled():
        began = monotonic()
        process.start()
    try:
        wait_until(lambda: _is_ready(process, url))
        assert process._process is not None
        yield process._process.pid, monotonic() - began
    finally:
        process.stop()


@contextmanager
def compiled() -> Iterator[None]:
    """Has Python keep what it compiles, as where it is installed."""
    name = "PYTHONDONTWRITEBYTECODE"
    given = os.environ.pop(name, None)
    try:
        yield
    finally:
        if given is not None:
            os.environ[name] = given


def wait_until(holds: Callable[[], bool]) -> None:
    """Waits until something holds. Raises AssertionError if it takes too long."""
    patience = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < patience, "it does not happen"
        Event().wait(LOOKS_EVERY)


def answers(url: str) -> bool:
    """Whether there is a server that answers anything."""
    try:
        httpx2.get(url, trust_env=False)
    except httpx2.TransportError:
        return False
    return True


def memory_of(process_id: int) -> Memory:
    """What a process holds (Linux alone tells)."""
    told = Path(f"/proc/{process_id}/smaps_rollup").read_text()
    held = {name: int(size) for name, size in re.findall(r"(?m)^(\w+): +(\d+) kB", told)}
    return Memory(held["Rss"] / 1_024, held["Pss"] / 1_024)


def processor_seconds(process_id: int) -> float:
    """What a process took of the processor so far, whoever else wanted it (Linux alone tells)."""
    told = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    ticks = int(told[11]) + int(told[12])  # utime and stime, fields 14 and 15 of proc(5)
    return ticks / os.sysconf("SC_CLK_TCK")


def _is_ready(process: AppProcess, url: str) -> bool:
    assert not process.has_ended, process.log.read_text()
    return _READY in process.log.read_text() and (not url or answers(url))
