"""Many pages at once, beside a flood of events: several workers, a stub of Slack, PostgreSQL.

Each page is pressed, goes on by its policy, and is acknowledged about when it escalates. Everything
runs in processes of its own, as in an installation: workers, whoever receives events, Slack.
"""

import asyncio
import json
import random
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Event as Flag
from threading import Event
from typing import Any, Final
from uuid import UUID

import httpx2
from sqlalchemy import func, select

from bot.app import Application, assemble
from bot.core import channels, logs, people, workspaces
from bot.core.bot import Bot
from bot.core.channels import Channel
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.inbox import InboxRow
from bot.core.people import Account
from bot.core.queue import State
from bot.core.workspaces import Workspace
from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import policies
from bot.features.redphone.rules.pages import New
from bot.features.redphone.rules.policies import TARGET, Level, Policy, Way
from bot.features.redphone.service import acknowledging, pages
from bot.settings import Settings
from bot.slack.ingress import Ingress
from bot.slack.payloads import read_object
from bot.slack.tokens import Token
from tests.load import commit_log, stub_slack
from tests.load.commit_log import Findings
from tests.load.decisions import teams
from tests.load.stub_slack import Stub
from tests.support.one_token import OneToken

FIRST: Final = "U0FIRST00"
SECOND: Final = "U0SECOND0"
CALLERS: Final = [f"U0CALLER{number}" for number in range(5)]
CHANNELS: Final = [f"C{number:08}" for number in range(5)]
WAIT: Final = timedelta(seconds=6)
"""Until a page escalates: longer than a first attempt may take, so that nobody is on it before."""
TAKEN: Final = (-1.0, 3.0)
"""Between which seconds after that somebody takes it: before, while, and after it escalates."""
DELIVERIES: Final = 2
PATIENCE: Final = 300
AT_ONCE: Final = 8
PROBES: Final = 100
SECRET: Final = "a secret of sixteen letters"
POLICY: Final = Policy(
    levels=(
        Level((TARGET,), (Way.DM, Way.WEBHOOK)),
        Level((f"person:{SECOND}",), (Way.DM, Way.WEBHOOK)),
    ),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """So many pages over so many workspaces within `seconds`, beside so many events a second."""

    pages: int
    workspaces: int
    workers: int
    seconds: float
    events_per_second: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened; of events, how many different ones were stored and how many dealt with.

    `probes` are the seconds that bare posts to the same server took meanwhile.
    """

    findings: Findings
    events: int
    dealt_with: int
    probes: list[float]


class _Tokens(OneToken):
    def __init__(self) -> None:
        super().__init__("")

    def of(self, team_id: str, generation: int | None = None) -> Token:  # noqa: ARG002
        return Token(f"{stub_slack.TOKEN}{team_id}")


class _Worker(Application):
    """A worker as it runs everywhere, but with a token for each workspace of the stub."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.gateway._tokens = _Tokens()


def run(url: str, plan: Plan) -> Outcome:
    """Pages, and acknowledges, all that is planned, on an empty database with its tables."""
    database = Database(url)
    with stub_slack.running() as stub:
        bot = assemble(_settings(url, stub), database)
        _found(bot, plan)
        commit_log.set_up(database)
        with _beside(url, stub, plan):
            probes = _page_all(bot, stub, plan)
            _rest(database)
        findings = commit_log.read(database, stub.arrivals())
    with database.reading() as session:
        count = select(func.count()).select_from(InboxRow)
        events = session.scalar(count) or 0
        dealt_with = session.scalar(count.where(InboxRow.state == State.DONE)) or 0
    database.close()
    return Outcome(findings, events, dealt_with, probes)


def _page_all(bot: Bot, stub: Stub, plan: Plan) -> list[float]:
    """Presses at even distances; each page has somebody who takes it, sooner or later."""
    chance, waiting = random.Random(plan.pages), Event()  # noqa: S311 - not for secrets
    begin = monotonic()
    with ThreadPoolExecutor(AT_ONCE) as doing, ThreadPoolExecutor(plan.pages) as taking:
        probing = doing.submit(_probe, stub, plan.seconds)
        takers: list[Future[None]] = []
        for number in range(plan.pages):
            at = begin + plan.seconds * number / plan.pages
            waiting.wait(max(0.0, at - monotonic()))
            pressed = doing.submit(_press, bot, number, plan)
            late = WAIT.total_seconds() + chance.uniform(*TAKEN)
            takers.append(taking.submit(_take, bot, pressed, late))
        for taker in takers:
            taker.result(PATIENCE)
        return probing.result(PATIENCE)


def _press(bot: Bot, number: int, plan: Plan) -> tuple[str, UUID]:
    """Somebody sends the form off."""
    team_id = teams(plan.workspaces)[number % plan.workspaces]
    caller_id = CALLERS[number // plan.workspaces % len(CALLERS)]
    new = New(
        f"form {number}", caller_id, "Production is down", "It burns", "All", f"person:{FIRST}"
    )
    with bot.begin(team_id, during="interaction") as uow:
        page = pages.begin(uow, new)
        assert isinstance(page, PageRow), page
        return team_id, page.id


def _take(bot: Bot, pressed: "Future[tuple[str, UUID]]", after: float) -> None:
    """Somebody who was paged is on it, so many seconds after the press."""
    team_id, page_id = pressed.result(PATIENCE)
    Event().wait(after)
    with bot.begin(team_id, during="interaction") as uow:
        taken = acknowledging.acknowledge(uow, page_id, FIRST, through="button")
    assert taken.is_first, taken


def _probe(stub: Stub, seconds: float) -> list[float]:
    """What a bare post to the stub takes, again and again for so long."""
    took, waiting, until = [], Event(), monotonic() + seconds
    with httpx2.Client(trust_env=False) as client:
        while monotonic() < until:
            started = monotonic()
            client.post(f"{stub.api_url}probe", json={"text": "hello"}).raise_for_status()
            took.append(monotonic() - started)
            waiting.wait(seconds / PROBES)
    return took


def _rest(database: Database) -> None:
    """Waits until nothing about a page is on its way any more."""
    deadline, waiting = monotonic() + PATIENCE, Event()
    while left := commit_log.unsettled(database):
        assert monotonic() < deadline, f"{left} messages and calls do not come to rest"
        waiting.wait(0.2)


@contextmanager
def _beside(url: str, stub: Stub, plan: Plan) -> Iterator[None]:
    """Workers and the flood, each in a process of its own, until the block ends."""
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])  # so that it is imported once
    stopping, ready = context.Event(), context.Barrier(plan.workers + 2)
    settings = _settings(url, stub)
    processes = [
        *(
            context.Process(target=_work, args=(settings, ready, stopping))
            for _ in range(plan.workers)
        ),
        context.Process(target=_flood, args=(settings, plan, ready, stopping)),
    ]
    for process in processes:
        process.start()
    try:
        ready.wait(PATIENCE)
        yield
        stopping.set()
        for process in processes:
            process.join(PATIENCE)
    finally:
        for process in processes:
            process.kill()


