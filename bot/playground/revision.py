"""Counts changes, and lets those who want to know wait for the next one."""

import asyncio


class Revision:
    """The number of changes so far. Used within one event loop."""

    def __init__(self) -> None:
        self.number = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def bump(self) -> None:
        """Something changed."""
        self.number += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def changed(self, seconds: float) -> None:
        """Waits for the next change, at most so long."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        await asyncio.wait([future], timeout=max(seconds, 0.0))
        self._waiting.discard(future)
