"""(b) How many events a second are durably taken in over Socket Mode.

The yardstick is Slack's own bare client on the same core: its listener acknowledges without having
stored anything. Slack's end sends on while fewer than `UNANSWERED` events wait for their
acknowledgement.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from multiprocessing import get_context
from multiprocessing.synchronize import Event as Flag
from statistics import median
from typing import Final

from sqlalchemy import func, select
from websockets.asyncio.server import ServerConnection, serve

from bot.core import logs
from bot.core.clock import SystemClock, monotonic
from bot.core.inbox import InboxRow
from tests.load.bench.cores import on_core
from tests.load.bench.databases import DATABASES, fresh
from tests.load.bench.figures import Figure
from tests.load.traffic import Crowd, Traffic
from tests.support.databases import migrated
from tests.support.socket_door import HELLO, connected

PATIENCE: Final = 120.0
CLIENT_CORE: Final = 0
SERVER_CORE: Final = 1
TURNS: Final = 5
EVENTS: Final = 10_000
UNANSWERED: Final = 200
TIMES: Final = 0.8
"""The bar, in bare clients."""
GAP: Final = timedelta(milliseconds=50)


@dataclass(frozen=True, slots=True)
class Taken:
    """Events a second, of Baton and of a bare client; `lost` were acknowledged and not stored."""

    per_second: float
    ratio: float
    lost: int


def part(scale: float) -> Iterator[Figure]:
    """The figures of both databases."""
    for kind in DATABASES:
        with fresh(kind, "sockets") as (url,):
            yield from figures(measure(url, max(200, int(EVENTS * scale))), kind)


def figures(found: Taken, database: str) -> Iterator[Figure]:
    """What was measured, beside its yardstick."""
    yield Figure(
        "b",
        "events taken in over Socket Mode",
        database,
        found.per_second,
        "1/s",
        yardstick=round(found.per_second / found.ratio, 1),
        of="a bare client",
        least=TIMES,
        is_ratio=True,
    )
    yield Figure("b", "acknowledged and lost", database, found.lost, "", most=0)


def measure(url: str, events: int, *, turns: int = TURNS) -> Taken:
    """Sends to both in turns, with so many new events in each."""
    database = migrated(url)
    traffic = Traffic(Crowd.of("T1"), SystemClock().now(), GAP)
    rates: list[tuple[float, float]] = []
    for _ in range(turns):
        frames = [_frame(each.event_id, each.body) for each in traffic.some(events)]
        with on_core(SERVER_CORE):
            bare = _rate(_bare, url, frames)
            rates.append((_rate(_baton, url, frames), bare))
    with database.reading() as session:
        stored = session.scalar(select(func.count()).select_from(InboxRow)) or 0
    return Taken(
        per_second=median(each for each, _ in rates),
        ratio=round(median(each / bare for each, bare in rates), 3),
        lost=events * turns - stored,
    )


def _rate(client: Callable[[str, str, Flag], None], url: str, frames: Sequence[str]) -> float:
    """Acknowledgements a second of a client, from the first frame to the last of them."""
    return round(len(frames) / asyncio.run(_seconds(client, url, frames)), 1)


async def _seconds(
    client: Callable[[str, str, Flag], None], url: str, frames: Sequence[str]
) -> float:
    took: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    async def send(connection: ServerConnection) -> None:
        await connection.send(HELLO)
        began, waiting = monotonic(), iter(frames)
        for frame in islice(waiting, UNANSWERED):
            await connection.send(frame)
        for _ in range(len(frames)):
            await connection.recv(decode=False)
            if (frame := next(waiting, "")) != "":
                await connection.send(frame)
        took.set_result(monotonic() - began)
        await connection.wait_closed()

    async with serve(send, "127.0.0.1", 0, compression=None, max_queue=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        with _running(client, url, f"ws://127.0.0.1:{port}/"):
            return await asyncio.wait_for(took, PATIENCE)


@contextmanager
def _running(client: Callable[[str, str, Flag], None], url: str, slack: str) -> Iterator[None]:
    context = get_context("spawn")
    over = context.Event()
    process = context.Process(target=client, args=(url, slack, over), daemon=True)
    process.start()
    try:
        yield
    finally:
        over.set()
        process.join(PATIENCE)


def _baton(url: str, slack: str, over: Flag) -> None:
    logs.configure("ERROR", "console")
    with on_core(CLIENT_CORE), connected(url, slack):
        over.wait()


def _bare(_url: str, slack: str, over: Flag) -> None:
    from slack_sdk.socket_mode import SocketModeClient  # noqa: PLC0415 - of this process alone
    from slack_sdk.socket_mode.client import BaseSocketModeClient  # noqa: PLC0415
    from slack_sdk.socket_mode.request import SocketModeRequest  # noqa: PLC0415
    from slack_sdk.socket_mode.response import SocketModeResponse  # noqa: PLC0415

    def acknowledge(to: BaseSocketModeClient, request: SocketModeRequest) -> None:
        to.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    logging.disable(logging.CRITICAL)
    client = SocketModeClient(app_token="xapp-1", auto_reconnect_enabled=False)
    client.wss_uri = slack
    client.socket_mode_request_listeners.append(acknowledge)
    with on_core(CLIENT_CORE):
        client.connect()
        over.wait()
        client.close()


def _frame(envelope_id: str, body: bytes) -> str:
    head = json.dumps({"envelope_id": envelope_id, "type": "events_api", "retry_attempt": 0})
    return f'{head[:-1]}, "payload": {body.decode()}}}'
