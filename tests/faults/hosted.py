"""The bot behind HTTP in a process of its own, and a local Slack that counts what it posts."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import Final

from sqlalchemy import select

from bot.app import Application
from bot.core import queue, schema
from bot.core.clock import monotonic
from bot.core.db import Database
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.outbox import OutboxRow
from bot.core.queue import Queued, State
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.playground.world import Channel
from bot.settings import Settings
from tests.faults.day import QUICK, Supervisor
from tests.faults.stream import AUTHOR, Sender, Told, message
from tests.support.databases import Rows, fill
from tests.support.echoing_bot import ASKED
from tests.support.forked_bot import ForkedBot
from tests.support.mortal_postgres import MortalPostgres
from tests.support.ports import free_port

CHANNELS: Final = 12
ASKS: Final = 20
"""Every so many events one asks for an answer."""
PATIENCE: Final = 90.0
BUSY_MACHINE: Final = {
    "BATON_SLACK_TIMEOUT_SECONDS": "2",
    "BATON_SLACK_MARGIN_SECONDS": "3",
    "BATON_LEASE_SECONDS": "10",
}
"""The local Slack may take that long, too, to carry out a call that timed out; and a lease must
last for a batch of events, however little of a processor its worker gets."""
BUSY: Final = (State.READY, State.LEASED, State.UNKNOWN)
QUEUES: Final[tuple[type[Queued], ...]] = (InboxRow, DeliveryRow, OutboxRow)


class Hosted:
    """A bot that is started again when it dies."""

    def __init__(
        self,
        server: LocalSlackServer,
        slack: LocalSlackClient,
        settings: dict[str, str],
        folder: Path,
    ) -> None:
        self.server, self.slack, self.settings = server, slack, settings
        self.port = int(settings["PORT"])
        self.process = ForkedBot(settings, folder)
        self.supervisor = Supervisor(self.process)
        self.database = Database(settings["DATABASE_URL"])
        self.rooms = rooms(server)

    @property
    def log(self) -> str:
        """What it wrote."""
        return self.process.log.read_text(errors="replace")

    def told(self, number: int) -> Told:
        """The next event of many; some ask for an answer."""
        room = self.rooms[number // ASKS % len(self.rooms)]
        words = f"storm {number}." if number % ASKS == 0 else ""
        told = message(number, room, f"{ASKED}{words}" if words else f"The build is green {number}")
        told.asks = words
        return told

    def waits_until_up(self) -> None:
        """Waits until it takes an event in."""
        sender, ends, waiting = Sender(self.port), monotonic() + PATIENCE, Event()
        told = message(0, self.rooms[0], "Good morning", name="EvFIRST")
        while sender.try_once(told) != 200:
            assert monotonic() < ends, f"it does not start: {self.log[-2_000:]}"
            waiting.wait(0.05)
        sender.close()

    def comes_to_rest(self, *of: type[Queued]) -> None:
        """Waits until nothing is left to do, in these queues if any are named."""
        ends, waiting = monotonic() + PATIENCE, Event()
        while busy := self.rows(*BUSY, tables=of or QUEUES):
            assert monotonic() < ends, f"it does not come to rest: {busy[:10]}"
            waiting.wait(0.05)

    def rows(self, *states: State, tables: Sequence[type[Queued]] = QUEUES) -> list[str]:
        """The rows of queues in one of these states, in words."""
        with self.database.reading() as session:
            return [
                f"{type(row).__name__} {row.state} {row.error}"
                for table in tables
                for row in session.scalars(select(table).where(queue.is_in(table, *states)))
            ]

    def done(self) -> set[str]:
        """The ids of the events that were dealt with."""
        with self.database.reading() as session:
            found = select(InboxRow.event_id).where(InboxRow.state == State.DONE)
            return set(session.scalars(found))

    def said(self) -> Counter[str]:
        """What was posted, how often."""
        return Counter(each["text"] for each in self.slack.journal() if each["kind"] == "message")

    def lost(self, acknowledged: Collection[Told]) -> list[str]:
        """What was acknowledged and not dealt with, or asked for and not answered."""
        done, said = self.done(), self.said()
        lost = [told.event_id for told in acknowledged if told.event_id not in done]
        return lost + [told.asks for told in acknowledged if told.asks and not said[told.asks]]

    def doubled(self, acknowledged: Collection[Told]) -> list[str]:
        """What was answered more than once."""
        said = self.said()
        return [told.asks for told in acknowledged if told.asks and said[told.asks] > 1]


def rooms(server: LocalSlackServer) -> list[str]:
    """Channels with the bot in them: each takes but a message a second."""
    slack, made = server.slack, [f"C0STORM{number:02d}" for number in range(CHANNELS)]
    for room in made:
        slack.world.channels[room] = Channel(
            room, room.lower(), "channel", slack.clock.now(), [slack.bot, AUTHOR], creator=AUTHOR
        )
    return made


def _nothing(_living: "Hosted") -> None:
    pass


@contextmanager
def hosted(
    database_url: str,
    folder: Path,
    *,
    known: Rows = MappingProxyType({}),
    before: Callable[["Hosted"], None] = _nothing,
    is_hurried: bool = True,
    **more: str,
) -> Iterator[Hosted]:
    """A bot on this database, which gets its tables, with what is `known`; on the machine's clock.

    `before` its tables are made something else may happen. Unless it `is_hurried`, to tick ten
    times a second and wait for little, it is as it is shipped. `more`: settings.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    described = Settings(_env_file=None, baton_public_url=address)
    manifest = Application(described).manifest(socket_mode=False)
    with LocalSlackServer(manifest) as server, LocalSlackClient(server.url) as slack:
        own = {"DATABASE_URL": database_url, "PORT": str(port), "BATON_PUBLIC_URL": address}
        pace = QUICK | BUSY_MACHINE if is_hurried else {}
        settings = server.environment | pace | own | more
        del settings["BATON_CLOCK_URL"]
        living = Hosted(server, slack, settings, folder)
        before(living)
        schema.migrate(living.database)
        fill(database_url, known)
        living.supervisor.start()
        try:
            living.waits_until_up()
            yield living
        finally:
            living.supervisor.stop()
            living.database.close()


@contextmanager
def standing(dialect: str, folder: Path) -> Iterator[tuple[str, MortalPostgres | None]]:
    """The address of an empty database of a test's own, and the server that can be killed."""
    if dialect == "sqlite":
        yield f"sqlite:///{folder / 'baton.db'}", None
        return
    with MortalPostgres() as postgres:
        yield postgres.url, postgres
