"""Socket Mode, seen from Slack: each envelope goes to one of the sockets the app has open."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from itertools import count
from typing import Final
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from bot.playground.delivery import Envelope, NotDelivered
from bot.playground.slack import LocalSlack
from bot.playground.world import APP_ID, Json

ANSWER_SECONDS: Final = 3.0
MAX_SOCKETS: Final = 10
SHUFFLE_SECONDS: Final = 0.05
AGAIN_SECONDS: Final = 0.01  # without a pause, a closing socket would be tried for ever


class SocketGone(Exception):
    """The socket closed before the app answered over it."""


@dataclass(slots=True, eq=False)
class Waiting:
    """What a workspace waits for after it sent something."""

    slack: LocalSlack
    answer: asyncio.Future[Json]


@dataclass(slots=True, eq=False)
class Socket:
    """A connection of the app's; `silent`: the network swallows everything."""

    connection: ServerConnection
    acks: dict[str, Waiting] = field(default_factory=dict)
    silent: bool = False


class SocketHub:
    """Hands out addresses, accepts sockets and delivers over them, for every workspace."""

    def __init__(
        self, *, retry_seconds: float = ANSWER_SECONDS, answer_seconds: float = ANSWER_SECONDS
    ) -> None:
        self._retry_seconds, self._answer_seconds = retry_seconds, answer_seconds
        self._serials = count(1)
        self._port = 0
        self._sockets: list[Socket] = []
        self._tickets: set[str] = set()
        self._has_socket = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._waiting: list[Envelope] = []
        self._server: Server | None = None

    async def start(self) -> None:
        """Listens on a port of its own."""
        self._server = await serve(self._accept, "127.0.0.1", 0, max_size=None)
        self._port = self._server.sockets[0].getsockname()[1]

    def socket_url(self) -> str:
        """The address of a new socket, good for one."""
        return f"ws://127.0.0.1:{self._port}/link/?ticket={self._ticket()}"

    async def stop(self) -> None:
        """Closes every socket."""
        for task in list(self._under_way):
            task.cancel()
        self.cut("abort")  # a silent one would not close
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    @property
    def count(self) -> int:
        """How many sockets are open."""
        return len(self._sockets)

    async def connected(self) -> None:
        """Waits until the app has a socket open."""
        await self._has_socket.wait()

    def emit(self, slack: LocalSlack, payload: Json) -> None:
        """Delivers an event, as often as the faults ask for."""
        for _ in range(slack.faults.deliveries):
            if slack.faults.hold or slack.faults.shuffle:
                self._wait(Envelope(slack, payload))
            else:
                self._spawn(Envelope(slack, payload))

    async def ask(self, slack: LocalSlack, kind: str, payload: Json) -> Json:
        """Delivers an interaction and returns the answer's payload."""
        if not self._sockets:
            raise NotDelivered("dispatch_failed")
        socket = self._pick()
        frame = {"type": kind, "payload": payload, "accepts_response_payload": True}
        try:
            return await self._exchange(slack, socket, frame, self._answer_seconds)
        except (TimeoutError, SocketGone):
            raise NotDelivered("operation_timeout") from None

    async def idle(self) -> None:
        """Waits until every event that is not held was acknowledged."""
        while self._under_way or any(not each.slack.faults.hold for each in self._waiting):
            if self._under_way:
                await asyncio.wait(set(self._under_way))
            else:
                await asyncio.sleep(SHUFFLE_SECONDS)

    def cut(self, how: str) -> None:
        """Breaks every socket: `abort`, `close`, `silence`, or a `disconnect` with its reason."""
        for socket in list(self._sockets):
            transport = socket.connection.transport
            if how == "abort":
                transport.abort()
            elif how == "silence":
                socket.silent = True
                transport.pause_reading()
            elif how == "close":
                self._keep(asyncio.ensure_future(socket.connection.close()))
            else:
                frame = json.dumps({"type": "disconnect", "reason": how, "debug_info": {}})
                self._keep(asyncio.ensure_future(socket.connection.send(frame)))

    async def _accept(self, connection: ServerConnection) -> None:
        query = parse_qs(urlsplit(connection.request.path).query) if connection.request else {}
        ticket = query.get("ticket", [""])[0]
        if ticket not in self._tickets or len(self._sockets) >= MAX_SOCKETS:
            await connection.close(1008)
            return
        self._tickets.discard(ticket)
        await connection.send(json.dumps(self._hello()))
        socket = Socket(connection)
        self._sockets.append(socket)
        self._has_socket.set()
        try:
            async for frame in connection:
                self._acknowledged(socket, frame)
        except ConnectionClosed:
            pass
        finally:
            self._sockets.remove(socket)
            if not self._sockets:
                self._has_socket.clear()
            for waiting in socket.acks.values():
                if not waiting.answer.done():
                    waiting.answer.set_exception(SocketGone())

    def _acknowledged(self, socket: Socket, frame: str | bytes) -> None:
        message = json.loads(frame)
        waiting = socket.acks.pop(message.get("envelope_id", ""), None)
        if waiting is None or waiting.answer.done():
            return
        faults = waiting.slack.faults
        if faults.drop_acks > 0:
            faults.drop_acks -= 1
            return
        if random.random() < faults.lose_acks:  # noqa: S311 - not for secrets
            return
        waiting.answer.set_result(message.get("payload") or {})

    async def _deliver(self, envelope: Envelope) -> None:
        while True:
            await self._has_socket.wait()
            if not self._sockets:
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            frame = {
                "type": "events_api",
                "payload": envelope.payload,
                "accepts_response_payload": False,
                "retry_attempt": envelope.attempt,
                "retry_reason": envelope.reason,
            }
            try:
                await self._exchange(envelope.slack, self._pick(), frame, self._retry_seconds)
            except (TimeoutError, SocketGone):
                envelope.attempt += 1
                envelope.reason = "timeout"
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            return

    async def _exchange(
        self, slack: LocalSlack, socket: Socket, frame: Json, seconds: float
    ) -> Json:
        envelope_id = f"envelope-{next(self._serials):09d}"
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        socket.acks[envelope_id] = Waiting(slack, answer)
        slack.passed("to app", frame["type"], "sent", frame["payload"])
        try:
            if not socket.silent:
                await socket.connection.send(json.dumps({"envelope_id": envelope_id, **frame}))
            return await asyncio.wait_for(answer, seconds)
        except ConnectionClosed:
            raise SocketGone from None
        finally:
            socket.acks.pop(envelope_id, None)

    def _pick(self) -> Socket:
        self._sockets.append(self._sockets.pop(0))
        return self._sockets[-1]

    def release(self) -> None:
        """Delivers what waits, unless it is held."""
        waiting = [each for each in self._waiting if not each.slack.faults.hold]
        self._waiting = [each for each in self._waiting if each.slack.faults.hold]
        if any(each.slack.faults.shuffle for each in waiting):
            random.shuffle(waiting)
        for envelope in waiting:
            self._spawn(envelope)

    def _wait(self, envelope: Envelope) -> None:
        self._waiting.append(envelope)
        if len(self._waiting) == 1:
            asyncio.get_running_loop().call_later(SHUFFLE_SECONDS, self.release)

    def _spawn(self, envelope: Envelope) -> None:
        self._keep(asyncio.ensure_future(self._deliver(envelope)))

    def _keep(self, task: asyncio.Future[None]) -> None:
        if isinstance(task, asyncio.Task):
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def _ticket(self) -> str:
        ticket = f"ticket-{next(self._serials):09d}"
        self._tickets.add(ticket)
        return ticket

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._sockets) + 1,
            "debug_info": {"host": "local", "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }
