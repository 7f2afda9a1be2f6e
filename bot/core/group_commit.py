"""Group commit: what arrives together is stored in one transaction, and each is told its outcome.

A durable commit takes as long for one row as for a hundred. So while one is under way whatever
arrives meanwhile waits, and goes into the next one. (DeWitt et al., "Implementation Techniques for
Main Memory Database Systems", 1984.)
"""

import asyncio
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Generic, TypeAlias, TypeVar

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from bot.core.errors import TooMuchWaits

T = TypeVar("T")
Outcome: TypeAlias = Exception | None
_Waiting: TypeAlias = tuple[T, "Future[None]"]

MOST_AT_ONCE: Final = 512
MOST_WAITING: Final = 2_000
"""Things. Each may be as large as a body; what comes beyond is refused at once."""
UNWELL: Final = (OperationalError, InterfaceError, PoolExhausted)
"""Errors that say nothing against what was to be stored: the database does not answer now."""


class GroupCommit(Generic[T]):
    """Stores what one event loop brings, in a thread of its own.

    `store` gets some of it and stores all or nothing, durably. If it fails because of what it was
    given, each is tried alone, so that one that cannot be stored fails by itself. If the database
    is unwell, whatever waits by then fails, too: after another try it would be too late for it.
    """

    def __init__(
        self,
        store: Callable[[Sequence[T]], object],
        *,
        refused: Callable[[int], object] = lambda _count: None,
    ) -> None:
        """`refused` is told how many could not be stored."""
        self._store, self._refused = store, refused
        self._waiting: list[_Waiting[T]] = []
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="group-commit")
        self._writing: asyncio.Task[None] | None = None

    def add(self, item: T) -> "Future[None]":
        """Done as soon as the item is durable; otherwise it has the error.

        To be called on the event loop. Raises TooMuchWaits.
        """
        if len(self._waiting) >= MOST_WAITING:
            self._refused(1)
            raise TooMuchWaits
        loop = asyncio.get_running_loop()
        stored: Future[None] = loop.create_future()
        self._waiting.append((item, stored))
        if self._writing is None:
            self._writing = loop.create_task(self._write(loop))
        return stored

    def close(self) -> None:
        """Ends the thread, after what it is at."""
        self._writer.shutdown(wait=False)

    async def _write(self, loop: AbstractEventLoop) -> None:
        try:
            while self._waiting:
                some = self._waiting[:MOST_AT_ONCE]
                del self._waiting[:MOST_AT_ONCE]
                items = [item for item, _ in some]
                outcomes = await loop.run_in_executor(self._writer, self._commit, items)
                unwell = next((each for each in outcomes if isinstance(each, UNWELL)), None)
                if unwell is not None:
                    outcomes = [*outcomes, *[unwell] * len(self._waiting)]
                    some, self._waiting = some + self._waiting, []
                if failed := len(some) - outcomes.count(None):
                    self._refused(failed)
                for (_, stored), outcome in zip(some, outcomes, strict=True):
                    _settle(stored, outcome)
        finally:
            self._writing = None

    def _commit(self, items: Sequence[T]) -> list[Outcome]:
        try:
            self._store(items)
        except UNWELL as error:
            return [error] * len(items)
        except Exception as error:  # noqa: BLE001 - whoever brought it decides
            return [error] if len(items) == 1 else self._commit_each(items)
        return [None] * len(items)

    def _commit_each(self, items: Sequence[T]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for item in items:
            outcomes += self._commit([item])
            if isinstance(outcomes[-1], UNWELL):
                return outcomes + outcomes[-1:] * (len(items) - len(outcomes))
        return outcomes


def _settle(stored: "Future[None]", outcome: Outcome) -> None:
    if stored.done():  # whoever waited went away
        return
    if outcome is None:
        stored.set_result(None)
    else:
        stored.set_exception(outcome)
