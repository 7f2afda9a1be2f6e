"""The version of the database's tables: is it the one this code needs, and how to get there."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DatabaseError

from bot.core.db import Database
from bot.core.errors import DatabaseMissing, DatabaseUnreachable, SchemaNewer, SchemaOutdated

ALEMBIC_INI: Final = Path(__file__).parents[2] / "alembic.ini"


def migrate(database: Database) -> None:
    """Brings the tables up to this version; does nothing if they are.

    Raises DatabaseUnreachable.
    """
    _refuse_no_folder(database)
    try:
        database.engine.connect().close()
    except DatabaseError as error:
        raise DatabaseUnreachable(f"({type(error.orig).__name__})") from None
    command.upgrade(_config(database), "head")


def check(database: Database) -> None:
    """Raises DatabaseUnreachable, SchemaOutdated or SchemaNewer unless the tables fit."""
    _refuse_no_folder(database)
    file = _file(database)
    if file and not file.exists():
        raise DatabaseMissing  # connecting would make an empty one
    script = ScriptDirectory.from_config(_config(database))
    try:
        with database.reading() as session:
            found = MigrationContext.configure(session.connection()).get_current_revision()
    except DatabaseError as error:
        raise DatabaseUnreachable(f"({type(error.orig).__name__})") from None
    if found == script.get_current_head():
        return
    if found is None or is_known(found):
        raise SchemaOutdated
    raise SchemaNewer


def is_known(revision: str) -> bool:
    """Whether this version knows a revision of the tables; a newer version's it does not."""
    script = ScriptDirectory.from_config(Config(ALEMBIC_INI))
    return revision in {each.revision for each in script.walk_revisions()}


def _refuse_no_folder(database: Database) -> None:
    file = _file(database)
    if file and not file.parent.is_dir():
        raise DatabaseUnreachable(f"(there is no folder {file.parent})")


def _file(database: Database) -> Path | None:
    name = database.engine.url.database if database.dialect == "sqlite" else None
    return Path(name) if name else None


def _config(database: Database) -> Config:
    config = Config(ALEMBIC_INI)
    config.attributes["database"] = database
    return config
