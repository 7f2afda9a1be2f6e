"""Keeps a log readable while the same goes wrong again and again.

Of what the same place says of the same error a few lines a minute are written. The rest is counted,
and told when that minute is over.
"""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Timer
from typing import Final, TypeAlias

from bot.core import failures
from bot.core.clock import monotonic

MOST: Final = 5
"""Lines in a minute; as many workers as a process has may each tell once of what befell all."""
SECONDS: Final = 60.0
LEFT_OUT: Final = "the same was left out"

Tell: TypeAlias = Callable[["Repeated"], None]
_Key: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class Repeated:
    """What one place says of one error: `at` is `file:line`, `error` its class, or empty."""

    at: str
    error: str
    until: float
    written: int = 0
    left_out: int = 0


class Repetition(logging.Filter):
    """Drops the lines from WARNING on that one place wrote often enough; `tell` has the rest."""

    def __init__(
        self, tell: Tell, *, seconds: float = SECONDS, clock: Callable[[], float] = monotonic
    ) -> None:
        super().__init__()
        self._tell, self._seconds, self._clock = tell, seconds, clock
        self._known: dict[_Key, Repeated] = {}
        self._timers: set[Timer] = set()
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a line is written."""
        said, named = _said(record)
        if record.levelno < logging.WARNING or said == LEFT_OUT:
            return True
        error = _error_of(record)
        at = f"{record.filename}:{record.lineno}"
        traced = failures.traced(error) if error else ""
        with self._lock:
            return self._admits((record.name, at, said, named, traced), at, named)

    def close(self) -> None:
        """Waits for no minute to end any more; what was left out in one stays untold."""
        with self._lock:
            for timer in self._timers:
                timer.cancel()
            self._timers.clear()

    def _admits(self, key: _Key, at: str, error: str) -> bool:
        now = self._clock()
        known = self._known.get(key)
        if known is None or (known.until <= now and not known.left_out):
            self._forget(now)
            known = self._known[key] = Repeated(at, error, now + self._seconds)
        if known.written < MOST:
            known.written += 1
            return True
        known.left_out += 1
        if known.left_out == 1:
            self._wait_for(key, known.until - now)
        return False

    def _forget(self, now: float) -> None:
        over = [key for key, each in self._known.items() if each.until <= now and not each.left_out]
        for key in over:
            del self._known[key]

    def _wait_for(self, key: _Key, seconds: float) -> None:
        timer = Timer(seconds, lambda: self._end(key, timer))
        timer.daemon = True
        self._timers.add(timer)
        timer.start()

    def _end(self, key: _Key, timer: Timer) -> None:
        with self._lock:
            if timer not in self._timers:
                return
            self._timers.discard(timer)
            ended = self._known.pop(key)
        self._tell(ended)


def _said(record: logging.LogRecord) -> tuple[str, str]:
    """The words of a line of ours, and the error it is about; of a library's the place will do."""
    error = _error_of(record)
    if not isinstance(record.msg, dict):
        return "", failures.named(error) if error else ""
    told = record.msg.get("error", error)
    named = failures.named(told) if isinstance(told, BaseException) else str(told or "")
    return str(record.msg.get("event", "")), named


def _error_of(record: logging.LogRecord) -> BaseException | None:
    """The error whose trace a line shows."""
    given = record.msg.get("exc_info") if isinstance(record.msg, dict) else record.exc_info
    error = given[1] if isinstance(given, tuple) else given
    if given and not isinstance(error, BaseException):
        error = sys.exc_info()[1]
    return error if isinstance(error, BaseException) else None
