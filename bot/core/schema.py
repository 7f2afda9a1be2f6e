"""The version of the database's tables: is it the one this code needs, and how to get there."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import OperationalError

from bot.core.db import Database
from bot.core.errors import DatabaseUnreachable, SchemaNewer, SchemaOutdated

ALEMBIC_INI: Final = Path(__file__).parents[2] / "alembic.ini"


def migrate(database: Database) -> None:
    """Brings the tables up to this version; does nothing if they are."""
    command.upgrade(_config(database), "head")


def check(database: Database) -> None:
    """Raises SchemaOutdated, SchemaNewer or DatabaseUnreachable unless the tables fit."""
    file = database.engine.url.database if database.dialect == "sqlite" else None
    if file and not Path(file).exists():
        raise SchemaOutdated  # connecting would make an empty one
    script = ScriptDirectory.from_config(_config(database))
    try:
        with database.engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise DatabaseUnreachable(f"({type(error.orig).__name__})") from None
    if found == script.get_current_head():
        return
    known = {revision.revision for revision in script.walk_revisions()}
    if found is None or found in known:
        raise SchemaOutdated
    raise SchemaNewer


def _config(database: Database) -> Config:
    config = Config(ALEMBIC_INI)
    config.attributes["database"] = database
    return config
