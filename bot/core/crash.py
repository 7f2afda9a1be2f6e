"""Named points at which a test can kill the process, to show that nothing is lost there."""

import os
import signal
from threading import Lock

from bot.core.errors import UnknownCrashPoint

POINTS = (
    "inbox.before_commit",
    "inbox.after_commit",
    "intake.after_claim",
    "event.before_commit",
    "event.after_commit",
    "intake.before_done",
    "interaction.before_commit",
    "interaction.after_commit",
    "job.before_commit",
    "job.after_commit",
    "escalation.before_commit",
    "escalation.after_commit",
    "outbox.after_claim",
    "outbox.after_post",
    "outbox.after_settle",
    "reconcile.after_lookup",
    "attempt.after_claim",
    "attempt.after_call",
    "attempt.after_settle",
    "directory.before_commit",
    "directory.after_commit",
    "record.after_claim",
    "record.after_commit",
    "record.after_push",
    "record.before_done",
    "erasing.after_portion",
)

_lock = Lock()
_armed: str | None = None
_passes_left = 0


def arm(point: str) -> None:
    """Kills the process at `point`, given as `name` or `name:n` for the n-th pass (from 1).

    Raises UnknownCrashPoint.
    """
    global _armed, _passes_left
    name, _, nth = point.partition(":")
    if name not in POINTS or not (nth or "1").isdecimal():
        raise UnknownCrashPoint(f"({point!r}; known: {', '.join(POINTS)})")
    _armed, _passes_left = name, int(nth or "1")


def crash_point(name: str) -> None:
    """Does nothing, unless this is where the process was told to die."""
    global _passes_left  # noqa: PLW0603 - as above
    if name != _armed:
        return
    with _lock:
        _passes_left -= 1
        if _passes_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
