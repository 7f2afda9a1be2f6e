"""A town to test in: a local Slack with its people, and the bot living in it."""

import asyncio
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any, ClassVar, Final

from sqlalchemy import column, event, func, select, table, text

from bot.app import Application
from bot.core import people
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import WORKSPACE, Scope, person_scope
from bot.core.attempts import AttemptRow
from bot.core.bot import Bot
from bot.core.clock import monotonic
from bot.core.db import Database, UtcDateTime
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.outbox import OutboxRow
from bot.core.queue import State
from bot.playground.client import LocalSlackClient, Person
from bot.playground.server import LocalSlackServer
from bot.playground.socket_mode import ANSWER_SECONDS
from bot.playground.world import Json
from bot.settings import Settings
from tests.support.databases import opened

TUESDAY: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)  # 10:00 in Berlin, 05:00 in São Paulo
PATIENCE: Final = 20.0
_PAGES: Final = table("pages", column("next_at", UtcDateTime()))
LOOKS_AGAIN_AFTER: Final = 0.25
"""Seconds after which the jobs run again while the bot only waits for something."""
QUICK: Final = {
    "baton_tick_seconds": 60.0,  # `settle` does what is due
    "baton_senders": 2,
    "baton_slack_timeout_seconds": 2.0,
    "baton_stop_seconds": 10.0,
}


