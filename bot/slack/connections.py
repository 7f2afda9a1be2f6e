"""How long a request may take to arrive, and how many may be slow at once.

The server reads headers and bodies for as long as a client likes to send them. Here a connection
whose request is not complete is closed after a while, and the one that has taken longest is closed
as soon as there are too many: whoever is slow takes nothing from the others.
"""

from asyncio import AbstractEventLoop, TimerHandle, Transport
from typing import Any, Final

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser
from uvicorn.protocols.http.httptools_impl import (
    HttpToolsProtocol,
    RequestResponseCycle,
)

RECEIVING_SECONDS: Final = 10.0
"""From the connection, or the answer before, to the last byte. Slack itself gives up after 3."""
MOST_RECEIVING: Final = 100
"""Each may have sent nearly as much as a body may hold."""
MOST_HEAD: Final = 64 * 1024
"""Bytes before the body. The parser itself would take them without an end."""


class Receiving:
    """The connections whose request is not complete, the one that has taken longest first."""

    def __init__(self, *, most: int = MOST_RECEIVING, seconds: float = RECEIVING_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._until: dict[Transport, float] = {}
        """When each is cut, on the clock of the loop: in the order in which they began to wait."""
        self._look: TimerHandle | None = None

    def add(self, transport: Transport, loop: AbstractEventLoop) -> None:
        """Waits for the rest of a request, if it does not already."""
        if transport in self._until or transport.is_closing():
            return
        self._until[transport] = loop.time() + self._seconds
        if len(self._until) > self._most:
            self._cut(next(iter(self._until)))
        if self._look is None:
            self._look = loop.call_later(self._seconds, self._cut_late, loop)

    def discard(self, transport: Transport) -> None:
        """Nothing more is to come, for now."""
        self._until.pop(transport, None)

    def _cut_late(self, loop: AbstractEventLoop) -> None:
        self._look = None
        for transport, until in list(self._until.items()):
            if until > loop.time():
                self._look = loop.call_at(until, self._cut_late, loop)
                return
            self._cut(transport)

    def _cut(self, transport: Transport) -> None:
        self.discard(transport)
        transport.abort()


class LimitedProtocol(HttpToolsProtocol):
    """One connection: uvicorn's own, which the limits hold for."""

    def __init__(self, *, receiving: Receiving, **given: Any) -> None:
        super().__init__(**given)
        self._receiving = receiving
        self._head, self._is_in_head, self._is_complete = 0, False, False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Somebody connected."""
        super().connection_made(transport)
        self._receiving.add(transport, self.loop)

    def data_received(self, data: bytes) -> None:
        """A piece of a request came."""
        self._feed(data)
        self._head = self._head + len(data) if self._is_in_head else 0
        if self._head > MOST_HEAD:
            self.send_400_response("Too much before the body.")
        if self._is_complete and self._is_busy():
            self._receiving.discard(self.transport)
        else:
            self._receiving.add(self.transport, self.loop)

    def _feed(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except HttpParserUpgrade as wish:
            self._go_on(data[wish.args[0] :])
        except HttpParserError:
            self.send_400_response("This is no HTTP.")

    def _go_on(self, rest: bytes) -> None:
        """Reads a request on as if it had no wish for another protocol (RFC 9110, 7.8)."""
        method = self.parser.get_method()
        if method == b"CONNECT":
            self.send_400_response("This is no proxy.")
            return
        lines = [method, b" ", self.url, b" HTTP/1.1\r\n"]
        for name, value in self.headers:
            if name != b"upgrade":
                lines += [name, b": ", value, b"\r\n"]
        self.parser = HttpRequestParser(self)
        self._feed(b"".join((*lines, b"\r\n", rest)))

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_complete, self._is_in_head = False, True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """All of it but its body is here."""
        self._is_in_head = False
        if not self.parser.should_upgrade():
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it is here."""
        if self.parser.should_upgrade():
            return
        self._is_complete = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """A request was answered, perhaps before all of it was here."""
        super().on_response_complete()
        if not self.pipeline:
            self._receiving.add(self.transport, self.loop)

    def _is_busy(self) -> bool:
        """Whether an answer is still to come."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._receiving.discard(self.transport)
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no HTTP; what was answered already can only be cut off."""
        self._receiving.discard(self.transport)
        cycle: RequestResponseCycle | None = self.cycle
        is_answered = cycle is not None and cycle.response_started and not cycle.response_complete
        if cycle is not None:
            cycle.disconnected = True  # nobody is there any more to be answered
            cycle.message_event.set()
        if is_answered:
            self.transport.abort()
        else:
            super().send_400_response(msg)
