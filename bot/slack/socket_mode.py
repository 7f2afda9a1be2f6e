"""Socket Mode: connections that Slack sends events and interactions over.

The protocol of docs.slack.dev/apis/events-api/using-socket-mode on the `websockets` library. The
SDK's own clients were measured after a cut: they need 0.5 to 28 s to come back, up to 48 s or for
ever when the connection only falls silent, and none of them stops when the link is disabled.
"""

import asyncio
import json
from asyncio import AbstractEventLoop, Future, Queue, Task
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from slack_bolt import BoltResponse
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bot.core import logs
from bot.core.clock import monotonic
from bot.core.errors import SlackError, SlackRateLimited, SlackRefused, TooMuchWaits
from bot.core.loops import new_loop
from bot.slack.dispatch import Dispatch
from bot.slack.ingress import MAX_BODY, Ingress, tell_lost
from bot.slack.payloads import Json, object_in, read_with_source, text_in

log = logs.get(__name__)

Storing: TypeAlias = "Queue[tuple[Future[None] | None, Json]]"
"""Events that are being stored, with the envelope to be acknowledged then, in their order."""

PING_SECONDS: Final = 4.0  # with the same again to wait, a silent connection is noticed within 8 s
OPEN_SECONDS: Final = 10.0
CLOSE_SECONDS: Final = 1.0  # a dead peer does not say goodbye
FIRST_WAIT: Final = 0.1  # seconds before the first try to come back, doubled for each further one
LONGEST_WAIT: Final = 30.0
MOST_DOUBLINGS: Final = 10
STEADY_SECONDS: Final = 30.0  # no try to connect takes as long: what broke then was a connection
MOST_STORING: Final = 500
"""Events of a connection. While there are as many nothing more is read from it."""
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
        self._connections = connections
        self._pool = ThreadPoolExecutor(INTERACTION_THREADS, thread_name_prefix="interaction")
        self._loop: AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._deadline = 0.0
        self._open: set[ClientConnection] = set()
        self._answering: set[Task[None]] = set()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Connects in the background."""
        self._loop = loop = new_loop()
        self._thread = Thread(target=self._serve, args=(loop,), name="socket", daemon=True)
        self._thread.start()

    def stop(self, deadline: float) -> None:
        """Takes nothing new in; what is being answered is finished first, until `deadline`."""
        self._deadline = deadline
        if self._loop is None or self._thread is None:
            return
        with suppress(RuntimeError):  # it has come to its end already
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(max(0.0, deadline - monotonic()))

    def is_connected(self) -> bool:
        """Whether Slack has somebody to deliver to."""
        return bool(self._open)

    def _serve(self, loop: AbstractEventLoop) -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(self._run_all())

    async def _run_all(self) -> None:
        running = [asyncio.create_task(self._run()) for _ in range(self._connections)]
        await self._stopping.wait()
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._answering:
            left = max(0.0, self._deadline - monotonic())
            await asyncio.wait(set(self._answering), timeout=left)
        await asyncio.gather(*(connection.close() for connection in set(self._open)))
        await asyncio.wait(running, timeout=CLOSE_SECONDS)

    async def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            began = monotonic()
            try:
                failures = 0 if await self._serve_one() else failures + 1
            except SlackRateLimited as limited:
                await self._pause(limited.retry_after.total_seconds())
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
                await self._pause(wait_after(failures))

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _serve_one(self) -> bool:
        """Serves one connection to its end; returns whether Slack had greeted it."""
        url = await asyncio.to_thread(self._open_url)
        async with connect(
            url,
            open_timeout=OPEN_SECONDS,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
            close_timeout=CLOSE_SECONDS,
            max_size=MAX_BODY,
            compression=None,
        ) as connection:
            self._open.add(connection)
            storing: Storing = Queue(MOST_STORING)
            acknowledging = asyncio.create_task(_acknowledge_all(connection, storing))
            try:
                return await self._listen(connection, storing)
            finally:
                self._open.discard(connection)
                acknowledging.cancel()
                while not storing.empty():
                    _let_go(*storing.get_nowait())

    async def _listen(self, connection: ClientConnection, storing: Storing) -> bool:
        greeted = False
        async for frame in connection:
            message, source = read_with_source(frame, "payload")
            greeted = greeted or message.get("type") == "hello"
            if self._stopping.is_set():
                break
            if message.get("type") == "events_api":
                await self._take_in(message, source, storing)
            elif not await self._handle(connection, message):
                break
        with suppress(TimeoutError):  # what was stored, or answered, goes out on this connection
            async with asyncio.timeout(ANSWER_SECONDS):
                await storing.join()
                await asyncio.gather(*self._answering, return_exceptions=True)
        return greeted

    async def _handle(self, connection: ClientConnection, message: Json) -> bool:
        """Deals with one message; returns whether to go on with this connection."""
        match message.get("type"):
            case "hello":
                log.info("socket open")
            case "disconnect":
                return await self._disconnected(text_in(message, "reason"))
            case "interactive" | "slash_commands":
                answering = asyncio.create_task(self._interact(connection, message))
                self._answering.add(answering)
                answering.add_done_callback(self._answering.discard)
            case _:
                await _acknowledge(connection, message)  # Slack needs no second one of it
        return True

    async def _disconnected(self, reason: str) -> bool:
        if reason == "link_disabled":
            self._give_up(LINK_DISABLED)
        elif reason == "too_many_websockets":
            log.warning("too many sockets are open for this app; another Baton may be running")
            await self._pause(LONGEST_WAIT)
        return False

    async def _take_in(self, message: Json, source: bytes, storing: Storing) -> None:
        try:
            stored = self._ingress.add(object_in(message, "payload"), source)
        except TooMuchWaits as error:
            tell_lost(error)
        else:
            await storing.put((stored, message))

    async def _interact(self, connection: ClientConnection, message: Json) -> None:
        loop, payload = asyncio.get_running_loop(), object_in(message, "payload")
        try:
            answering = loop.run_in_executor(self._pool, self._dispatch.interact, payload)
        except RuntimeError:  # the pool was shut down: the process is about to end
            return
        response = await answering
        if response.status == 200:  # noqa: PLR2004
            await _acknowledge(connection, message, _payload(response))

    def _give_up(self, sentence: str) -> None:
        if not self._stopping.is_set():
            self._stopping.set()
            self._on_fatal(sentence)


def wait_after(failures: int) -> float:
    """Seconds until the next try after so many that failed one after the other."""
    return min(FIRST_WAIT * 2.0 ** min(failures - 1, MOST_DOUBLINGS), LONGEST_WAIT)


async def _acknowledge_all(connection: ClientConnection, storing: Storing) -> None:
    """Those that were stored together are acknowledged together."""
    done: list[Json] = []
    while True:
        stored, message = await storing.get()
        if stored is not None and not stored.done():
            await _acknowledge_these(connection, done, storing)
        try:
            if stored is not None:
                await stored
        except Exception as error:  # noqa: BLE001 - whatever it is, it was not stored
            tell_lost(error)
            storing.task_done()
        else:
            done.append(message)
        if storing.empty():
            await _acknowledge_these(connection, done, storing)


async def _acknowledge_these(
    connection: ClientConnection, done: list[Json], storing: Storing
) -> None:
    await _send(connection, [answer for each in done if (answer := _answer(each))])
    for _ in done:
        storing.task_done()
    done.clear()


def _let_go(stored: "Future[None] | None", _message: Json) -> None:
    """Nobody waits for it any more: it is stored all the same, and Slack sends it once more."""
    if stored is not None:
        stored.cancel()


async def _acknowledge(
    connection: ClientConnection, message: Json, more: Mapping[str, Any] = _NOTHING
) -> None:
    if answer := _answer(message, more):
        await _send(connection, [answer])


def _answer(message: Json, more: Mapping[str, Any] = _NOTHING) -> bytes:
    """What Slack is told of an envelope; empty if there is nothing it could know it by."""
    envelope_id = message.get("envelope_id")
    if not isinstance(envelope_id, str):
        return b""
    return json.dumps({"envelope_id": envelope_id, **more}).encode()


async def _send(connection: ClientConnection, answers: Sequence[bytes]) -> None:
    """Sends several messages in one go, which `connection.send` would do one by one."""
    if not answers:
        return
    try:
        async with connection.send_context():
            for answer in answers:
                connection.protocol.send_text(answer)
    except WebSocketException:
        log.warning("answer lost with its socket")


def _payload(response: BoltResponse) -> dict[str, Any]:
    if not response.body:
        return {}
    is_json = response.headers.get("content-type", [""])[0].startswith("application/json")
    return {"payload": json.loads(response.body) if is_json else {"text": response.body}}
