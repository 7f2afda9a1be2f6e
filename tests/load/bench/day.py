"""(h) A day of a workspace of 1,000 people, a hundred times as fast as days are.

Its events come over HTTP, signed, into the running bot: one process on SQLite; a `web` and two
`worker` on PostgreSQL. The lag of an event is from when it was received until it was dealt with, as
seen from outside every 20 ms. The yardstick is an event that comes alone.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from statistics import median
from threading import Event, Lock, Thread
from typing import Final
from uuid import UUID

import httpx2
from sqlalchemy import func, select

from bot.core import heartbeat
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.heartbeat import Instant
from bot.core.inbox import Envelope, InboxRow
from bot.core.queue import State
from bot.slack.ingress import PATH
from tests.load import stub_slack
from tests.load.bench.databases import DATABASES, fresh
from tests.load.bench.figures import Figure
from tests.load.bench.processes import running
from tests.load.stub_slack import TOKEN, Stub
from tests.load.traffic import Crowd, Traffic, found
from tests.support.databases import migrated
from tests.support.door import JSON, SECRET, signed
from tests.support.ports import free_port

PEOPLE: Final = 1_000
EVENTS_EACH: Final = 20
"""Of each person in a day: what they write, reactions, edits, whatever."""
OF_HOURS: Final = (
    *(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 2.0, 5.0, 8.0, 11.0, 11.0, 10.0),
    *(7.0, 9.0, 10.0, 9.0, 7.0, 3.0, 1.5, 1.0, 1.0, 0.5, 0.5, 0.5),
)
"""Per cent of a day's events in each of its hours."""
BUSIEST: Final = 9
"""What is less than a day begins with this hour."""
PACE: Final = 100
BAR: Final = 5.0
"""Seconds that the lag of 99 of 100 events may take."""
ALONE: Final = 20
SENDERS: Final = 8
LOOKS_EVERY: Final = 0.02
COMMITTED_WITHIN: Final = timedelta(seconds=10)
"""So long after it was received an event is stored at the latest, on a machine that is overrun."""
GIVEN_UP_AFTER: Final = 120.0
"""Seconds after the last event; what was not dealt with by then counts as such."""
TEAM: Final = "T0DAY0000"
PROCESSES: Final = {"sqlite": ("run",), "postgresql": ("web", "worker", "worker")}
DONE: Final = frozenset({State.DONE, State.DROPPED, State.DEAD})


@dataclass(frozen=True, slots=True)
class Day:
    """Seconds: the lag of each event, of those that came alone, and what each answer took."""

    hours: float
    processes: Sequence[str]
    lags: Sequence[float]
    alone: Sequence[float]
    acks: Sequence[float]
    refused: int
    undone: int


def part(scale: float) -> Iterator[Figure]:
    """Plays the day, or its busiest hours, on each database."""
    for kind in DATABASES:
        with fresh(kind, "day") as (url,):
            yield from figures(play(url, PROCESSES[kind], scale), kind)


def figures(day: Day, database: str) -> Iterator[Figure]:
    """The lag and the answers beside an event alone, and what was lost."""
    place = f"{day.hours:g} h, {' + '.join(day.processes)}"
    for name, share, bar in (("p50", 0.5, None), ("p99", 0.99, BAR)):
        yield Figure(
            "h",
            f"lag {name}, {place}",
            database,
            round(_at(share, day.lags), 3),
            "s",
            yardstick=round(median(day.alone), 3),
            of="an event alone, s",
            most=bar,
        )
    yield Figure("h", "answer p99", database, round(_at(0.99, day.acks) * 1_000, 1), "ms")
    what = f"refused or not dealt with, of {len(day.acks):,}"
    yield Figure("h", what, database, day.refused + day.undone, "", most=0)


def play(url: str, processes: Sequence[str], scale: float, *, people: int = PEOPLE) -> Day:
    """Sends the events of 24 hours times `scale` to so many processes on an empty database."""
    crowd = Crowd.of(TEAM, people=people)
    database = migrated(url)
    now = SystemClock().now()
    found(database, crowd, now)
    with database.transaction() as session:
        heartbeat.beat(session, Instant(now, now))  # it ran until now, so nothing is doubted
    moments = schedule(scale, people * EVENTS_EACH)
    with tempfile.TemporaryDirectory() as folder, stub_slack.running(crowd) as slack:
        port = free_port()
        settings = _settings(url, port, slack)
        with ExitStack() as stack:
            for number, command in enumerate(processes):
                door = "" if command == "worker" else f"http://127.0.0.1:{port}"
                stack.enter_context(running(command, settings, Path(folder) / str(number), door))
            day = _sent(database, f"http://127.0.0.1:{port}{PATH}", crowd, moments)
    database.close()
    lags, alone, (acks, refused) = day
    undone = len(moments) - refused - len(lags)
    return Day(round(24 * scale, 2), processes, lags, alone, acks, refused, undone)


