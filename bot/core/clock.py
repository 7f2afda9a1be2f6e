"""The one place that reads the time.

Two clocks run side by side. The domain clock decides what is due and can be moved in a local Slack;
the machine clock times leases, limits and back-off, and never goes back.
"""

import json
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final, Protocol

_SLOWED: Final = 0.5


class Clock(Protocol):
    """Tells the current instant, timezone-aware, in UTC."""

    def now(self) -> datetime:
        """The current instant."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The current instant of the machine."""
        return datetime.now(UTC)


class SteadyClock:
    """The machine's clock, without its steps back: what waits for an instant does not wait longer.

    Where the machine's was set back, this one goes half as fast until that has caught up. One that
    was set forward it follows at once.
    """

    def __init__(self, machine: Clock, seconds: Callable[[], float] = time.monotonic) -> None:
        self._machine, self._seconds, self._lock = machine, seconds, Lock()
        self._told, self._at = machine.now(), seconds()

    def follow(self, told: datetime) -> None:
        """Another one, that went by the same machine until just now, told this instant."""
        with self._lock:
            self._told = max(self._told, told)

    def now(self) -> datetime:
        """The instant it is, or a little later; never before one that it told already."""
        with self._lock:
            at = self._seconds()
            slowed = self._told + timedelta(seconds=(at - self._at) * _SLOWED)
            self._told, self._at = max(self._machine.now(), slowed), at
            return self._told


class RemoteClock:
    """The clock of a local Slack, asked over loopback each time."""

    def __init__(self, url: str) -> None:
        self._url = url

    def now(self) -> datetime:
        """The instant the local Slack says it is."""
        with urllib.request.urlopen(self._url, timeout=5) as answer:  # noqa: S310 - loopback only
            return datetime.fromisoformat(json.load(answer)["now"])


class StoppedClock:
    """A clock that moves only when told to."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant it was set to."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Moves the clock on."""
        self._now += by

    def set(self, now: datetime) -> None:
        """Moves the clock to `now`."""
        self._now = now


def monotonic() -> float:
    """Seconds on a clock that never jumps, to measure durations within a process."""
    return time.monotonic()


def epoch_milliseconds() -> int:
    """The machine's time in milliseconds since 1970, for ids that sort by age."""
    return time.time_ns() // 1_000_000