class Town:
    """A running local Slack and a running bot, both real, connected over loopback."""

    workspaces: ClassVar[int] = 1
    equal_ids: ClassVar[bool] = True
    patience: ClassVar[float] = PATIENCE
    answer_seconds: ClassVar[float] = ANSWER_SECONDS

    def __init__(self, server: LocalSlackServer, slack: LocalSlackClient, app: Application) -> None:
        self.server, self.slack, self.app = server, slack, app
        self.failure: str | None = None
        app.bot.clock = server.slack.clock  # the same, without the way over HTTP
        self._ran: dict[str, datetime] = {}
        self._writes = 0
        self._settled_at: tuple[int, int, timedelta] | None = None
        self._thread = Thread(target=self._serve, daemon=True)

    @property
    def tom(self) -> Person:
        """Tom in Berlin."""
        return self.slack.person("Tom")

    @property
    def ana(self) -> Person:
        """Ana in São Paulo."""
        return self.slack.person("Ana")

    @property
    def priya(self) -> Person:
        """Priya in Kolkata."""
        return self.slack.person("Priya")

    @property
    def sam(self) -> Person:
        """Sam in Los Angeles."""
        return self.slack.person("Sam")

    @property
    def mei(self) -> Person:
        """Mei in Tokyo."""
        return self.slack.person("Mei")

    @property
    def gil(self) -> Person:
        """Gil, a guest in #web-relaunch."""
        return self.slack.person("Gil")

    @classmethod
    def client(cls, server: LocalSlackServer) -> LocalSlackClient:
        """Whoever acts in the local Slack."""
        return LocalSlackClient(server.url)

    @classmethod
    def application(cls, settings: Settings, database: Database) -> Application:
        """The bot that lives there."""
        return Application(settings, database)

    def check(self) -> None:
        """Looks over what came of it all, when a test is through."""

    def start(self) -> None:
        """Starts the bot and waits until it knows who is there."""
        self._thread.start()
        self.slack.connected()
        self.settle()

    def stop(self) -> None:
        """Asks the bot to end, and waits until it did."""
        self.app.stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the bot did not stop"

    def ends(self) -> None:
        """Waits until the bot has ended by itself."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "the bot did not end"

    def settle(self) -> None:
        """Waits until the bot has dealt with everything that happened and that is due by now."""
        deadline, look_again = monotonic() + self.patience, 0.0
        waiting = Event()
        looked_at = None
        while True:
            self.slack.settled()
            was_done = not self._unfinished()  # what an event leaves to the jobs is done, too
            progress = self._progress()
            if was_done and self._settled_at == progress:
                return  # the jobs ran since, and found nothing to do
            if progress != looked_at or monotonic() > look_again:
                looked_at, look_again = progress, monotonic() + LOOKS_AGAIN_AFTER
                self._run_jobs()
            if was_done and not self._unfinished():
                self._settled_at = progress
                return
            assert monotonic() < deadline, f"the bot is still busy: {self._unfinished()}"
            waiting.wait(0.02)

    def _progress(self) -> tuple[int, int, timedelta]:
        """What stays the same as long as nobody did anything and no time was passed."""
        slacks = list(self.server.workspaces)
        changes = sum(slack.revision.number for slack in slacks)
        return self._writes, changes, slacks[0].clock.moved_by

    def _note_write(self, *call: Any) -> None:
        cursor, statement, context = call[1], call[2], call[4]
        is_write = context.isinsert or context.isupdate or context.isdelete
        did_something = cursor.rowcount != 0 or " RETURNING " in statement  # counted when fetched
        self._writes += is_write and did_something

    def _run_jobs(self) -> None:
        """Does what is due at a tick; what comes once in a while, as often as it would come."""
        bot = self.app.bot
        now = bot.clock.now()
        for job in bot.jobs:
            last = self._ran.setdefault(job.name, now)
            if job.period is None or now - last >= job.period:
                self._ran[job.name] = now
                job.run(bot)
        for lane in bot.lanes.values():
            while lane.step():
                pass

    def advance(self, **by: float) -> None:
        """Moves the clock on and lets the bot do what is due then."""
        self.settle()
        self.slack.advance(timedelta(**by))
        self.settle()

    def move_to(self, instant: datetime) -> None:
        """Moves the clock to an instant and lets the bot do what is due then."""
        self.settle()
        self.slack.move_to(instant)
        self.settle()

    def sets(self, key: str, value: object, scope: Scope = WORKSPACE) -> None:
        """Sets something in the working agreement, as whoever runs the bot."""
        bot, change = self.app.bot, self._change(key, value, scope)
        for slack in self.server.workspaces:
            with bot.begin(slack.world.team.id, during="job") as uow:
                bot.change_settings(uow, [change], by="operator")

    def nobody_is_new(self) -> None:
        """Has everybody known the bot for longer than it remembers."""
        with self.app.bot.database.transaction() as session:
            session.execute(text("UPDATE coach_people SET since = NULL"))

    def change(self, key: str, value: object, user_id: str) -> Change:
        """A change of somebody's own setting, to be made in a unit of work."""
        return self._change(key, value, person_scope(user_id))

    def _change(self, key: str, value: object, scope: Scope) -> Change:
        setting = self.app.bot.agreement.find(key)
        assert setting is not None, key
        return Change(setting, scope, after=setting.kind.plain(setting.kind.read(value)))

    def delivers(self, kind: str, body: Json) -> Json:
        """Sends the bot an interaction that nobody in the town made; returns its answer."""
        loop, asked = self.server._loop, self.server.delivery.ask(self.server.slack, kind, body)
        assert loop is not None
        return asyncio.run_coroutine_threadsafe(asked, loop).result(PATIENCE)

    def repeats(self, kind: str) -> None:
        """Sends the bot the newest interaction of a kind again, as it was."""
        bodies = [each["detail"] for each in self.slack.traffic() if each["what"] == kind]
        self.delivers(kind, bodies[-1])
        self.settle()

    def whispers_to(self, person: Person) -> list[str]:
        """What was shown to somebody alone, in order."""
        self.settle()
        return self._shown("ephemeral", person)

    def writes_to(self, person: Person) -> list[str]:
        """What the bot wrote to somebody directly, in order, as it was first written."""
        self.settle()
        return [
            entry["text"]
            for entry in self.slack.journal()
            if entry["kind"] == "message" and entry["channel"].startswith("D")
            if entry["actor"] == self._bot and self._id(person) in entry["audience"]
        ]

    def posts_in(self, channel: str) -> list[Json]:
        """The messages of the bot in a channel, but for its welcome."""
        self.settle()
        return [
            message
            for message in self.tom.messages(channel)
            if message.get("user") == self._bot and not message.get("is_ephemeral")
            if "I am Baton, new in" not in message["text"]
        ]

    def forms_of(self, person: Person) -> list[str]:
        """The forms that were opened for somebody, in order."""
        self.settle()
        return self._shown("view", person)

    def home_of(self, person: Person) -> str:
        """What stands on somebody's App Home after they open it."""
        person.opens_home()
        self.settle()
        return self._shown("home", person)[-1]

    def row_counts(self, *states: State) -> dict[str, int]:
        """How many rows of each queue are in one of these states."""
        with self.app.bot.database.reading() as session:
            return {
                queued.__tablename__: session.scalar(
                    select(func.count()).select_from(queued).where(queued.state.in_(states))
                )
                or 0
                for queued in (InboxRow, DeliveryRow, OutboxRow, AttemptRow)
            }

    def _unfinished(self) -> dict[str, int]:
        counts = self.row_counts(State.READY, State.LEASED, State.UNKNOWN)
        counts["due pages"] = self._due_pages()
        counts["people to ask about"] = self._doubted()
        return {name: count for name, count in counts.items() if count}

    def _due_pages(self) -> int:
        """How many pages the clock has to look at by now."""
        bot = self.app.bot
        due = select(func.count()).select_from(_PAGES).where(_PAGES.c.next_at <= bot.clock.now())
        with bot.database.reading() as session:
            return session.scalar(due) or 0

    def _doubted(self) -> int:
        """Of how many people Slack was not asked yet, though nothing is wrong with it."""
        if any(slack.faults.methods for slack in self.server.workspaces):
            return 0
        bot = self.app.bot
        with bot.database.reading() as session:
            return len(people.stale(session, now=bot.clock.now(), limit=1))

    def _shown(self, kind: str, person: Person) -> list[str]:
        reader = self._id(person)
        return [
            entry["text"]
            for entry in self.slack.journal()
            if entry["kind"] == kind and entry["audience"] == [reader]
        ]

    @property
    def _bot(self) -> str:
        return str(self.slack.see("Tom")["app"]["user"])

    def _id(self, person: Person) -> str:
        return str(self.slack.see(person.name)["me"])

    def _serve(self) -> None:
        watched = (self.app.bot.database.engine, "after_cursor_execute", self._note_write)
        event.listen(*watched)
        try:
            self.failure = self.app.serve(receive=True, work=True)
        finally:
            event.remove(*watched)


