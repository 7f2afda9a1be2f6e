"""Several schedulers at once, while clocks change all over the world: is each digest made once?"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from multiprocessing.queues import Queue
from threading import Barrier
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from bot.core import audit, channels, logs, people, workspaces
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import WORKSPACE, person_scope
from bot.core.audit import AuditRow
from bot.core.availability import HOLIDAYS, HOURS
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Database
from bot.core.digests import Reader
from bot.core.events import PersonEnrolled
from bot.core.people import Account
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import Workspace
from bot.features import digest
from bot.features.digest import jobs
from bot.features.digest.models import DigestRow, DigestScheduleRow
from bot.features.digest.rules.settings import AT
from tests.features.digest.mornings_model import HALF_HOURS, distinct_zones, walk

TEAM: Final = "T1"
MADE: Final = "test.made"
WORKERS: Final = 5
PATIENCE: Final = 900
"""Seconds that processes wait for one another."""
LOOK_EVERY: Final = timedelta(hours=3)
"""Seldom enough that many are due at once, and some after their midnight."""
BEFORE_AND_AFTER: Final = timedelta(hours=36)

Order: TypeAlias = Sequence[datetime]
"""The instants through which the schedulers go together; none: it is over."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody in a zone who wants their digest at a half-hour."""

    user_id: str
    zone: str
    half_hour: int


@dataclass(frozen=True, slots=True)
class Window:
    """A day and a half before and after some clocks change, and who is watched meanwhile."""

    start: datetime
    end: datetime
    samples: Sequence[Sample]

    @property
    def steps(self) -> list[datetime]:
        """The instants at which the schedulers look what is due."""
        looks = int((self.end - self.start) / LOOK_EVERY)
        return [self.start + LOOK_EVERY * number for number in range(1, looks + 1)]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many digests were owed; how many of them were not made, made twice, or not owed."""

    owed: int
    missing: int
    double: int
    unowed: int


def windows(count: int, people_each: int, *, seed: int) -> list[Window]:
    """So many windows, evenly over two years, with people mostly in zones that change then."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    zones = distinct_zones()
    changing: defaultdict[date, list[str]] = defaultdict(list)
    for zone, changes in zones.items():
        for change in changes:
            changing[change.date()].append(zone)
    days = sorted(changing)
    found = []
    for number in range(count):
        day = days[number * len(days) // count]
        noon = datetime.combine(day, time(12), UTC)
        samples = [
            Sample(
                f"U{number}N{each}",
                chance.choice(changing[day] if chance.random() < 0.8 else list(zones)),
                chance.randrange(48),
            )
            for each in range(people_each)
        ]
        found.append(Window(noon - BEFORE_AND_AFTER, noon + BEFORE_AND_AFTER, samples))
    return found


def contest(database: Database, some: Sequence[Window]) -> Outcome:
    """Has several processes make the digests of each window; counts rows and what was made."""
    _found_workspace(database, some[0].start)
    outcomes = []
    with _schedulers(database.url) as (orders, ends):
        for window in some:
            _enrol(database, window)
            for order in orders:
                order.put(window.steps)
            for _ in orders:
                ends.get(timeout=PATIENCE)
            outcomes.append(_judged(database, window))
            with database.transaction() as session:
                session.execute(delete(DigestScheduleRow))
    return Outcome(
        owed=sum(each.owed for each in outcomes),
        missing=sum(each.missing for each in outcomes),
        double=sum(each.double for each in outcomes),
        unowed=sum(each.unowed for each in outcomes),
    )


@contextmanager
def _schedulers(url: str) -> "Iterator[tuple[list[Queue[Order]], Queue[bool]]]":
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])  # so that it is imported once
    gate, ends = context.Barrier(WORKERS), context.Queue()
    orders = [context.Queue() for _ in range(WORKERS)]
    processes = [
        context.Process(target=_work, args=(url, gate, order, ends), daemon=True)
        for order in orders
    ]
    for process in processes:
        process.start()
    try:
        yield orders, ends
        for order in orders:
            order.put([])
        for process in processes:
            process.join(PATIENCE)
    finally:
        for process in processes:
            process.kill()


