"""(c) How many events a second a worker deals with, from the inbox to what is to be sent.

The yardstick is a bare loop that claims and finishes rows of the same inbox, one worker, and does
nothing with them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from time import process_time
from typing import Final, TypeAlias

from sqlalchemy import func, select, update

from bot.app import Application
from bot.core import logs
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.inbox import InboxRow
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.settings import Settings
from bot.slack.intake import BATCH
from tests.load.bench.figures import Figure
from tests.load.traffic import Crowd, Traffic, accept_all, found
from tests.support.databases import migrated

PATIENCE: Final = 600
GAP: Final = timedelta(milliseconds=50)
WARM_UP: Final = 2
"""So many batches each worker deals with before the clock runs: statements are compiled once."""

PER_WORKER: Final = 1_500.0
"""The bar, in events a second."""
RISE: Final = 1.15
"""By so much may the processor's time for one event rise from one worker to the most."""

Took: TypeAlias = tuple[float, float]
"""When a worker ended, and the seconds of the processor it took."""


@dataclass(frozen=True, slots=True)
class Events:
    """Events dealt with by so many workers; `cpu_ms` is the processor's time for one of them.

    `twice` were claimed more than once, `queued` messages are to be sent; `bare` events a second
    went through one bare loop that claims and finishes rows and does nothing with them.
    """

    workers: int
    events: int
    per_second: float
    cpu_ms: float
    twice: int
    left: int
    queued: int
    bare: float

    @property
    def per_worker(self) -> float:
        """Events a second that each worker dealt with."""
        return round(self.per_second / self.workers, 1)


def figures(measured: Sequence[Events], database: str) -> Iterator[Figure]:
    """What was measured with 1 worker, then with more, beside the yardstick of each run."""
    for each in measured:
        workers = f"{each.workers} worker" + "s" * (each.workers > 1)
        yield Figure(
            "c",
            f"events, each of {workers}",
            database,
            each.per_worker,
            "1/s",
            yardstick=each.bare,
            of="a bare loop, rows/s",
            least=PER_WORKER,
        )
        yield Figure(
            "c",
            f"processor's time for an event, {workers}",
            database,
            each.cpu_ms,
            "ms",
            yardstick=measured[0].cpu_ms,
            of="1 worker",
            most=RISE,
            is_ratio=True,
        )
        yield Figure(
            "c", f"claimed twice, or left, {workers}", database, each.twice + each.left, "", most=0
        )


def measure(url: str, events: int, workers: int, crowds: Sequence[Crowd]) -> Events:
    """Has so many processes work through the inbox of an empty database."""
    database = migrated(url)
    bare = _bare(database, crowds[0], events)
    fill(database, events + WARM_UP * BATCH * workers, crowds)
    begun, events, took = _work_through(database, workers)
    seconds = max(ended for ended, _ in took) - begun
    with database.reading() as session:
        count = select(func.count()).select_from(InboxRow)
        done = session.scalar(count.where(InboxRow.state == State.DONE)) or 0
        total = session.scalar(count) or 0
        twice = session.scalar(count.where(InboxRow.fence > 1)) or 0
        queued = session.scalar(select(func.count()).select_from(OutboxRow)) or 0
    database.close()
    cpu = sum(each for _, each in took)
    return Events(
        workers,
        events,
        per_second=round(events / seconds, 1),
        cpu_ms=round(cpu / events * 1_000, 3),
        twice=twice,
        left=total - done,
        queued=queued,
        bare=round(bare, 1),
    )


def fill(database: Database, events: int, crowds: Sequence[Crowd]) -> None:
    """Puts the traffic of several workspaces into the inbox, evenly mixed."""
    now = SystemClock().now()
    each = -(-events // len(crowds))
    traffic = []
    for crowd in crowds:
        found(database, crowd, now)
        traffic.append(list(Traffic(crowd, now - GAP * each, GAP).some(each)))
    mixed = [event for together in zip(*traffic, strict=True) for event in together]
    accept_all(database, mixed[:events], now)


def _bare(database: Database, crowd: Crowd, events: int) -> float:
    """Rows a second that one bare loop claims and finishes, without a lease or anything done."""
    now = SystemClock().now()
    accept_all(database, list(Traffic(crowd, now, GAP).some(events)), now)
    begun, dealt_with = monotonic(), 0
    while True:
        with database.transaction() as session:
            ready = select(InboxRow.id, InboxRow.body).where(InboxRow.state == State.READY)
            rows = session.execute(
                ready.order_by(InboxRow.id).limit(BATCH).with_for_update(skip_locked=True)
            ).all()
            finished = update(InboxRow).where(InboxRow.id.in_([row.id for row in rows]))
            session.execute(finished.values(state=State.DONE, body=None))
        if not rows:
            break
        dealt_with += len(rows)
    seconds = monotonic() - begun
    with database.transaction() as session:
        session.execute(InboxRow.__table__.delete())  # type: ignore[attr-defined]
    return dealt_with / seconds


def _work_through(database: Database, workers: int) -> tuple[float, int, list[Took]]:
    """When they began, how many events were left by then, and what it took each of them."""
    context = get_context("spawn")
    gate, ends = context.Barrier(workers + 1), context.Queue()
    processes = [
        context.Process(target=_work, args=(database.url, gate, ends), daemon=True)
        for _ in range(workers)
    ]
    for process in processes:
        process.start()
    gate.wait(PATIENCE)  # all of them are warm
    with database.reading() as session:
        waiting = select(func.count()).where(InboxRow.state == State.READY)
        events = session.scalar(waiting) or 0
    gate.wait(PATIENCE)
    begun = SystemClock().now().timestamp()
    took: list[Took] = [ends.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    return begun, events, took


def _work(url: str, gate: Barrier, ends: "Queue[Took]") -> None:
    """A worker in a process of its own, until nothing is left."""
    logs.configure("ERROR", "console")
    app = Application(Settings(_env_file=None, database_url=url))
    intake = app._intake
    for _ in range(WARM_UP):
        intake.step()
    gate.wait(PATIENCE)
    gate.wait(PATIENCE)
    cpu = process_time()
    while intake.step():
        pass
    ends.put((SystemClock().now().timestamp(), process_time() - cpu))
    app.bot.database.close()