_KIND: Final[list[type[Town]]] = [Town]


def found_as(kind: type[Town]) -> None:
    """Makes every town from now on one of this kind."""
    _KIND[:] = [kind]


def _nothing_more(_bot: Bot) -> None:
    pass


@contextmanager
def town(
    database_url: str,
    *,
    start: datetime = TUESDAY,
    faults: dict[str, Any] | None = None,
    http_port: int | None = None,
    settings: dict[str, Any] | None = None,
    register: Callable[[Bot], None] = _nothing_more,
    declined: Collection[str] = (),
    kind: type[Town] | None = None,
) -> Iterator[Town]:
    """A town with the bot in it, on a database that has its tables; over sockets or over HTTP.

    `register` adds entry points that no feature has. `declined` are optional scopes that the bot
    was not granted. `kind` is that of `found_as`, if none is named.
    """
    address = {"port": http_port, "baton_public_url": f"http://127.0.0.1:{http_port}"}
    given = (address if http_port else {}) | (settings or {})
    kind = kind or _KIND[0]
    first = _application(kind, database_url, **given)
    register(first.bot)
    manifest = first.manifest(socket_mode=http_port is None)
    with (
        LocalSlackServer(
            manifest,
            start=start,
            retry_seconds=1.0,
            retry_waits=(0.2, 0.5, 1.0),
            answer_seconds=kind.answer_seconds,
            declined=declined,
            workspaces=kind.workspaces,
            equal_ids=kind.equal_ids,
        ) as server,
        kind.client(server) as slack,
    ):
        slack.faults(**(faults or {}))
        app = _application(kind, database_url, **(_settings(server) | given))
        register(app.bot)
        living = kind(server, slack, app)
        try:
            living.start()
            yield living
            living.check()
        finally:
            living.stop()


def _settings(server: LocalSlackServer) -> dict[str, Any]:
    given = {name.lower(): value for name, value in server.environment.items()}
    return QUICK | given


def _application(kind: type[Town], database_url: str, **settings: Any) -> Application:
    given = Settings(_env_file=None, database_url=database_url, **settings)
    return kind.application(given, opened(database_url))
