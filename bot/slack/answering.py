"""The short way from a connection to the door and back, for what is sent to Slack's address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeAlias

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from bot.slack.connections import LimitedProtocol
from bot.slack.ingress import MAX_BODY, PATH, Headers


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to a request of Slack's."""

    status: int
    words: bytes = b""
    media_type: bytes = b"text/plain; charset=utf-8"


Reply: TypeAlias = Callable[[Answer], None]

_PATH: Final = PATH.encode()
NOT_SIGNED: Final = Answer(401, b"not signed by Slack")
NOT_SENT: Final = Answer(405, b"only Slack sends something here")
TOO_LARGE: Final = Answer(413, b"too large")


class Answering(Protocol):
    """Answers what is sent to Slack's address."""

    def awaits(self, headers: Headers) -> bool:
        """Whether the body of a request with these headers is worth reading."""
        ...

    def answer(self, headers: Headers, body: bytes, reply: Reply) -> None:
        """Has a request answered, once. To be called on an event loop, which calls `reply`."""
        ...


class SlackProtocol(LimitedProtocol):
    """Has what is for Slack's address answered at once; the rest goes to the ASGI application.

    A task for each request and messages for its answer, as ASGI has it, would take as long as all
    else that is done for an event before it is acknowledged.

    If a request begins before one for Slack's address is answered, or that comes before another is,
    the connection ends with the answer to the first: whoever sent the second sends it again.
    """

    def __init__(self, *, door: Answering, **given: Any) -> None:
        super().__init__(**given)
        self._door = door
        self._body: list[bytes] = []
        self._size = 0
        self._is_slacks = self._is_refused = self._is_answering = False
        self._keeps_alive = self._is_last = False

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_last = self._is_last or self._is_answering
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """All of it but its body is here."""
        if self.parser.should_upgrade():
            return
        is_behind = super()._is_busy()
        address = self.url.partition(b"?")[0]
        self._is_slacks = address == _PATH
        if not self._is_slacks and not self._is_last:
            super().on_headers_complete()
            return
        self._is_in_head = False
        if is_behind:
            self._is_last, self.cycle.keep_alive = True, False
        elif not self._is_last:
            self._begin()

    def on_body(self, body: bytes) -> None:
        """A piece of its body is here."""
        if self._is_last or (self._is_slacks and self._is_refused):
            return
        if not self._is_slacks:
            super().on_body(body)
            return
        self._body.append(body)
        self._size += len(body)
        if self._size > MAX_BODY:
            self._refuse(TOO_LARGE)

    def on_message_complete(self) -> None:
        """All of it is here."""
        if self.parser.should_upgrade():
            return
        if self._is_last or not self._is_slacks:
            self._is_complete = True
            if not self._is_last:
                super().on_message_complete()
            return
        self._is_complete = True
        if not self._is_refused:
            self._is_answering = True
            self._door.answer(self.headers, b"".join(self._body), self._reply)
        elif not self._keeps_alive:
            self.transport.close()

    def shutdown(self) -> None:
        """The server ends: what is being answered still is."""
        if self._is_answering:
            self._keeps_alive = False
        else:
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no HTTP, unless the answer to what came before it is still to come."""
        if self._is_answering:
            self._is_last = True
        else:
            super().send_400_response(msg)

    def _is_busy(self) -> bool:
        return self._is_answering or super()._is_busy()

    def _begin(self) -> None:
        version, method = self.parser.get_http_version(), self.parser.get_method()
        self._keeps_alive = version != "1.0" and self.parser.should_keep_alive()
        self._body, self._size, self._is_refused = [], 0, False
        if method != b"POST":
            self._refuse(NOT_SENT)
        elif not self._door.awaits(self.headers):
            self._refuse(NOT_SIGNED)
        elif self.expect_100_continue:
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _refuse(self, answer: Answer) -> None:
        """Answers before all of it is here; the rest is thrown away until it is, or is cut."""
        self._is_refused, self._body = True, []
        self._write(answer, ends=False)

    def _reply(self, answer: Answer) -> None:
        self._is_answering = False
        if not self.transport.is_closing():
            self._write(answer, ends=self._is_last or not self._keeps_alive)

    def _write(self, answer: Answer, *, ends: bool) -> None:
        self.server_state.total_requests += 1
        lines = [STATUS_LINE[answer.status], b"content-type: ", answer.media_type]
        for name, value in self.server_state.default_headers:
            lines += [b"\r\n", name, b": ", value]
        lines.append(b"\r\ncontent-length: %d\r\n" % len(answer.words))
        if not self._keeps_alive or ends:
            lines.append(b"connection: close\r\n")
        words = b"" if self.parser.get_method() == b"HEAD" else answer.words
        self.transport.write(b"".join((*lines, b"\r\n", words)))
        if ends:
            self.transport.close()
        else:
            self._receiving.add(self.transport, self.loop)
