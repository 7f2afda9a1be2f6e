"""A local server that gives out a calendar, or whatever else a server may send."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, Self


@dataclass
class Sent:
    """What the server sends: `pieces` one after the other, `every` seconds; None: for ever."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    every: float = 0.0
    is_endless: bool = False

    def pieces(self) -> Iterator[bytes]:
        if not self.every and not self.is_endless:
            yield self.content
        while self.every or self.is_endless:
            yield self.content


class CalendarServer:
    """Serves on loopback while it is open; `sent` may be changed meanwhile."""

    def __init__(self, sent: Sent | None = None) -> None:
        self.sent = sent or Sent()
        self.asked: list[Mapping[str, str]] = []
        self._stopped = Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}/team.ics"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = {name.lower(): value for name, value in self.headers.items()}
                outer.asked.append(asked)
                sent = outer.sent
                etag = sent.headers.get("etag")
                is_known = etag is not None and asked.get("if-none-match") == etag
                self.send_response(304 if is_known else sent.status)
                for name, value in sent.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if not is_known:
                    outer._send(self, sent)
                self.close_connection = True

            def log_message(self, *_: Any) -> None:
                pass

        return Handler

    def _send(self, handler: BaseHTTPRequestHandler, sent: Sent) -> None:
        try:
            for piece in sent.pieces():
                handler.wfile.write(piece)
                if self._stopped.wait(sent.every):
                    return
        except OSError:
            return  # whoever asked has heard enough


def calendar(*events: Iterable[str], parts: Iterable[str] = ()) -> bytes:
    """An iCalendar of events, each of which are its lines."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN", *parts]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}@tests", "DTSTAMP:20260101T000000Z", *event]
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
