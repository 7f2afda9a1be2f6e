"""Threads that work until they are told to stop."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Final, Protocol

from bot.core import logs, traces
from bot.core.clock import monotonic
from bot.core.errors import WorkspaceGone

log = logs.get(__name__)

PAUSE_AFTER_ERROR: Final = 1.0  # seconds


class Part(Protocol):
    """Something that runs beside others within the process."""

    def start(self) -> None:
        """Starts, without waiting for anything."""
        ...

    def stop(self, deadline: float) -> None:
        """Takes on nothing new and finishes what it is at, until `deadline` (monotonic)."""
        ...


class Worker:
    """Threads that call `step` while it returns True, then wait for `wake` or `idle` seconds."""

    def __init__(
        self,
        name: str,
        step: Callable[[], bool],
        *,
        wake: Event,
        threads: int = 1,
        idle: float = 0.5,
    ) -> None:
        self._step, self._wake, self._idle = step, wake, idle
        self._stopping = Event()
        self._threads = [
            Thread(target=self._run, name=f"{name}-{number}", daemon=True)
            for number in range(threads)
        ]

    def start(self) -> None:
        """Starts the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self, deadline: float) -> None:
        """Lets every thread finish the step it is in, until `deadline` (monotonic)."""
        self._stopping.set()
        self._wake.set()
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._has_worked() and not self._stopping.is_set():
                self._wake.wait(self._idle)
                self._wake.clear()

    def _has_worked(self) -> bool:
        with traces.under():
            return self._try()

    def _try(self) -> bool:
        try:
            return self._step()
        except WorkspaceGone as gone:
            log.info("left undone", why=gone)
            return True
        except Exception as error:
            log.exception("step failed", error=type(error).__name__)
            self._stopping.wait(PAUSE_AFTER_ERROR)
            return False
