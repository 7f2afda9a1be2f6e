"""The database's history: every step with rows, killed on the way, and many who take it at once."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Final, TypeAlias

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError

from bot.app import metadata
from bot.core import schema
from bot.core.db import Database
from bot.core.errors import SchemaOutdated
from tests.support import made_rows, migrating
from tests.support.databases import new_postgres_database
from tests.support.migrating import BASE, revision_of, step
from tests.support.operators_pages import DOCS, lost, renewed
from tests.support.shapes import Columns, Shape, columns_of, shape_of, shared

KILLED: Final = -9
MIGRATORS: Final = 3
FEW, MANY = 600, 100_000
KILLED_EACH_TIME: Final = {"0022", "0035"}
LONGEST: Final = 60.0
"""Seconds for which a step may lock what it changes: so long another process waits for it."""

LEAST: Final = 4
"""Rows of a table that a revision leaves alone; those that it works on share the rest."""

WORKS_ON: Final[Mapping[str, set[str]]] = {
    "0007": {"channels", "coach_hints_off"},
    "0010": {"messages"},
    "0013": {"agreement_settings"},
    "0027": {"digests"},
    "0035": {"on_call"},
}
"""Whose rows it reads or writes without changing the table's columns."""

REWRITES: Final[Mapping[str, Mapping[str, str]]] = {
    "0013": {
        "asks.state": "the version before knows fewer",
        "asks.message_ts": "it has one ask for each message and person: the others get none",
        "agreement_settings.key": "days became a length of time",
        "agreement_settings.value": "as above",
    },
    "0022": {"decisions.search_text": "found by other words; written anew on the way up"},
    "0027": {"digests.state": "skipped is called folded"},
    "0035": {
        "pages.state": "those that escalated are open or acknowledged to the version before",
    },
}
"""What stands otherwise in columns that both versions have, and why."""

DELETES: Final[Mapping[str, Mapping[str, str]]] = {
    "0014": {"coach_hints": "the version before knows one hint for a message: the first rule's"},
    "0019": {"decisions": "the version before knows only those of a thread"},
}
"""Rows that going down takes out, and why."""

MADE_ANEW: Final[Mapping[str, set[str]]] = {
    "0022": {"decisions.search_text"},
    "0035": {"rotations.id", "rotation_layers.rotation_id"},
}
"""What is not the same after going down and up again: words that are found, ids that are drawn."""


New: TypeAlias = Callable[[str], Database]


