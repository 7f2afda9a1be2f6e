"""Events as Slack sends them over HTTP: each again and again until it is acknowledged."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Lock, Thread
from typing import Any, Final, Self

from bot.core.clock import SystemClock, monotonic
from bot.playground.app import SIGNING_SECRET
from bot.playground.world import APP_ID, TEAM_ID
from bot.slack.ingress import PATH
from tests.support.door import signed

ACK_SECONDS: Final = 3.0
AGAIN_SECONDS: Final = 0.05
AUTHOR: Final = "U0MEI0000"


@dataclass(slots=True)
class Told:
    """An event that is to be acknowledged; `asks` for an answer in its channel by these words."""

    event_id: str
    body: bytes
    asks: str = ""
    tries: int = 0
    refused: list[int] = field(default_factory=list)
    """The statuses by which it was not."""
    took: float = 0.0
    """Seconds of the try that was acknowledged."""


def message(number: int, channel_id: str, text: str, *, name: str = "EvSTREAM") -> Told:
    """Somebody's words in a channel, all at their own instant."""
    at = SystemClock().now().timestamp()
    ts = f"{int(at)}.{number % 1_000_000:06d}"
    event = {
        "type": "message",
        "user": AUTHOR,
        "text": text,
        "channel": channel_id,
        "channel_type": "channel",
        "ts": ts,
        "event_ts": ts,
    }
    event_id = f"{name}{number:07d}"
    return Told(event_id, enveloped(event, event_id, int(at)))


def enveloped(event: dict[str, Any], event_id: str, at: int) -> bytes:
    """What stands around an event."""
    return json.dumps(
        {
            "type": "event_callback",
            "team_id": TEAM_ID,
            "api_app_id": APP_ID,
            "event_id": event_id,
            "event_time": at,
            "authorizations": [{"team_id": TEAM_ID, "is_enterprise_install": False}],
            "event": event,
        }
    ).encode()


class Sender:
    """One connection to the bot; knocks on with the same event until it is let in."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection: HTTPConnection | None = None

    def try_once(self, told: Told) -> int:
        """Sends it; returns the status, or 0 where nobody answered."""
        told.tries += 1
        began = monotonic()
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=ACK_SECONDS)
        headers = {"content-type": "application/json", **signed(told.body, secret=SIGNING_SECRET)}
        try:
            self._connection.request("POST", PATH, told.body, headers)
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            self.close()
            return 0
        told.took = monotonic() - began
        if answer.status != 200:
            told.refused.append(answer.status)
        return answer.status

    def close(self) -> None:
        """Hangs up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Stream:
    """Senders side by side that tell one event after the other until the stream ends."""

    def __init__(
        self, port: int, told: Callable[[int], Told], *, senders: int = 4, pause: float = 0.02
    ) -> None:
        self._port, self._told, self._pause = port, told, pause
        self._numbers, self._lock = count(1), Lock()
        self._over, self._hurry = Event(), Event()
        self._threads = [Thread(target=self._send, daemon=True) for _ in range(senders)]
        self.acknowledged: list[Told] = []

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive(), "an event is never acknowledged"

    def waits_for(self, more: int, seconds: float) -> None:
        """Waits until so many more were acknowledged."""
        ends, wanted = monotonic() + seconds, len(self.acknowledged) + more
        while len(self.acknowledged) < wanted:
            assert monotonic() < ends, "nothing is acknowledged any more"
            self._hurry.wait(0.01)

    def _send(self) -> None:
        sender = Sender(self._port)
        while not self._over.is_set():
            with self._lock:
                told = self._told(next(self._numbers))
            while sender.try_once(told) != 200:
                self._hurry.wait(AGAIN_SECONDS)
            self.acknowledged.append(told)
            self._over.wait(self._pause)
        sender.close()
