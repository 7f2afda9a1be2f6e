"""Which core a process runs on, so that what is compared has the same."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """Keeps this process on one core, where there are several and the system lets it."""
    if not hasattr(os, "sched_setaffinity") or (os.cpu_count() or 1) <= core:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
