"""A local HTTP server with the shape of another system's API: a journal, and faults on demand."""

import json
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any
    raw: bytes = b""

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Answer:
    """One answer; bytes as they are, else as JSON.

    `is_lost`: the connection is cut instead. `is_slow`: it comes byte by byte, and never to an end.
    """

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    is_lost: bool = False
    is_slow: bool = False


@dataclass(frozen=True)
class Fault:
    """What happens to the next request of a method; `is_done`: the server acts, then it happens."""

    answer: Answer
    method: str = ""
    is_done: bool = False


class LocalApi(ABC):
    """Serves on loopback while it is open."""

    def __init__(self) -> None:
        self.journal: list[Request] = []
        self.faults: deque[Fault] = deque()
        self.is_closing = Event()
        self._lock = Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @abstractmethod
    def answer(self, request: Request) -> Answer:
        """What the real API would answer."""

    def lines(self) -> list[str]:
        """The requests so far, method and path."""
        return [request.line for request in self.journal]

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_closing.set()
        self._server.shutdown()
        self._server.server_close()

    def respond(self, request: Request) -> Answer:
        with self._lock:
            self.journal.append(request)
            fault = self.faults[0] if self.faults else None
            if fault is None or fault.method not in {"", request.method}:
                return self.answer(request)
            self.faults.popleft()
            if fault.is_done:
                self.answer(request)
            return fault.answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one(self) -> None:
                address = urlsplit(self.path)
                given = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                query = dict(parse_qsl(address.query))
                body = _read(given, headers.get("content-type", ""))
                request = Request(self.command, address.path, query, headers, body, given)
                answer = api.respond(request)
                if answer.is_lost:
                    self.close_connection = True
                    return
                if answer.is_slow:
                    self._trickle()
                    return
                is_raw = isinstance(answer.body, bytes)
                content = answer.body if is_raw else json.dumps(answer.body).encode()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def _trickle(self) -> None:
                """Something comes all the time, so that no single wait is long."""
                self.close_connection = True
                with suppress(OSError):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                    while not api.is_closing.wait(0.02):
                        self.wfile.write(b"x-more: 1\r\n")

            def log_message(self, *_: Any) -> None:
                pass

        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.handle_one)
        return Handler


def _read(given: bytes, kind: str) -> Any:
    if kind.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(given.decode(), keep_blank_values=True))
    return json.loads(given) if given else None
