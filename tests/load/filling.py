"""Tables with millions of rows: a few thousand, copied over and over inside the database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, Table, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.core.db import Database

_QUICK_BUT_UNSAFE: Final = {
    "sqlite": (
        "PRAGMA journal_mode=OFF",
        "PRAGMA synchronous=OFF",
        "PRAGMA cache_size=-500000",
    ),
    "postgresql": (
        "SET synchronous_commit=off",
        "SET maintenance_work_mem='512MB'",
        "SET max_parallel_maintenance_workers=0",
    ),
}
_SETTLE: Final = {
    "sqlite": ("PRAGMA journal_mode=WAL",),
    "postgresql": ("VACUUM (ANALYZE) {table}", "CHECKPOINT"),
}
"""What would have happened long before a table is so large."""
_SIZE: Final = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def copy_rows(database: Database, table: Table, count: int, fresh: Mapping[str, str]) -> None:
    """Adds `count` copies of every row of a table.

    `fresh` has an SQL expression for each column that must differ, in which `number` is that of the
    copy, from 1. Indexes are built at the end; a crash meanwhile would spoil the database.
    """
    with _loading(database) as connection:
        if count:
            for index in table.indexes:
                index.drop(connection)
            _copy(connection, table, count, fresh)
            for index in table.indexes:
                index.create(connection)
        for statement in _SETTLE[database.dialect]:
            connection.exec_driver_sql(statement.format(table=table.name))


def size(database: Database) -> int:
    """How many bytes a database takes on the disk."""
    with database.engine.connect() as connection:
        return int(connection.execute(text(_SIZE[database.dialect])).scalar_one())


def _copy(connection: Connection, table: Table, count: int, fresh: Mapping[str, str]) -> None:
    names = [column.name for column in table.columns]
    values = ", ".join(fresh.get(name, name) for name in names)
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE template AS SELECT * FROM {table.name}")  # noqa: S608 - ours
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 - ours
        "WITH RECURSIVE copies(number) AS (SELECT 1 UNION ALL "
        f"SELECT number + 1 FROM copies WHERE number < {count}) "
        f"SELECT {values} FROM copies CROSS JOIN template"
    )


@contextmanager
def _loading(database: Database) -> Iterator[Connection]:
    """A connection for a load alone, quick and unsafe; each statement is its own transaction."""
    database.close()  # SQLite leaves its log for nobody but the only one who is there
    engine = create_engine(database.url, isolation_level="AUTOCOMMIT")

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for statement in _QUICK_BUT_UNSAFE[engine.dialect.name]:
            cursor.execute(statement)
        cursor.close()

    event.listen(engine, "connect", prepare)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