def _work(url: str, gate: Barrier, orders: "Queue[Order]", ends: "Queue[bool]") -> None:
    """A scheduler in a process of its own: at each instant it sends until nothing is due."""
    logs.configure("CRITICAL", "console")  # who finds SQLite locked tries again
    database = Database(url)
    while steps := orders.get(timeout=PATIENCE):
        clock = StoppedClock(steps[0])
        bot = _bot(database, clock)
        for step in steps:
            clock.set(step)
            gate.wait(PATIENCE)
            while _is_due(database, step):
                jobs.send_due(bot)
        ends.put(True)  # noqa: FBT003
    database.close()


def _is_due(database: Database, now: datetime) -> bool:
    with database.reading() as session:
        due = select(DigestScheduleRow.user_id).where(DigestScheduleRow.next_at <= now)
        return session.scalar(due.limit(1)) is not None


def _bot(database: Database, clock: StoppedClock) -> Bot:
    bot = Bot(database, clock, SystemClock())
    digest.register(bot)
    bot.add_to_digest(_note_that_it_is_made)
    return bot


def _note_that_it_is_made(uow: UnitOfWork, reader: Reader) -> None:
    """One row for each time that a digest is put together and committed; nothing makes it one."""
    user_id = reader.person.user_id
    audit.record(
        uow.session, TEAM, at=uow.now, actor_id=user_id, action=MADE, about=f"digest:{user_id}"
    )


def _found_workspace(database: Database, now: datetime) -> None:
    bot = _bot(database, StoppedClock(now))
    with database.transaction() as session:
        home = Workspace(TEAM, "Tideline", "https://t.slack.com/", "B1", "UBOT", frozenset())
        workspaces.save(session, home, now=now)
    with bot.begin(TEAM, during="job") as uow:
        every_day = Change(HOURS, WORKSPACE, "Mon-Sun 09:00-17:00")
        bot.change_settings(uow, [every_day, Change(HOLIDAYS, WORKSPACE, "none")], by="operator")


def _enrol(database: Database, window: Window) -> None:
    bot = _bot(database, StoppedClock(window.start))
    with bot.begin(TEAM, during="job") as uow:
        user_ids = [each.user_id for each in window.samples]
        room = Channel("C1", "checkout", is_private=False, is_member=True, creator_id="U1")
        channels.save(uow.session, TEAM, room, user_ids, as_of=window.start)
        for each in window.samples:
            account = Account(each.user_id, each.user_id, each.zone, is_member=True)
            people.save(uow.session, TEAM, account, now=window.start)
            at = AT.kind.plain(HALF_HOURS[each.half_hour])
            change = Change(AT, person_scope(each.user_id), at)
            bot.change_settings(uow, [change], by=each.user_id)
            bot.emit(PersonEnrolled(team_id=TEAM, user_id=each.user_id), uow)


def _judged(database: Database, window: Window) -> Outcome:
    user_ids = [each.user_id for each in window.samples]
    with database.reading() as session:
        rows = select(DigestRow.user_id, DigestRow.local_date)
        found = session.execute(rows.where(DigestRow.user_id.in_(user_ids)))
        got = {(user_id, day) for user_id, day in found}
        made = Counter(
            session.scalars(
                select(AuditRow.actor_id).where(
                    AuditRow.action == MADE, AuditRow.actor_id.in_(user_ids)
                )
            )
        )
    owed = {(each.user_id, day) for each in window.samples for day in _owed(each, window)}
    of_each = Counter(user_id for user_id, _ in owed)
    return Outcome(
        owed=len(owed),
        missing=len(owed - got),
        double=sum((made - of_each).values()),
        unowed=len(got - owed),
    )


def _owed(sample: Sample, window: Window) -> list[date]:
    margin = timedelta(days=2)
    days = walk(ZoneInfo(sample.zone), window.start - margin, window.end + margin)
    came = {day: local.comes.get(sample.half_hour) for day, local in days.items()}
    return [day for day, at in came.items() if at and window.start < at <= window.end]
