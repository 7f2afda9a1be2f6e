"""How long it takes until everybody's digest is queued, and how fast they are sent then.

`make bench-digests`, or `python -m tests.load.bench_digests --help`. The table goes to standard
error, the same as JSON to standard output; 1 is returned where a bar is missed. The yardstick is
how long the same workers need to queue a short message for each of the same people.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from queue import Queue
from threading import Barrier, Thread
from typing import Annotated, Any, Final, TypeAlias
from uuid import UUID

import typer
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
from tests.load.bench_asks import URLS
from tests.load.decisions import teams
from tests.load.digests import MORNING, fill, person
from tests.support.databases import migrated
from tests.support.one_token import OneToken

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
class Report:
    """What was measured on one kind of database.

    `ratio` is how many times as long as the yardstick the queueing took, `allowed_seconds` how long
    the limits of each workspace make it take to send them all. `refused` are calls that came
    earlier than Slack's own limit lets through.
    """

    database: str
    people: int
    workspaces: int
    workers: int
    queued: int
    seconds: float
    yardstick_seconds: float
    ratio: float
    sent: int
    sent_seconds: float
    allowed_seconds: float
    refused: int

    @property
    def passes(self) -> bool:
        """Whether all were queued in time, each once, and sent as fast as is allowed."""
        is_complete = self.queued == self.sent == self.people
        is_fast = self.sent_seconds <= self.allowed_seconds * AS_FAST
        return is_complete and self.seconds < BAR and is_fast and not self.refused


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


def bench(kind: str, people: int, workspaces: int, workers: int) -> Report:
    """Measures one kind of database."""
    with URLS[kind]([people]) as (url,):
        database = migrated(url)
        fill(database, people, workspaces)
        crowd = Crowd(url, workers, workspaces, people // workspaces)
        yardstick, _ = _together(crowd, _queue_short)
        _empty(database)
        seconds, _ = _together(crowd, _queue_digests)
        queued = _count(database, OutboxRow.state == State.READY)
        sent_seconds, came = _together(crowd, _send)
        sent = _count(database, OutboxRow.state == State.DONE)
        database.close()
    share = SHARES[DIGESTS]
    allowed = share.interval.total_seconds() * max(0, crowd.each - share.burst)
    refused = beyond([one for some in came for one in some], PER_METHOD["chat.postMessage"])
    return Report(
        kind,
        people,
        workspaces,
        workers,
        queued=queued,
        seconds=round(seconds, 1),
        yardstick_seconds=round(yardstick, 1),
        ratio=round(seconds / yardstick, 1),
        sent=sent,
        sent_seconds=round(sent_seconds, 1),
        allowed_seconds=round(allowed, 1),
        refused=refused,
    )


def told(report: Report) -> Iterator[str]:
    """A report as lines for people."""
    yield (
        f"{report.database}: {report.people:,} people of {report.workspaces} workspaces due at "
        f"once, {report.workers} workers"
    )
    yield (
        f"  queued {report.queued:,} in {report.seconds} s, {report.ratio} times the yardstick's "
        f"{report.yardstick_seconds} s"
    )
    yield (
        f"  sent {report.sent:,} in {report.sent_seconds} s, where the limits ask for "
        f"{report.allowed_seconds} s; {report.refused} came too early for Slack"
    )


def main(
    people: Annotated[int, typer.Option(min=20)] = 10_000,
    workspaces: Annotated[int, typer.Option(min=1)] = 20,
    workers: Annotated[int, typer.Option(min=1)] = 2,
    database: Annotated[list[str], typer.Option(help="sqlite, postgresql")] = list(URLS),  # noqa: B006
) -> None:
    """Measures how long it takes to queue and to send everybody's digest, on each database."""
    logs.configure("ERROR", "console")
    reports = [bench(kind, people, workspaces, workers) for kind in database]
    for line in (line for report in reports for line in ("", *told(report))):
        typer.echo(line, err=True)
    passes = all(report.passes for report in reports)
    typer.echo(
        f"\n{'Passed' if passes else 'Missed'}: each once, queued in {BAR:.0f} s, sent as fast as "
        "is allowed",
        err=True,
    )
    typer.echo(json.dumps([asdict(report) for report in reports], indent=2))
    raise typer.Exit(not passes)


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


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
