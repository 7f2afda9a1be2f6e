"""Finding and claiming what is due: how long it takes, and what several workers get."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from queue import Queue
from threading import Barrier
from typing import Final, TypeAlias

from sqlalchemy.exc import OperationalError

from bot.core.clock import monotonic
from bot.core.db import Database
from tests.load.asks import DAY, Due, claim, find_due, insert_rows

NOW: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
SECOND: Final = timedelta(seconds=1)
BATCH: Final = 100
CONTESTED: Final = 1_000
WARM_UP: Final = 3
PATIENCE: Final = 120
"""Seconds that processes wait for one another."""

Took: TypeAlias = tuple[list[Due], int, int]
"""What a worker claimed, how much of what it found others got, how often the database was busy."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds that the three steps took for a batch."""

    find: float
    claim: float
    commit: float


@dataclass(frozen=True, slots=True)
class Contest:
    """How several workers shared what was due; `lost` is what they found but others got."""

    due: int
    claimed: int
    twice: int
    lost: int
    busy: int
    seconds: float


def add_due(database: Database, now: datetime, count: int) -> None:
    """Adds asks that were asked a day ago and have fallen due one after the other."""
    waits = [SECOND * (number + 0.5) for number in range(count)]  # no other ask has such a moment
    moments = [(now - DAY - wait, now - wait) for wait in waits]
    with database.transaction() as session:
        insert_rows(session, moments)


def take_batch(database: Database, now: datetime) -> Sample:
    """Finds and claims a batch of what is due. Raises RuntimeError if it does not get it all."""
    started = monotonic()
    due = _found(database, now)
    found = monotonic()
    with database.transaction() as session:
        claimed = claim(session, now, due)
        taken = monotonic()
    committed = monotonic()
    if len(claimed) != BATCH:
        raise RuntimeError(f"{len(claimed)} of {BATCH} due asks were claimed")
    return Sample(found - started, taken - found, committed - taken)


def measure(databases: Sequence[Database], repetitions: int) -> list[list[Sample]]:
    """Samples of each database. They take turns, so that whatever else goes on hits all alike."""
    samples: list[list[Sample]] = [[] for _ in databases]
    turns = list(range(len(databases)))
    for repetition in range(WARM_UP + repetitions):
        now = NOW + timedelta(hours=repetition)
        turns = [*turns[1:], turns[0]]
        for turn in turns:
            add_due(databases[turn], now, BATCH)
            sample = take_batch(databases[turn], now)
            if repetition >= WARM_UP:
                samples[turn].append(sample)
    return samples


def contest(database: Database, workers: int) -> Contest:
    """Lets several processes claim the same due asks."""
    now = NOW + DAY * 20
    add_due(database, now, CONTESTED)
    context = get_context("spawn")
    gate, ends = context.Barrier(workers + 1), context.Queue()
    processes = [
        context.Process(target=_work, args=(database.url, now, gate, ends), daemon=True)
        for _ in range(workers)
    ]
    for process in processes:
        process.start()
    gate.wait(PATIENCE)
    started = monotonic()
    took: list[Took] = [ends.get(timeout=PATIENCE) for _ in processes]
    seconds = monotonic() - started
    for process in processes:
        process.join()
    return summed_up(took, CONTESTED, seconds)


def summed_up(took: Sequence[Took], due: int, seconds: float) -> Contest:
    """What the workers did together."""
    times = Counter(each for claimed, _, _ in took for each in claimed)
    return Contest(
        due=due,
        claimed=len(times),
        twice=sum(count > 1 for count in times.values()),
        lost=sum(lost for _, lost, _ in took),
        busy=sum(busy for _, _, busy in took),
        seconds=round(seconds, 2),
    )


def _work(url: str, now: datetime, gate: Barrier, ends: "Queue[Took]") -> None:
    """A worker in a process of its own: takes batch after batch until nothing is due."""
    database = Database(url)
    got: list[Due] = []
    lost = busy = 0
    due = _found(database, now)
    gate.wait(PATIENCE)  # until all of them have found the same
    while due:
        try:
            with database.transaction() as session:
                claimed = claim(session, now, due)
        except OperationalError:
            busy += 1
        else:
            got += claimed
            lost += len(due) - len(claimed)
        due = _found(database, now)
    database.close()
    ends.put((got, lost, busy))


def _found(database: Database, now: datetime) -> list[Due]:
    with database.reading() as session:
        return [(team_id, ask_id) for team_id, ask_id in find_due(session, now, BATCH)]
