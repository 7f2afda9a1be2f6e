"""Event loops: the fast one where the system has it, else Python's own."""

import asyncio
from asyncio import AbstractEventLoop
from importlib.util import find_spec


def new_loop() -> AbstractEventLoop:
    """A loop that nobody runs yet."""
    if find_spec("uvloop") is None:  # on Windows
        return asyncio.new_event_loop()
    import uvloop  # noqa: PLC0415 - where there is one

    return uvloop.new_event_loop()