@pytest.fixture(params=["sqlite", "postgresql"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[New]:
    """Makes databases without tables."""
    made: list[Database] = []

    def database(name: str) -> Database:
        url = f"sqlite:///{tmp_path / name}.db"
        if request.param == "postgresql":
            server: Database = request.getfixturevalue("_postgres")
            url = new_postgres_database(server.url, f"{server.engine.url.database}_{name}")
        made.append(Database(url))
        return made[-1]

    yield database
    for each in made:
        each.close()


@pytest.fixture
def bare(new: New) -> Database:
    """A database without tables."""
    return new("bare")


@pytest.mark.slow
def test_every_step_keeps_the_rows_and_the_whole_way_down_and_up_leaves_what_fits(
    bare: Database,
) -> None:
    """Each on one of the databases, some killed; the long form takes all on both, with more rows.

    What is filled in for one step stays for those after it.
    """
    turn = 0 if bare.dialect == "sqlite" else 1
    _walk(bare, FEW, {*migrating.revisions()[turn::2], *KILLED_EACH_TIME}, kills=KILLED_EACH_TIME)
    _goes_all_the_way_down_and_up(bare)


@pytest.mark.long
@pytest.mark.parametrize("revision", migrating.revisions())
def test_a_step_keeps_100_000_rows_and_may_be_killed(bare: Database, revision: str) -> None:
    taken = migrating.Taken.as_it_stands(revision, bare.dialect, MANY)
    if taken.is_noted():
        pytest.skip(f"taken before, see {migrating.JOURNAL.name}")
    _walk(bare, MANY, {revision}, kills={revision}, noted=taken.note)


@pytest.mark.slow
def test_there_is_no_way_back_while_a_workspace_waits_to_be_deleted(bare: Database) -> None:
    """Below, it would be one that is there, and be kept for good."""
    schema.migrate(bare)
    head = revision_of(bare)
    with bare.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO workspaces "
            "(team_id, name, url, bot_id, bot_user_id, scopes, installed_at, ended_at) VALUES "
            "('T9', '', '', '', '', '', '2026-10-06 08:00:00', '2026-10-06 08:00:00')"
        )
    with pytest.raises(CommandError, match=r"wait to be deleted.*\(T9\)"):
        step(bare, "0035")
    assert revision_of(bare) == head


def test_the_code_needs_the_newest_migration() -> None:
    assert migrating.revisions()[-1] == schema.REVISION


@pytest.mark.slow
def test_several_processes_may_migrate_at_once(bare: Database) -> None:
    head = migrating.revisions()[-1]
    assert migrating.at_once(bare, head, processes=MIGRATORS) == [0] * MIGRATORS
    schema.check(bare)


@pytest.mark.slow
def test_the_migrations_make_the_tables_of_the_code(bare: Database, new: New) -> None:
    schema.migrate(bare)
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_of_the_code})
        assert compare_metadata(context, metadata()) == []
    migrated = shape_of(bare)
    other = new("code")
    metadata().create_all(other.engine)
    of_the_code = shape_of(other)
    for name, table in of_the_code.items():
        assert migrated[name].columns == table.columns, name
        assert migrated[name].keys == table.keys, name
        full_text = {each for each in migrated[name].indexes if "_full_text" in each}
        assert migrated[name].indexes - full_text == table.indexes, name


def _is_of_the_code(name: str | None, kind: str, _parents: object) -> bool:
    """Neither what the full-text search has beside the tables, nor a feature that is taken out."""
    if kind == "index":
        return not str(name).endswith("_full_text")
    return kind != "table" or name in metadata().tables


def _walk(
    database: Database,
    rows: int,
    only: AbstractSet[str],
    *,
    kills: AbstractSet[str],
    noted: Callable[[float, float], None] = lambda _up, _down: None,
) -> None:
    """From nothing up; these steps with rows, down and up again, and some killed on the way.

    `noted` is told of each how long it took, up and down, in seconds.
    """
    number = 0
    for last, revision in pairwise([BASE, *migrating.revisions()]):
        if revision not in only:
            continue
        if revision_of(database) != last and last != BASE:
            step(database, last)
        before = shape_of(database)
        with migrating.counting(database) as up:
            step(database, revision)
        after = shape_of(database)
        with migrating.counting(database) as down:
            step(database, last)
        assert shape_of(database) == before, f"{revision} does not go back"
        touched = _touched(before, after, revision)
        _fill(database, before, touched, rows, number)
        this = _Step(database, last, revision, before, after)
        seconds = this.take((len(up), len(down)) if revision in kills else None)
        _fill(database, after, touched, rows, number + rows)
        this.take_with_new_rows()
        number += 2 * rows
        assert max(seconds) < LONGEST
        noted(*seconds)


def _fill(database: Database, shape: Shape, touched: set[str], rows: int, number: int) -> None:
    """So many rows into what a revision touches; each of the others has some."""
    has_none = made_rows.empty_ones(database, shape)
    shares = _shares(shape, touched, rows)
    here = {name: share for name, share in shares.items() if name in touched | has_none}
    made_rows.fill(database, shape, here, after=number)


