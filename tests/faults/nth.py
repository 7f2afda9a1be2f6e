"""The n-th call of the database, or of Slack, fails; nobody but whoever called it is told."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, ClassVar, Final

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.core.db import Database
from bot.core.errors import SlackError
from bot.playground.faults import MethodFault
from tests.support.town import Town, town

SETTINGS: Final = {
    "baton_lease_seconds": 1.0,
    "baton_slack_timeout_seconds": 1.0,
    "baton_slack_margin_seconds": 0.2,
}


class CallFailed(sqlite3.OperationalError):
    """What a driver says of a database that was lost meanwhile."""


class Calls:
    """Counts the database calls of the bot, statements and commits, and fails one of them."""

    def __init__(self, database: Database) -> None:
        self._engine, self._lock = database.engine, threading.Lock()
        self._spared = threading.get_ident()
        self._in_a_job = False
        self._fails_at = 0
        self.count = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """While calls are counted."""
        hooks: dict[str, Callable[..., None]] = {
            "before_cursor_execute": self._call,
            "commit": self._call,
        }
        for name, hook in hooks.items():
            event.listen(self._engine, name, hook)
        try:
            yield
        finally:
            for name, hook in hooks.items():
                event.remove(self._engine, name, hook)

    def arm(self, nth: int) -> None:
        """Has the n-th call from now on fail; 0: none of them."""
        with self._lock:
            self.count, self._fails_at = 0, nth

    @contextmanager
    def in_a_job(self) -> Iterator[None]:
        """While the test's own thread does what is the bot's."""
        self._in_a_job = True
        try:
            yield
        finally:
            self._in_a_job = False

    def _call(self, *_given: Any) -> None:
        if threading.get_ident() == self._spared and not self._in_a_job:
            return  # the test looks what came of it
        with self._lock:
            self.count += 1
            fails = self.count == self._fails_at
        if fails:
            raise OperationalError("a statement", None, CallFailed("the connection was lost"))


class ShakyTown(Town):
    """A town in which a job that fails is tried again, as by a metronome."""

    calls: ClassVar[Calls]

    def _run_jobs(self) -> None:
        with self.calls.in_a_job(), suppress(OperationalError, SlackError):
            super()._run_jobs()


@contextmanager
def shaky(database_url: str, database: Database) -> Iterator[tuple[ShakyTown, Calls]]:
    """A town whose database calls are counted once it is up."""
    calls = ShakyTown.calls = Calls(database)
    with (
        calls.watched(),
        town(database_url, settings=SETTINGS, kind=ShakyTown) as living,
    ):
        assert isinstance(living, ShakyTown)
        yield living, calls
        calls.arm(0)


class Answers:
    """Counts the calls of Slack, and loses the answer of one of them, or has Slack refuse it."""

    def __init__(self, living: Town, nth: int, **how: Any) -> None:
        self._faults = living.server.slack.faults.methods
        self._fault = MethodFault("*", after=nth - 1, **how)
        self._faults.append(self._fault)

    @property
    def has_failed(self) -> bool:
        """Whether there were as many calls."""
        return self._fault.times == 0

    def stop(self) -> None:
        """Lets all go well from now on."""
        self._faults.remove(self._fault)
