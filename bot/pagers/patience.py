"""Calls that may hang, and are not waited for beyond a time."""

from collections.abc import Callable
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Thread

from bot.core.errors import PagerOutcomeUnknown


def within(seconds: float, call: Callable[[], None]) -> None:
    """Makes a call in a thread of its own, and leaves it alone when its time is over.

    Raises what it raises; PagerOutcomeUnknown if it is not over.
    """
    over: SimpleQueue[Exception | None] = SimpleQueue()
    under_this_trace = copy_context().run
    Thread(target=under_this_trace, args=(_make, call, over), name="pager", daemon=True).start()
    try:
        error = over.get(timeout=seconds)
    except Empty:
        raise PagerOutcomeUnknown("(took too long)") from None
    if error is not None:
        raise error


def _make(call: Callable[[], None], over: "SimpleQueue[Exception | None]") -> None:
    try:
        call()
    except Exception as error:  # noqa: BLE001 - it is raised where it is waited for
        over.put(error)
    else:
        over.put(None)