def schedule(scale: float, events: int) -> list[float]:
    """The seconds after which each event comes, in order; within an hour they come at random."""
    chance = random.Random(9)  # noqa: S311 - the same every time
    hours, length = 24 * scale, 3_600 / PACE
    moments: list[float] = []
    for number in range(ceil(hours)):
        begun = min(1.0, hours - number)
        count = round(events * OF_HOURS[(BUSIEST + number) % 24] / 100 * begun)
        moments += (length * (number + chance.random() * begun) for _ in range(count))
    return sorted(moments)


def _settings(url: str, port: int, slack: Stub) -> dict[str, str]:
    return {
        "DATABASE_URL": url,
        "PORT": str(port),
        "BATON_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": f"{TOKEN}{TEAM}",
        "SLACK_SIGNING_SECRET": SECRET,
    }


def _sent(
    database: Database, url: str, crowd: Crowd, moments: Sequence[float]
) -> tuple[list[float], list[float], tuple[list[float], int]]:
    """The lags of the day's events and of those alone; what each answer took, and refusals."""
    gap = timedelta(seconds=moments[-1] / len(moments))
    traffic = Traffic(crowd, SystemClock().now(), gap)
    with _watched(database) as watch:
        alone = Senders(url)
        for event in traffic.some(ALONE):
            alone.send([event], [0.0])
            watch.wait()
        before = len(watch.lags)
        senders = Senders(url)
        senders.send(list(traffic.some(len(moments))), moments)
        watch.wait()
        lags = list(watch.lags.values())
    return lags[before:], lags[:before], (senders.acks, senders.refused)


class Senders:
    """Sends events at their moments, several at a time, as Slack does."""

    def __init__(self, url: str) -> None:
        self._url, self._lock = url, Lock()
        self.acks: list[float] = []
        self.refused = 0

    def send(self, events: Sequence[Envelope], moments: Sequence[float]) -> None:
        """Sends each event so many seconds from now, or as soon as one of them is free."""
        due = iter(zip(moments, events, strict=True))
        threads = [Thread(target=self._send, args=[due, monotonic()]) for _ in range(SENDERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _send(self, due: Iterator[tuple[float, Envelope]], begun: float) -> None:
        with httpx2.Client(trust_env=False) as http:
            while True:
                with self._lock:
                    moment, event = next(due, (0.0, None))
                if event is None:
                    return
                Event().wait(max(0.0, begun + moment - monotonic()))
                started = monotonic()
                headers = {"content-type": JSON, **signed(event.body)}
                status = http.post(self._url, content=event.body, headers=headers).status_code
                self._note(monotonic() - started, is_refused=status != httpx2.codes.OK)

    def _note(self, seconds: float, *, is_refused: bool) -> None:
        with self._lock:
            self.acks.append(seconds)
            self.refused += is_refused


class Watch:
    """Looks from outside when each event was dealt with."""

    def __init__(self, database: Database) -> None:
        self._database, self._clock = database, SystemClock()
        self._since: datetime = self._clock.now() - COMMITTED_WITHIN
        self.lags: dict[UUID, float] = {}

    def wait(self) -> None:
        """Waits until all that was received was dealt with, but not for ever."""
        with self._database.reading() as session:
            received = session.scalar(select(func.count()).select_from(InboxRow)) or 0
        patience = monotonic() + GIVEN_UP_AFTER
        while len(self.lags) < received and monotonic() < patience:
            Event().wait(LOOKS_EVERY)

    def look(self) -> None:
        """Notes the lag of what was dealt with since it last looked."""
        received = select(InboxRow.id, InboxRow.received_at, InboxRow.state)
        with self._database.reading() as session:
            rows = session.execute(received.where(InboxRow.received_at >= self._since)).all()
        now = self._clock.now()
        waiting = [row.received_at for row in rows if row.state not in DONE]
        for row in rows:
            if row.state in DONE:
                self.lags.setdefault(row.id, (now - row.received_at).total_seconds())
        self._since = min([now, *waiting]) - COMMITTED_WITHIN


@contextmanager
def _watched(database: Database) -> Iterator[Watch]:
    watch, is_over = Watch(database), Event()

    def look() -> None:
        while not is_over.wait(LOOKS_EVERY):
            watch.look()

    looking = Thread(target=look)
    looking.start()
    try:
        yield watch
    finally:
        is_over.set()
        looking.join()


def _at(share: float, taken: Sequence[float]) -> float:
    return sorted(taken)[int(share * (len(taken) - 1))]
