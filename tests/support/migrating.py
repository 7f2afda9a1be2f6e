"""One step of the database's history, taken here or in a process that may be killed."""

import gc
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import cache
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from bot.app import metadata
from bot.core import schema
from bot.core.db import Database

PATIENCE: Final = 900.0  # of 100,000 rows, on a machine that does other things, too
BASE: Final = "base"
NOTED: Final = "alembic_version"
"""Named by the last statement of a step: the next one commits it."""

JOURNAL: Final = Path(__file__).parents[2] / "build" / "migrations.jsonl"
"""What `make migrations` has done, a line a step and database; `make clean` forgets it."""

_PROCESSES: Final = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bot.app", "tests.support.migrating"])


@cache
def _history() -> tuple[Config, ScriptDirectory]:
    """Read once: it takes longer than a step does."""
    config = Config(schema.ALEMBIC_INI)
    return config, ScriptDirectory.from_config(config)


def revisions() -> list[str]:
    """All of them, the first one first."""
    return [each.revision for each in _history()[1].walk_revisions()][::-1]


def step(database: Database, revision: str) -> None:
    """Goes up or down to a revision, as Alembic's commands do."""
    config, script = _history()
    config.attributes["database"] = database
    goes_up = revision != BASE and (revision_of(database) or "") <= revision
    way = script._upgrade_revs if goes_up else script._downgrade_revs

    def steps(current: Any, _context: Any) -> Any:
        return way(revision, current)

    with EnvironmentContext(config, script, fn=steps, destination_rev=revision):
        script.run_env()


def revision_of(database: Database) -> str | None:
    """At which one the database is."""
    with database.reading() as session:
        return MigrationContext.configure(session.connection()).get_current_revision()


@dataclass(frozen=True, slots=True)
class Taken:
    """That a step was taken with so many rows, and how long it locked its tables, in seconds."""

    revision: str
    dialect: str
    rows: int
    digest: str
    up: float = 0.0
    down: float = 0.0

    @classmethod
    def as_it_stands(cls, revision: str, dialect: str, rows: int) -> "Taken":
        """One whose migration is as it is now: if it changes, it has to be taken again."""
        script = _history()[1]
        files = (Path(script.get_revision(revision).path), Path(script.dir) / "env.py")
        digest = sha256(b"".join(each.read_bytes() for each in files)).hexdigest()
        return cls(revision, dialect, rows, digest)

    def is_noted(self) -> bool:
        """Whether the journal has it: what was interrupted goes on there."""
        lines = JOURNAL.read_text().splitlines() if JOURNAL.exists() else []
        mine = (self.revision, self.dialect, self.rows, self.digest)
        noted = (Taken(**json.loads(line)) for line in lines)
        return any((each.revision, each.dialect, each.rows, each.digest) == mine for each in noted)

    def note(self, up: float, down: float) -> None:
        """Writes into the journal that it went well."""
        JOURNAL.parent.mkdir(exist_ok=True)
        line = json.dumps(asdict(replace(self, up=round(up, 2), down=round(down, 2))))
        with JOURNAL.open("a") as journal:
            journal.write(f"{line}\n")


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    said: list[str] = []

    def note(*given: Any) -> None:
        said.append(given[2])

    event.listen(database.engine, "after_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(database.engine, "after_cursor_execute", note)


def killed(database: Database, revision: str, *, after: int) -> int:
    """Exit code of a process that takes a step and kills itself after so many statements.

    With 0, it does so when everything is done but the commit.
    """
    given = (database.url, revision, after, None)
    process = _PROCESSES.Process(target=_step_and_die, args=given)
    process.start()
    process.join(PATIENCE)
    return _ended(process)


def at_once(database: Database, revision: str, *, processes: int = 2) -> list[int]:
    """Exit codes of processes that take the same step at the same moment."""
    gate = _PROCESSES.Barrier(processes)
    given = (database.url, revision, None, gate)
    started = [_PROCESSES.Process(target=_step_and_die, args=given) for _ in range(processes)]
    for process in started:
        process.start()
    for process in started:
        process.join(PATIENCE)
    return [_ended(process) for process in started]


def _ended(process: Any) -> int:
    if process.exitcode is None:
        process.kill()
        raise AssertionError("a migration did not end")
    return int(process.exitcode)


def _step_and_die(url: str, revision: str, after: int | None, gate: Any) -> None:
    gc.disable()  # over in a moment; to look through what it shares with its parent takes longer
    database = Database(url)
    executed = 0

    def die(*given: Any) -> None:
        nonlocal executed
        executed += 1
        is_last = NOTED in given[2] and given[2].startswith(("INSERT", "UPDATE", "DELETE"))
        if is_last if after == 0 else executed == after:
            os.kill(os.getpid(), signal.SIGKILL)

    if after is not None:
        event.listen(database.engine, "after_cursor_execute", die)
    else:
        gate.wait(PATIENCE)
    step(database, revision)


metadata()  # each process is split off from one that has imported every feature
revisions()  # and read every step
