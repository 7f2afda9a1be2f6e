"""Socket Mode: connections that Slack sends events and interactions over.

The protocol of docs.slack.dev/apis/events-api/using-socket-mode on the `websockets` library. The
SDK's own clients were measured after a cut: they need 0.5 to 28 s to come back, up to 48 s or for
ever when the connection only falls silent, and none of them stops when the link is disabled.
"""

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Thread
from types import MappingProxyType
from typing import Any, Final

from slack_bolt import BoltResponse
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from bot.core import logs
from bot.core.clock import monotonic
from bot.core.errors import SlackError, SlackRateLimited, SlackRefused
from bot.slack.dispatch import Dispatch
from bot.slack.ingress import MAX_BODY, Ingress
from bot.slack.payloads import Json, object_in, read_object, source_of, text_in

log = logs.get(__name__)

PING_SECONDS: Final = 4.0  # with the same again to wait, a silent connection is noticed within 8 s
OPEN_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 1.0  # a dead peer does not say goodbye
FIRST_WAIT: Final = 0.1  # seconds before the first try to come back, doubled for each further one
LONGEST_WAIT: Final = 30.0
STEADY_SECONDS: Final = 30.0  # no try to connect takes as long: what broke then was a connection
INTERACTION_THREADS: Final = 10
ANSWER_SECONDS: Final = 3.0  # as long does Slack wait for one
LINK_DISABLED: Final = (
    "Slack has switched Socket Mode off for this app (link_disabled). Switch it on again on the "
    "app's page under Socket Mode, or remove SLACK_APP_TOKEN to receive events over HTTP."
)
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


class SocketMode:
    """Holds several connections open and brings each back when it breaks."""

    def __init__(
        self,
        open_url: Callable[[], str],
        ingress: Ingress,
        dispatch: Dispatch,
        *,
        connections: int,
        on_fatal: Callable[[str], None],
        steady_seconds: float = STEADY_SECONDS,
    ) -> None:
        self._open_url, self._ingress, self._dispatch = open_url, ingress, dispatch
        self._on_fatal, self._steady_seconds = on_fatal, steady_seconds
        self._stopping = Event()
        self._open: set[ClientConnection] = set()
        self._answering: set[Future[None]] = set()
        self._pool = ThreadPoolExecutor(INTERACTION_THREADS, thread_name_prefix="interaction")
        self._threads = [
            Thread(target=self._run, name=f"socket-{number}", daemon=True)
            for number in range(connections)
        ]

    def start(self) -> None:
        """Connects in the background."""
        for thread in self._threads:
            thread.start()

    def stop(self, deadline: float) -> None:
        """Takes nothing new in; what is being answered is finished first, until `deadline`."""
        self._stopping.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        wait(set(self._answering), max(0.0, deadline - monotonic()))
        for connection in list(self._open):
            connection.close()
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))

    def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            began = monotonic()
            try:
                failures = 0 if self._serve_one() else failures + 1
            except SlackRateLimited as limited:
                self._stopping.wait(limited.retry_after.total_seconds())
                continue
            except SlackRefused as refused:
                self._give_up(f"Slack refused to open a socket: {refused}")
                return
            except Exception as error:
                is_steady = monotonic() - began > self._steady_seconds
                failures = 1 if is_steady else failures + 1
                if isinstance(error, SlackError | WebSocketException | OSError):
                    log.warning("socket lost", error=type(error).__name__)
                else:
                    log.exception("socket lost")
            if failures:
                self._stopping.wait(min(FIRST_WAIT * 2.0 ** (failures - 1), LONGEST_WAIT))

    def _serve_one(self) -> bool:
        """Serves one connection to its end; returns whether Slack had greeted it."""
        greeted = False
        with connect(
            self._open_url(),
            open_timeout=OPEN_SECONDS,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
            close_timeout=CLOSE_SECONDS,
            max_size=MAX_BODY,
        ) as connection:
            self._open.add(connection)
            try:
                for frame in connection:
                    message = read_object(frame)
                    greeted = greeted or message.get("type") == "hello"
                    if self._stopping.is_set() or not self._handle(connection, message, frame):
                        break
                wait(set(self._answering), ANSWER_SECONDS)  # they go out on this connection
            finally:
                self._open.discard(connection)
        return greeted

    def _handle(self, connection: ClientConnection, message: Json, frame: str | bytes) -> bool:
        """Deals with one message; returns whether to go on with this connection."""
        match message.get("type"):
            case "hello":
                log.info("socket open")
            case "disconnect":
                return self._disconnected(text_in(message, "reason"))
            case "events_api":
                self._take_in(connection, message, frame)
            case "interactive" | "slash_commands":
                return self._submit(connection, message)
            case _:
                _acknowledge(connection, message)  # of what we do not know Slack needs no second
        return True

    def _disconnected(self, reason: str) -> bool:
        if reason == "link_disabled":
            self._give_up(LINK_DISABLED)
        elif reason == "too_many_websockets":
            log.warning("too many sockets are open for this app; another Baton may be running")
            self._stopping.wait(LONGEST_WAIT)
        return False

    def _take_in(self, connection: ClientConnection, message: Json, frame: str | bytes) -> None:
        try:
            self._ingress.accept(object_in(message, "payload"), source_of(frame, "payload"))
        except Exception as error:  # noqa: BLE001 - whatever it is, it was not stored
            log.error("event not stored, slack will send it again", error=type(error).__name__)  # noqa: TRY400
            return
        _acknowledge(connection, message)

    def _submit(self, connection: ClientConnection, message: Json) -> bool:
        try:
            answering = self._pool.submit(self._interact, connection, message)
        except RuntimeError:  # the pool was shut down: the process is about to end
            return False
        self._answering.add(answering)
        answering.add_done_callback(self._answering.discard)
        return True

    def _interact(self, connection: ClientConnection, message: Json) -> None:
        response = self._dispatch.interact(object_in(message, "payload"))
        if response.status == 200:  # noqa: PLR2004
            _acknowledge(connection, message, _payload(response))

    def _give_up(self, sentence: str) -> None:
        if not self._stopping.is_set():
            self._stopping.set()
            self._on_fatal(sentence)


def _acknowledge(
    connection: ClientConnection, message: Json, answer: Mapping[str, Any] = _NOTHING
) -> None:
    envelope_id = message.get("envelope_id")
    if not isinstance(envelope_id, str):
        return  # nothing that Slack could know it by
    try:
        connection.send(json.dumps({"envelope_id": envelope_id, **answer}))
    except WebSocketException:
        log.warning("answer lost with its socket")


def _payload(response: BoltResponse) -> dict[str, Any]:
    if not response.body:
        return {}
    is_json = response.headers.get("content-type", [""])[0].startswith("application/json")
    return {"payload": json.loads(response.body) if is_json else {"text": response.body}}
