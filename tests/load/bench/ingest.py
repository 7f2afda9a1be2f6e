"""(a) How many events a second are durably taken in over HTTP.

The yardstick is a bare Bolt app on the same server, kept on the same core: its listener does
nothing, and it acknowledges without having stored anything. Both are asked in turns, so that a busy
moment of the machine falls on both; what counts is the median of the turns.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event as Flag
from statistics import median
from typing import Final

from sqlalchemy import func, select

from bot.core import logs
from bot.core.clock import SystemClock
from bot.core.inbox import InboxRow
from tests.load.bench.cores import on_core
from tests.load.bench.databases import DATABASES, fresh
from tests.load.bench.figures import Figure
from tests.load.knocking import Answers, knock, prepared
from tests.load.traffic import Crowd, Traffic
from tests.support.databases import migrated
from tests.support.door import SECRET, door

PATIENCE: Final = 60.0
SERVER_CORE: Final = 0
CLIENT_CORE: Final = 1
TURNS: Final = 5
EVENTS: Final = 10_000
WARM_UP: Final = 1_000
TIMES: Final = {"sqlite": 2.0, "postgresql": 1.5}
"""The bar, in bare Bolt apps."""
P99_MS: Final = 50.0
GAP: Final = timedelta(milliseconds=50)


@dataclass(frozen=True, slots=True)
class Ingest:
    """Events a second, of Baton and of a bare Bolt app; `p99_ms` at half of Baton's.

    `lost` were acknowledged and are not in the inbox, `refused` were not acknowledged.
    """

    per_second: float
    bare: float
    ratio: float
    p99_ms: float
    lost: int
    refused: int


def part(scale: float) -> Iterator[Figure]:
    """The figures of both databases."""
    for kind in DATABASES:
        with fresh(kind, "ingest") as (url,):
            yield from figures(measure(url, max(200, int(EVENTS * scale))), kind)


def figures(found: Ingest, database: str) -> Iterator[Figure]:
    """What was measured, beside its yardstick."""
    yield Figure(
        "a",
        "events taken in over HTTP",
        database,
        found.per_second,
        "1/s",
        yardstick=round(found.per_second / found.ratio, 1),
        of="a bare Bolt app",
        least=TIMES[database],
        is_ratio=True,
    )
    yield Figure("a", "p99 at half of that", database, found.p99_ms, "ms", most=P99_MS)
    yield Figure("a", "acknowledged and lost", database, found.lost, "", most=0)


def measure(url: str, events: int, *, turns: int = TURNS) -> Ingest:
    """Knocks at both in turns, with so many new events in each."""
    database = migrated(url)
    traffic = Traffic(Crowd.of("T1"), SystemClock().now(), GAP)
    answered: list[Answers] = []

    def ask(port: int, count: int, pace: float = 0.0) -> Answers:
        bodies = [each.body for each in traffic.some(count)]
        return knock(port, prepared(bodies, secret=SECRET), per_second=pace)

    with (
        _serving(_baton, url) as ours,
        _serving(_bolt, url) as bolts,
        on_core(CLIENT_CORE),
    ):
        answered.append(ask(ours, min(events, WARM_UP)))
        ask(bolts, min(events, WARM_UP))
        rates: list[tuple[float, float]] = []
        for _ in range(turns):
            bare = ask(bolts, events // 2).per_second
            answered.append(ask(ours, events))
            rates.append((answered[-1].per_second, bare))
        rate = median(each for each, _ in rates)
        answered.append(ask(ours, events, pace=rate / 2))
    refused = sum(each.refused for each in answered)
    sent = sum(len(each.latencies) for each in answered)
    with database.reading() as session:
        stored = session.scalar(select(func.count()).select_from(InboxRow)) or 0
    return Ingest(
        rate,
        bare=median(bare for _, bare in rates),
        ratio=round(median(each / bare for each, bare in rates), 3),
        p99_ms=answered[-1].quantile(0.99),
        lost=sent - refused - stored,
        refused=refused,
    )


@contextmanager
def _serving(serve: Callable[[str, "Queue[int]", Flag], None], url: str) -> Iterator[int]:
    """A server in a process of its own; yields its port."""
    context = get_context("spawn")
    ports, over = context.Queue(), context.Event()
    process = context.Process(target=serve, args=(url, ports, over), daemon=True)
    process.start()
    try:
        yield ports.get(timeout=PATIENCE)
    finally:
        over.set()
        process.join(PATIENCE)


def _baton(url: str, ports: "Queue[int]", over: Flag) -> None:
    logs.configure("ERROR", "console")
    with on_core(SERVER_CORE), door(url) as opened:
        ports.put(opened.port)
        over.wait()


def _bolt(_url: str, ports: "Queue[int]", over: Flag) -> None:
    from tests.load.bench.bare_bolt import serve  # noqa: PLC0415 - nothing else needs aiohttp

    with on_core(SERVER_CORE), serve() as port:
        ports.put(port)
        over.wait()
