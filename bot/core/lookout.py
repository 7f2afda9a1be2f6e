"""What something slow says, asked by one thread at a time and remembered for a moment.

Whoever asks waits as long as they like, and is in nobody's way: however many ask, and however long
the answer takes, it is asked for once.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Generic, TypeVar

from bot.core.clock import monotonic

T = TypeVar("T")


class Lookout(Generic[T]):
    """Looks again when what it saw is older than so many seconds."""

    def __init__(self, name: str, look: Callable[[], T], *, seconds: float) -> None:
        self._name, self._look, self._seconds = name, look, seconds
        self._seen: Future[T] | None = None
        self._seen_at = 0.0
        self._lock = Lock()

    def look(self) -> "Future[T]":
        """What it saw just now, or will see."""
        with self._lock:
            if self._seen is None or self._is_over(self._seen):
                self._seen = Future()
                Thread(target=self._see, args=(self._seen,), name=self._name, daemon=True).start()
            return self._seen

    def _is_over(self, seen: "Future[T]") -> bool:
        return seen.done() and monotonic() - self._seen_at > self._seconds

    def _see(self, seen: "Future[T]") -> None:
        try:
            found = self._look()
        except BaseException as error:  # noqa: BLE001 - whoever asked is told
            self._seen_at = monotonic()
            seen.set_exception(error)
        else:
            self._seen_at = monotonic()
            seen.set_result(found)
