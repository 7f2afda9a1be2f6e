"""Whoever knocks as fast as a door answers, or at a pace: prepared requests over kept connections.

It takes little of a processor itself: requests are signed before the clock runs, and an answer is
looked at no closer than its status and its length.
"""

import re
import select
import socket
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from bot.core.clock import monotonic
from bot.slack.ingress import PATH
from tests.support.door import JSON, signed

CONNECTIONS: Final = 64
PATIENCE: Final = 60.0
OK: Final = b"200"
_LENGTH: Final = re.compile(rb"(?i)content-length: *(\d+)")
_HEAD_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answers:
    """What came of it: seconds from the time at which each was to be sent, and in all."""

    latencies: Sequence[float]
    seconds: float
    refused: int

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return round(len(self.latencies) / self.seconds, 1)

    def quantile(self, share: float) -> float:
        """The latency that so many of a hundred stay below, in milliseconds."""
        ordered = sorted(self.latencies)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1_000, 2)


def prepared(bodies: Sequence[bytes], *, secret: str) -> list[bytes]:
    """Requests as Slack sends them, signed now."""
    found = []
    for body in bodies:
        given = {
            "host": "door",
            "user-agent": "Slackbot 1.0",
            "accept-encoding": "gzip,deflate",
            "accept": "*/*",
            "content-type": JSON,
            "content-length": str(len(body)),
            **signed(body, secret=secret),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        found.append(f"POST {PATH} HTTP/1.1\r\n{lines}\r\n".encode() + body)
    return found


def knock(port: int, requests: Sequence[bytes], *, per_second: float = 0.0) -> Answers:
    """Sends them at a pace, or as soon as a connection is free. Raises OSError if one breaks."""
    with ExitStack() as opened:
        knocking = _Knocking(opened, port)
        return knocking.run(iter(requests), per_second)


class _Knocking:
    def __init__(self, opened: ExitStack, port: int) -> None:
        self._poll = opened.enter_context(select.epoll())
        self._connections: dict[int, socket.socket] = {}
        self._sent: dict[int, float] = {}
        self._pieces: dict[int, bytes] = {}
        for _ in range(CONNECTIONS):
            made = opened.enter_context(socket.create_connection(("127.0.0.1", port), PATIENCE))
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connections[made.fileno()] = made
            self._poll.register(made.fileno(), select.EPOLLIN)
        self._free = deque(self._connections)
        self._latencies: list[float] = []
        self._refused = 0

    def run(self, requests: Iterator[bytes], per_second: float) -> Answers:
        began, number = monotonic(), 0
        waiting = next(requests, None)
        while waiting is not None or self._sent:
            due = began + number / per_second if per_second else 0.0
            while waiting is not None and self._free and due <= monotonic():
                self._send(waiting, due or monotonic())
                waiting, number = next(requests, None), number + 1
                due = began + number / per_second if per_second else 0.0
            is_free = waiting is not None and bool(self._free)
            self._receive(max(0.0, due - monotonic()) if is_free else PATIENCE)
        return Answers(self._latencies, monotonic() - began, self._refused)

    def _send(self, request: bytes, since: float) -> None:
        number = self._free.popleft()
        self._sent[number] = since
        self._connections[number].sendall(request)

    def _receive(self, seconds: float) -> None:
        for number, _ in self._poll.poll(seconds):
            piece = self._connections[number].recv(65_536)
            if not piece:
                raise ConnectionError
            answer = self._pieces.pop(number, b"") + piece
            head = answer.find(_HEAD_END)
            length = _LENGTH.search(answer, 0, head + 2) if head >= 0 else None
            if length is None or len(answer) < head + len(_HEAD_END) + int(length[1]):
                self._pieces[number] = answer
                continue
            self._refused += answer[9:12] != OK
            self._latencies.append(monotonic() - self._sent.pop(number))
            self._free.append(number)
