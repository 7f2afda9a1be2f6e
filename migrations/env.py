"""How Alembic runs: on the database it is given, one process at a time, all or nothing."""

from typing import Any, Literal

from alembic import context

from bot.app import metadata
from bot.core.db import Database, UtcDateTime
from bot.settings import load

LOCK = 0x6261746F6E  # "baton"

database: Database = context.config.attributes.get("database") or Database(load().database_url)


def render_item(_kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Keeps migrations free of the code's own types: they must run when the code has moved on."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UtcDateTime) else False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leaves the tables of a feature that was taken out alone."""
    return kind != "table" or name in metadata().tables


with database.engine.connect() as connection, connection.begin():
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
