"""(e) How long until everybody's digest is queued, and how fast they are sent then.

The yardstick is how long the same workers need to queue a short message for each of the same
people; of the sending, how long Slack's limits make it take.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from queue import Queue
from threading import Barrier, Thread
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import delete, func, select

from bot.app import assemble
from bot.core import logs
from bot.core.blocks import Message
from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock, monotonic
from bot.core.db import Database
from bot.core.outbox import OutboxRow, Sent
from bot.core.queue import State
from bot.core.rate_limits import DIGESTS, PER_METHOD, SHARES, RateLimit
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest import jobs
from bot.features.digest.models import DigestScheduleRow
from bot.settings import load
from bot.slack.gateway import Gateway
from bot.slack.sender import Sender
from tests.load.bench.databases import DATABASES, fresh
from tests.load.bench.figures import Figure
from tests.load.decisions import teams
from tests.load.digests import MORNING, fill, person
from tests.support.databases import migrated
from tests.support.one_token import OneToken

PEOPLE: Final = 10_000
WORKSPACES: Final = 20
WORKERS: Final = 2
FEWEST_EACH: Final = 2
BAR: Final = 60.0
"""Seconds until the last digest is queued."""
AS_FAST: Final = 1.1
"""So many times as long as the limits ask for it may take to send them all."""
SENDERS: Final = 2
"""Threads that send in each process."""
MARGIN: Final = timedelta(seconds=5)
PATIENCE: Final = 3_600


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many workers, and so many people in each of some workspaces of a database."""

    url: str
    workers: int
    workspaces: int
    each: int


Work: TypeAlias = Callable[[Bot, Crowd, int], Any]
"""Done by each worker, which is told its number."""


@dataclass(frozen=True, slots=True)
class Digests:
    """What was measured; `refused` are calls that came earlier than Slack's limit lets through."""

    people: int
    workers: int
    queued: int
    seconds: float
    short_seconds: float
    sent: int
    sent_seconds: float
    allowed_seconds: float
    refused: int


class PostBox(Gateway):
    """Takes every message at once, as Slack does within its limits, and notes when it came."""

    def __init__(self) -> None:
        timeout = timedelta(seconds=10)
        super().__init__("", OneToken(""), timeout=timeout, time_zone="UTC")
        self._clock = SystemClock()
        self.came: list[tuple[str, datetime]] = []

    def post(self, team_id: str, recipient: str, payload: dict[str, Any], mark: UUID) -> Sent:
        """A message to somebody."""
        del payload, mark
        self.came.append((team_id, self._clock.now()))
        return Sent(f"D{recipient}", f"{len(self.came)}.000000")


def beyond(came: Sequence[tuple[str, datetime]], limit: RateLimit) -> int:
    """How many of these calls came earlier than a limit lets through."""
    next_at: dict[str, datetime] = {}
    refused = 0
    for team_id, at in sorted(came, key=lambda each: each[1]):
        earliest = next_at.get(team_id, at)
        if earliest - limit.interval * limit.burst > at:
            refused += 1
        else:
            next_at[team_id] = max(earliest, at) + limit.interval
    return refused


