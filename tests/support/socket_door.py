"""Slack's end of Socket Mode over a real WebSocket, which says whatever a test likes."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count
from threading import Condition, Thread
from typing import Any, Final, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from bot.app import Application
from bot.core.clock import monotonic
from bot.settings import Settings
from bot.slack.socket_mode import SocketMode
from tests.support import payloads
from tests.support.door import PATIENCE

HELLO: Final = json.dumps({"type": "hello", "num_connections": 1})


def envelope(
    payload: Mapping[str, Any] | str, envelope_id: str = "e1", kind: str = "events_api"
) -> str:
    """A frame as Slack sends it; a payload that is no JSON any more is given as text."""
    source = payload if isinstance(payload, str) else json.dumps(payload)
    head = json.dumps({"envelope_id": envelope_id, "type": kind, "retry_attempt": 0})
    return f'{head[:-1]}, "payload": {source}}}'


class SlacksEnd:
    """Greets whoever connects, says to the newest of them what it is told, and hears answers."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._newest: ServerConnection | None = None
        self._numbers = count(1)
        self._server = serve(self._accept, "127.0.0.1", 0, max_size=None)
        self._thread = Thread(target=self._server.serve_forever, daemon=True)
        self.url = f"ws://127.0.0.1:{self._server.socket.getsockname()[1]}/"
        self.opened = 0
        self.acknowledged: Counter[str] = Counter()
        """How often each envelope was."""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join(PATIENCE)

    def says(self, *frames: str | bytes) -> None:
        """Sends frames, bytes as binary ones; the connection may end with one."""
        for frame in frames:
            with suppress(ConnectionClosed):
                self._connection().send(frame)

    def says_in_pieces(self, piece: str, times: int) -> None:
        """Sends one frame that is made of several, as far as that is heard."""
        with suppress(ConnectionClosed):
            self._connection().send(piece for _ in range(times))

    def writes(self, data: bytes) -> None:
        """Sends bytes past the protocol of WebSockets."""
        self._connection().socket.sendall(data)

    def waits(self, until: Callable[[Self], bool]) -> None:
        """Waits until something is as expected."""
        with self._changed:
            assert self._changed.wait_for(lambda: until(self), PATIENCE), "it never came to that"

    def waits_for_another(self, opened: int) -> float:
        """Waits until there are more connections than that; returns how many seconds it took."""
        began = monotonic()
        self.waits(lambda end: end.opened > opened)
        return monotonic() - began

    def tries(self) -> str:
        """Sends an event and waits for its answer: what was said before is dealt with, too.

        Returns the name of its envelope.
        """
        number = next(self._numbers)
        envelope_id = f"tried-{number}"
        self.says(envelope(payloads.event(f"EvTRIED{number}"), envelope_id))
        self.waits(lambda end: envelope_id in end.acknowledged)
        return envelope_id

    def _connection(self) -> ServerConnection:
        self.waits(lambda end: end._newest is not None)
        assert self._newest is not None
        return self._newest

    def _accept(self, connection: ServerConnection) -> None:
        connection.send(HELLO)
        with self._changed:
            self._newest = connection
            self.opened += 1
            self._changed.notify_all()
        try:
            for frame in connection:
                with self._changed:
                    self.acknowledged[json.loads(frame)["envelope_id"]] += 1
                    self._changed.notify_all()
        except ConnectionClosed:
            pass


@contextmanager
def connected(database_url: str, url: str, **settings: Any) -> Iterator[Application]:
    """An app on this database that takes in what comes from there, over one connection.

    Every connection counts as steady: however often one breaks, the next one comes at once.
    """
    given = {"database_url": database_url, "slack_bot_token": "xoxb-1", **settings}
    app = Application(Settings(_env_file=None, **given))
    socket = SocketMode(
        lambda: url,
        app._ingress,
        app._dispatch,
        connections=1,
        on_fatal=app.stop,
        steady_seconds=0.0,
    )
    socket.start()
    try:
        yield app
    finally:
        socket.stop(monotonic() + PATIENCE)
        app._ingress.close()
        app.bot.database.close()
