"""Ports for servers that have to be told theirs before they listen."""

import os
from collections.abc import Iterator
from itertools import cycle
from typing import Final

from bot.core.errors import PortTaken
from bot.core.listening import listen

FIRST: Final = 10_000
OF_EACH: Final = 1_000
PROCESSES: Final = 20
"""Below 30,000: what the system gives to connections begins above, so that none of them is taken
by one between now and when the server listens."""


def _own() -> Iterator[int]:
    """The ports of this test process, from one that depends on its number, again and again."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    first = FIRST + (int(worker) % PROCESSES) * OF_EACH
    start = os.getpid() % OF_EACH
    return cycle(first + (start + number) % OF_EACH for number in range(OF_EACH))


_PORTS: Final = _own()


def free_port() -> int:
    """A port that nobody listens at, and that is given to nobody else soon."""
    for _ in range(OF_EACH):
        port = next(_PORTS)
        try:
            listen("127.0.0.1", port).close()
        except PortTaken:
            continue
        return port
    raise AssertionError("every port of this process is taken")