def _goes_all_the_way_down_and_up(database: Database) -> None:
    """With the rows that are in it; what is lost on each step stands in the operators' page."""
    history: list[tuple[str, Shape, Shape]] = []
    schema.migrate(database)
    shape = after = shape_of(database)
    _fill(database, shape, set(), LEAST * len(shape), made_rows.BEYOND)
    revisions = [BASE, *migrating.revisions()]
    for below, revision in reversed([*pairwise(revisions)]):
        step(database, below)
        before = shape_of(database)
        history.insert(0, (revision, before, after))
        after = before
    assert after == {}
    with pytest.raises(SchemaOutdated):
        schema.check(database)
    page = (DOCS / "upgrading.md").read_text()
    assert renewed(page, {"lost": list(lost(history))}) == page, "see tests/support/operators_pages"
    schema.migrate(database)
    schema.check(database)
    assert shape_of(database) == shape


def _touched(before: Shape, after: Shape, revision: str) -> set[str]:
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return changed | WORKS_ON.get(revision, set())


def _shares(shape: Shape, touched: set[str], rows: int) -> dict[str, int]:
    """How many rows each table gets of so many."""
    here = touched & shape.keys()
    rest = rows - LEAST * (len(shape) - len(here)) if here else rows
    share = rest // max(1, len(here or shape))
    return {name: share if name in (here or shape) else LEAST for name in shape}


class _Step:
    """One revision, with rows of the version before it and then with rows of its own."""

    def __init__(
        self, database: Database, last: str, revision: str, before: Shape, after: Shape
    ) -> None:
        self.database, self.last, self.revision = database, last, revision
        self.before, self.after = columns_of(before), columns_of(after)
        self.both = shared(before, after)
        self.rewritten = set(REWRITES.get(revision, ()))
        self.made_anew = MADE_ANEW.get(revision, set())

    def take(self, dies: tuple[int, int] | None) -> tuple[float, float]:
        """Up, down and up again; returns how long that took, in seconds.

        `dies` says of how many statements the ways up and down are: before each is taken, a
        process that takes it is killed half-way, and another one just before it commits.
        """
        old, kept = self.rows(self.before, self.made_anew), self.rows(self.both, self.rewritten)
        if dies:
            self.dies_on_the_way(self.before, self.revision, dies[0])
            assert migrating.at_once(self.database, self.revision) == [0, 0]
        else:
            self.goes(self.revision)
        assert self.rows(self.both, self.rewritten) == kept, "going up lost something"
        new = self.rows(self.after, self.made_anew)
        if dies:
            self.dies_on_the_way(self.after, self.last, dies[1])
        down = self.goes(self.last)
        assert self.rows(self.before, self.made_anew) == old, "going down lost something"
        up = self.goes(self.revision)
        assert self.rows(self.after, self.made_anew) == new, "going up again lost something"
        return up, down

    def take_with_new_rows(self) -> None:
        """Down and up with what only the version after it can write."""
        written = self.rows(self.both, self.rewritten)
        self.goes(self.last)
        narrowed = self.rows(self.both, self.rewritten)
        for table in DELETES.get(self.revision, ()):
            assert 0 < narrowed[table][0] < written.pop(table)[0]
        assert narrowed | written == narrowed, "going down lost something new"
        unsaid = self.rewritten | self.made_anew
        narrowed = self.rows(self.both, unsaid)
        self.goes(self.revision)
        assert self.rows(self.both, unsaid) == narrowed, "going up again lost something new"

    def rows(
        self, columns: Columns, besides: AbstractSet[str] = frozenset()
    ) -> dict[str, tuple[int, int]]:
        """What stands in these columns but for some, a hash for each table."""
        return made_rows.digests(
            self.database,
            {
                table: [name for name in names if f"{table}.{name}" not in besides]
                for table, names in columns.items()
            },
        )

    def dies_on_the_way(self, columns: Columns, revision: str, statements: int) -> None:
        stays, everything = revision_of(self.database), self.rows(columns)
        for after in (max(1, statements // 2), 0):
            assert migrating.killed(self.database, revision, after=after) == KILLED
            assert revision_of(self.database) == stays
            assert self.rows(columns) == everything, "a process that was killed left something"

    def goes(self, revision: str) -> float:
        began = perf_counter()
        step(self.database, revision)
        return perf_counter() - began
