"""One id from what came in to what goes out: every log line between bears it.

An event's is the id of its row in the inbox. An interaction, a job of the clock and a step of a
worker get a new one. What is queued bears the id under which it was queued, and is sent under it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from uuid import UUID

from bot.core.ids import new_id
from bot.core.lean import structlog

TRACE: Final = "trace"
"""What it is called in a log line."""


@contextmanager
def under(trace: UUID | None = None) -> Iterator[None]:
    """Does something under this id, or under a new one."""
    with structlog.contextvars.bound_contextvars(**{TRACE: trace or new_id()}):
        yield


def current() -> UUID | None:
    """Under which id this is done; None: under none."""
    found = structlog.contextvars.get_contextvars().get(TRACE)
    return found if isinstance(found, UUID) else None
