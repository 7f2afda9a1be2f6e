"""How a process is: whether it can do its work now, and if not, what keeps it from that.

Slack being out of reach is no reason to take the process away, or to start it again: what comes is
stored, and what is to be said waits. It only says so.
"""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.core import breakers, schema
from bot.core.bot import Bot
from bot.core.db import Database
from bot.core.errors import BatonError, DatabaseUnreachable, SchemaNewer
from bot.core.lookout import Lookout

PATIENCE: Final = 0.8
"""Seconds for the database to answer: whoever asks for health waits for one, by custom."""
REMEMBERED: Final = 2.0  # seconds
LEAST_FREE: Final = 16 * 1024 * 1024
"""Bytes that SQLite needs on its disk, to write a log of what it changes."""
_READ_ONLY: Final = text("SELECT current_setting('transaction_read_only')")


class Stage(StrEnum):
    """Where a process is between its start and its end."""

    STARTING = "starting"
    WAITING = "waits until Slack says which workspace this is"
    RUNNING = "running"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is, in plain words. `blocks`: nothing can be done without it."""

    part: str
    found: str
    is_well: bool = True
    blocks: bool = False

    def __str__(self) -> str:
        return f"{self.part}: {self.found}"


_SLACK: Final = "slack"
_SILENT: Final = Finding(_SLACK, "has not answered yet", is_well=False)


@dataclass(frozen=True, slots=True)
class Report:
    """How all parts are."""

    findings: Sequence[Finding]

    @property
    def is_ready(self) -> bool:
        """Whether it can do its work."""
        return not any(each.blocks for each in self.findings)

    @property
    def text(self) -> str:
        """A word, then a line for each part."""
        is_well = all(each.is_well for each in self.findings)
        word = "ready" if is_well else "degraded" if self.is_ready else "not ready"
        return "\n".join([word, *map(str, self.findings), ""])


class Health:
    """Looks at the database and what it says of Slack, no more often than in two seconds."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._lookout = Lookout("health", self._look, seconds=REMEMBERED)
        self.stage = Stage.STARTING
        self.takes_in = False
        """Whether this process has to store what comes."""

    def look(self) -> "Future[Sequence[Finding]]":
        """How the parts are, or were just now; it may not come in time."""
        return self._lookout.look()

    def report(self, looking: "Future[Sequence[Finding]]") -> Report:
        """What a look told so far."""
        is_well = self.stage is Stage.RUNNING
        is_closed = self.stage in {Stage.STARTING, Stage.STOPPING}
        process = Finding("process", self.stage, is_well=is_well, blocks=is_closed)
        if not looking.done():
            late = f"does not answer within {PATIENCE} s"
            return Report([process, Finding("database", late, is_well=False, blocks=True)])
        is_known = self.stage not in {Stage.STARTING, Stage.WAITING}
        found = [each if is_known or each.part != _SLACK else _SILENT for each in looking.result()]
        return Report([process, *found])

    def _look(self) -> Sequence[Finding]:
        try:
            if self.takes_in:
                self._bot.database.knock()
            return [*_database(self._bot.database), _slack(self._bot)]
        except (BatonError, SQLAlchemyError) as error:
            known = error if isinstance(error, BatonError) else DatabaseUnreachable()
            return [Finding("database", str(known), is_well=False, blocks=True)]


def _database(database: Database) -> Iterator[Finding]:
    """Whether it takes writes, and has the tables that this version needs."""
    try:
        schema.check(database)
    except SchemaNewer:
        # a newer version is being rolled out: what works on now goes on until it is replaced
        yield Finding("schema", "newer than this version", is_well=False)
    with database.transaction() as session:
        is_postgresql = database.dialect == "postgresql"
        read_only = session.scalar(_READ_ONLY if is_postgresql else text("SELECT 'off'"))
    if read_only == "on":
        yield Finding("database", "takes no writes: it is read-only", is_well=False, blocks=True)
    elif _is_full(database):
        yield Finding("database", "its disk is full", is_well=False, blocks=True)
    else:
        yield Finding("database", "takes writes")


def _is_full(database: Database) -> bool:
    if database.dialect != "sqlite":
        return False
    return shutil.disk_usage(Path(database.place).parent).free < LEAST_FREE


def _slack(bot: Bot) -> Finding:
    with bot.database.reading() as session:
        unwell = breakers.unwell(session)
    if not unwell:
        return Finding(_SLACK, "answers")
    where = "1 workspace" if len(unwell) == 1 else f"{len(unwell)} workspaces"
    return Finding(_SLACK, f"is not well in {where}: what is to be said waits", is_well=False)
