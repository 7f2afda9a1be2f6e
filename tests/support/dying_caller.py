"""A caller in a process of its own, which is killed at a named point."""

from multiprocessing import get_context
from pathlib import Path
from signal import SIGKILL
from typing import Final

from bot.core import crash
from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.ports import Notice
from bot.pagers.caller import Caller

NAME: Final = "pagerduty"
_PROCESSES: Final = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bot.app", "tests.support.dying_caller"])


class Book:
    """A pager that writes down in a file whom it called."""

    name = NAME
    address_kind = ""

    def __init__(self, path: Path) -> None:
        self._path = path

    def call(self, notice: Notice, _address: str) -> None:
        with self._path.open("a") as book:
            book.write(f"{notice.key}\n")


def die(url: str, point: str, book: Path) -> None:
    """Has a process make one attempt and die at that point; returns when it is dead."""
    process = _PROCESSES.Process(target=_make_one, args=(url, point, str(book)))
    process.start()
    process.join(60)
    assert process.exitcode == -SIGKILL, f"it did not die at {point}: {process.exitcode}"


def _make_one(url: str, point: str, book: str) -> None:
    crash.arm(point)
    bot = Bot(Database(url), SystemClock(), SystemClock())
    Caller(bot, Book(Path(book))).step()
