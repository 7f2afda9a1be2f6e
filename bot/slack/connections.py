"""How long a request may take to arrive, and how many may be slow at once.

The server reads headers and bodies for as long as a client likes to send them. Here a connection
whose request is not complete is closed after a while, and the one that has taken longest is closed
as soon as there are too many: whoever is slow takes nothing from the others.
"""

from asyncio import AbstractEventLoop, TimerHandle, Transport
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

RECEIVING_SECONDS: Final = 10.0
"""From the connection, or the answer before, to the last byte. Slack itself gives up after 3."""
MOST_RECEIVING: Final = 100
"""Each may have sent nearly as much as a body may hold."""
_INCOMPLETE: Final = {h11.IDLE, h11.SEND_BODY}


class Receiving:
    """The connections whose request is not complete, the one that has taken longest first."""

    def __init__(self, *, most: int = MOST_RECEIVING, seconds: float = RECEIVING_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._timers: dict[Transport, TimerHandle] = {}

    def add(self, transport: Transport, loop: AbstractEventLoop) -> None:
        """Waits for the rest of a request, if it does not already."""
        if transport in self._timers or transport.is_closing():
            return
        self._timers[transport] = loop.call_later(self._seconds, self._cut, transport)
        if len(self._timers) > self._most:
            self._cut(next(iter(self._timers)))

    def discard(self, transport: Transport) -> None:
        """Nothing more is to come, for now."""
        timer = self._timers.pop(transport, None)
        if timer is not None:
            timer.cancel()

    def _cut(self, transport: Transport) -> None:
        self.discard(transport)
        transport.abort()


class LimitedProtocol(H11Protocol):
    """One connection: uvicorn's own, which the limits hold for."""

    def __init__(self, *, receiving: Receiving, **given: Any) -> None:
        super().__init__(**given)
        self._receiving = receiving

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Somebody connected."""
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        """A piece of a request came."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """A request was answered, perhaps before all of it was here."""
        super().on_response_complete()
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._receiving.discard(self.transport)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no HTTP; what was answered already can only be cut off."""
        if self.cycle is not None:
            self.cycle.disconnected = True  # nobody is there any more to be answered
        try:
            super().send_400_response(msg)
        except h11.LocalProtocolError:
            self.transport.abort()

    def _look(self) -> None:
        if self.conn.their_state in _INCOMPLETE:
            self._receiving.add(self.transport, self.loop)
        else:
            self._receiving.discard(self.transport)
