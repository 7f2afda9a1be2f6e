"""How Alembic runs: on the database it is given, one process at a time, all or nothing."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from bot.app import metadata
from bot.core.db import Database, UtcDateTime
from bot.settings import load

LOCK = 0x6261746F6E  # "baton"
FULL_TEXT = "_full_text"  # indexes of one database only, written out in their migration
PATIENCE_MS = 60_000  # for another process that migrates

database: Database = context.config.attributes.get("database") or Database(load().database_url)


def render_item(_kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Keeps migrations free of the code's own types: they must run when the code has moved on."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leaves alone the tables of a feature that was taken out, and what full-text search needs."""
    if kind == "index":
        return name is None or not name.endswith(FULL_TEXT)
    return kind != "table" or name in metadata().tables


def run(connection: Connection) -> None:
    """Runs the migrations in a transaction of their own."""
    if database.dialect == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_as_batch=database.dialect == "sqlite",
        compare_type=True,
        render_item=render_item,
        include_name=include_name,
    )
    with context.begin_transaction():
        context.run_migrations()


with database.engine.connect() as connection:
    if database.dialect == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA busy_timeout={PATIENCE_MS}").close()
    with connection.begin():
        run(connection)
database.close()  # no other work waits so long