def part(scale: float) -> Iterator[Figure]:
    """Measures each database with so many people, or a part of them."""
    for kind in DATABASES:
        each = max(FEWEST_EACH, int(PEOPLE * scale) // WORKSPACES)
        yield from figures(bench(kind, each * WORKSPACES, WORKSPACES, WORKERS), kind)


def figures(found: Digests, database: str) -> Iterator[Figure]:
    """How long it took beside the yardsticks, and what went wrong."""
    yield Figure(
        "e",
        f"digests queued for {found.people:,}, {found.workers} workers",
        database,
        round(found.seconds, 1),
        "s",
        yardstick=round(found.short_seconds, 2),
        of="a short message each, s",
        most=BAR,
    )
    if found.allowed_seconds:
        yield Figure(
            "e",
            f"digests sent to {found.people:,}",
            database,
            round(found.sent_seconds, 1),
            "s",
            yardstick=round(found.allowed_seconds, 1),
            of="the limits ask for, s",
            most=AS_FAST,
            is_ratio=True,
        )
    wrong = abs(found.people - found.queued) + abs(found.people - found.sent) + found.refused
    yield Figure("e", "digests missing, twice, or too early", database, wrong, "", most=0)


def bench(kind: str, people: int, workspaces: int, workers: int) -> Digests:
    """Measures one kind of database."""
    with fresh(kind, f"digests_{people}") as (url,):
        database = migrated(url)
        fill(database, people, workspaces)
        crowd = Crowd(url, workers, workspaces, people // workspaces)
        short_seconds, _ = _together(crowd, _queue_short)
        _empty(database)
        seconds, _ = _together(crowd, _queue_digests)
        queued = _count(database, OutboxRow.state == State.READY)
        sent_seconds, came = _together(crowd, _send)
        sent = _count(database, OutboxRow.state == State.DONE)
        database.close()
    share = SHARES[DIGESTS]
    return Digests(
        people,
        workers,
        queued=queued,
        seconds=seconds,
        short_seconds=short_seconds,
        sent=sent,
        sent_seconds=sent_seconds,
        allowed_seconds=share.interval.total_seconds() * max(0, crowd.each - share.burst),
        refused=beyond([one for some in came for one in some], PER_METHOD["chat.postMessage"]),
    )


def _together(crowd: Crowd, work: Work) -> tuple[float, list[Any]]:
    """Has several processes do something at once; how many seconds it took, what they returned."""
    context = get_context("spawn")
    gate, ends = context.Barrier(crowd.workers + 1), context.Queue()
    processes = [
        context.Process(target=_work, args=(crowd, work, number, (gate, ends)))
        for number in range(crowd.workers)
    ]
    for process in processes:
        process.start()
    gate.wait(PATIENCE)
    started = monotonic()
    results = [ends.get(timeout=PATIENCE) for _ in processes]
    seconds = monotonic() - started
    for process in processes:
        process.join()
    return seconds, results


def _work(crowd: Crowd, work: Work, number: int, ways: tuple[Barrier, "Queue[Any]"]) -> None:
    """A worker in a process of its own."""
    gate, ends = ways
    logs.configure("ERROR", "console")
    bot = assemble(load(_env_file=None, database_url=crowd.url))
    bot.clock = StoppedClock(MORNING)
    gate.wait(PATIENCE)
    ends.put(work(bot, crowd, number))
    bot.database.close()


def _queue_short(bot: Bot, crowd: Crowd, number: int) -> None:
    """The yardstick: this worker's share of the people."""

    def queue(uow: UnitOfWork, some: Sequence[str]) -> None:
        for user_id in some:
            message = Message(mrkdwn("Good morning"))
            uow.outbox.post_to_person(f"short:{user_id}", user_id, message, urgency="digest")

    due = [
        (team_id, person(which))
        for team_id in teams(crowd.workspaces)
        for which in range(number, crowd.each, crowd.workers)
    ]
    bot.together(due, queue, reader_of=str, portion=jobs.PORTION)


def _queue_digests(bot: Bot, _crowd: Crowd, _number: int) -> None:
    waiting = select(func.count()).where(DigestScheduleRow.next_at <= MORNING)
    while True:
        jobs.send_due(bot)
        with bot.reading() as (session, _):
            if not session.scalar(waiting):
                return


def _send(bot: Bot, _crowd: Crowd, _number: int) -> list[tuple[str, datetime]]:
    box = PostBox()
    sender = Sender(bot, box, margin=MARGIN)
    threads = [Thread(target=_until_all_is_sent, args=[bot, sender]) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return box.came


def _until_all_is_sent(bot: Bot, sender: Sender) -> None:
    left = select(OutboxRow.id).where(OutboxRow.state == State.READY).limit(1)
    while True:
        if sender.step():
            continue
        with bot.reading() as (session, _):
            if session.scalar(left) is None:
                return
        bot.outbox_filled.wait(0.1)
        bot.outbox_filled.clear()


def _empty(database: Database) -> None:
    with database.transaction() as session:
        session.execute(delete(OutboxRow))


def _count(database: Database, *where: Any) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow).where(*where)) or 0
