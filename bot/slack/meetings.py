"""Learns from Slack who and what events speak of; no workspace waits for another's answers."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextvars import Context, copy_context
from threading import Lock
from typing import Final, TypeAlias
from uuid import UUID

from bot.core.events import Event

AT_ONCE: Final = 8
"""So many workspaces are asked about beside each other; each is asked one thing after the other."""
MOST_KEPT: Final = 1_000

_Task: TypeAlias = tuple["Future[None]", Context, Event]


class StillAsking(Exception):
    """Slack has not told yet."""


class Meetings:
    """What is being asked for events that wait, by the row of each; a thread does it."""

    def __init__(self, meet: Callable[[Event], None]) -> None:
        """`meet` asks Slack for all that has to be known of an event. Raises SlackError."""
        self._meet = meet
        self._pool = ThreadPoolExecutor(AT_ONCE, "meeting")
        self._lock = Lock()
        self._begun: dict[UUID, Future[None]] = {}
        self._tasks: dict[str, deque[_Task]] = {}

    def begin(self, row_id: UUID, event: Event) -> "Future[None]":
        """Begins to ask, unless that was begun before."""
        with self._lock:
            if row_id in self._begun:
                return self._begun[row_id]
            self._forget_some()
            met = self._begun[row_id] = Future()
            is_idle = event.team_id not in self._tasks
            self._tasks.setdefault(event.team_id, deque()).append((met, copy_context(), event))
        if is_idle:
            self._pool.submit(self._work, event.team_id)
        return met

    def ask(self, row_id: UUID, event: Event, *, seconds: float) -> None:
        """Returns once all is known.

        Raises StillAsking where that takes longer than so many seconds: it goes on meanwhile, so
        ask once more for the same row. Raises what it came to otherwise, as SlackError.
        """
        met = self.begin(row_id, event)
        if not wait([met], max(0.0, seconds)).done:
            raise StillAsking
        with self._lock:
            self._begun.pop(row_id, None)
        met.result()

    def _work(self, team_id: str) -> None:
        """Does one task of a workspace; the others wait for their turn behind those of others."""
        with self._lock:
            met, context, event = self._tasks[team_id].popleft()
        try:
            context.run(self._meet, event)
        except BaseException as error:  # noqa: BLE001 - whoever asked is told
            met.set_exception(error)
        else:
            met.set_result(None)
        with self._lock:
            is_left = bool(self._tasks[team_id])
            if not is_left:
                del self._tasks[team_id]
        if is_left:
            self._pool.submit(self._work, team_id)

    def _forget_some(self) -> None:
        """What nobody asked for any more: another worker dealt with the event."""
        if len(self._begun) >= MOST_KEPT:
            self._begun = {key: met for key, met in self._begun.items() if not met.done()}