def _work(settings: Settings, ready: Any, stopping: Flag) -> None:
    logs.configure("ERROR", "console")
    worker = _Worker(settings)
    parts = worker._workers()
    for part in parts:
        part.start()
    ready.wait(PATIENCE)
    stopping.wait()
    for part in parts:
        part.stop(monotonic() + PATIENCE)


def _flood(settings: Settings, plan: Plan, ready: Any, stopping: Flag) -> None:
    """People write, in all workspaces, evenly; Slack delivers each message twice."""
    logs.configure("ERROR", "console")
    ingress = Ingress(assemble(settings))
    ready.wait(PATIENCE)
    if plan.events_per_second:
        asyncio.run(_receive_all(ingress, plan, stopping))
        ingress.close()


async def _receive_all(ingress: Ingress, plan: Plan, stopping: Flag) -> None:
    begin = monotonic()
    receiving = (_receive(ingress, plan, first, begin, stopping) for first in range(AT_ONCE))
    await asyncio.gather(*receiving)


async def _receive(ingress: Ingress, plan: Plan, first: int, begin: float, stopping: Flag) -> None:
    """Every so manieth message, at its time, or as soon as there is time."""
    number = first
    while not stopping.is_set():
        await asyncio.sleep(max(0.0, begin + number / plan.events_per_second - monotonic()))
        body = json.dumps(_said(number, teams(plan.workspaces))).encode()
        for _ in range(DELIVERIES):
            if (stored := ingress.add(read_object(body), body)) is not None:
                await stored
        number += AT_ONCE


def _said(number: int, of: list[str]) -> dict[str, Any]:
    team_id, ts = of[number % len(of)], f"{SystemClock().now().timestamp():.6f}"
    event = {
        "type": "message",
        "user": CALLERS[number % len(CALLERS)],
        "text": f"I will look at the build again in {number} minutes, it is slow today",
        "ts": ts,
        "event_ts": ts,
        "team": team_id,
        "channel": CHANNELS[number // len(of) % len(CHANNELS)],
        "channel_type": "channel",
        "client_msg_id": f"said-{number}",
    }
    return {
        "type": "event_callback",
        "team_id": team_id,
        "api_app_id": "A0",
        "event_id": f"Ev{number:012}",
        "event_time": int(float(ts)),
        "event": event,
        "authorizations": [{"team_id": team_id, "user_id": "UBOT", "is_bot": True}],
    }


def _found(bot: Bot, plan: Plan) -> None:
    """The workspaces, who is in them, and by which policy they are paged."""
    now = bot.clock.now()
    for team_id in teams(plan.workspaces):
        with bot.database.transaction() as session:
            home = (team_id, team_id, f"https://{team_id}.slack.example/", "B1", "UBOT")
            workspaces.save(session, Workspace(*home, frozenset()), now=now)
        with bot.begin(team_id, during="job") as uow:
            for user_id in (FIRST, SECOND, *CALLERS):
                account = Account(user_id, user_id.title(), "UTC", is_member=True)
                people.save(uow.session, team_id, account, now=now)
            for channel_id in CHANNELS:
                room = Channel(channel_id, channel_id, is_private=False, is_member=True)
                channels.save(uow.session, team_id, room, CALLERS, as_of=now)
            policies.save(uow, policies.USUAL, _hasty(POLICY.to_json()), by=FIRST)


def _hasty(kept: dict[str, Any]) -> dict[str, Any]:
    """A policy whose levels wait for less than the minute that people may set."""
    hasty = {"wait": WAIT / timedelta(minutes=1)}
    return kept | {"levels": [level | hasty for level in kept["levels"]]}


def _settings(url: str, stub: Stub) -> Settings:
    return Settings(
        _env_file=None,
        database_url=url,
        slack_api_url=stub.api_url,
        baton_pager_webhook_url=stub.webhook_url,
        baton_pager_webhook_secret=SECRET,
    )
