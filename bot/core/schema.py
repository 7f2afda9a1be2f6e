"""The version of the database's tables: is it the one this code needs, and how to get there.

Alembic, and what it brings along, is imported only where there is something to migrate.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import column, inspect, select, table
from sqlalchemy.exc import DatabaseError

from bot.core.db import Database
from bot.core.errors import DatabaseMissing, DatabaseUnreachable, SchemaNewer, SchemaOutdated

if TYPE_CHECKING:
    from alembic.config import Config

ALEMBIC_INI: Final = Path(__file__).parents[2] / "alembic.ini"
REVISION: Final = "0042"
"""The newest migration: what this code needs."""
_TABLE: Final = "alembic_version"
_VERSION: Final = table(_TABLE, column("version_num")).c.version_num


def migrate(database: Database) -> None:
    """Brings the tables up to this version; does nothing if they are.

    Raises DatabaseUnreachable.
    """
    _refuse_no_folder(database)
    if _found(database) == REVISION:
        return
    from alembic import command  # noqa: PLC0415 - as the module says

    command.upgrade(_config(database=database), "head")


def check(database: Database) -> None:
    """Raises DatabaseUnreachable, SchemaOutdated or SchemaNewer unless the tables fit."""
    _refuse_no_folder(database)
    file = _file(database)
    if file and not file.exists():
        raise DatabaseMissing  # connecting would make an empty one
    found = _found(database)
    if found == REVISION:
        return
    if found is None or is_known(found):
        raise SchemaOutdated
    raise SchemaNewer


def is_known(revision: str) -> bool:
    """Whether this version knows a revision of the tables; a newer version's it does not."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as the module says

    script = ScriptDirectory.from_config(_config())
    return revision in {each.revision for each in script.walk_revisions()}


def _found(database: Database) -> str | None:
    """The revision of the tables; None: there are none. Raises DatabaseUnreachable."""
    try:
        with database.reading() as session:
            connection = session.connection()
            if not inspect(connection).has_table(_TABLE):
                return None
            found: str | None = connection.scalar(select(_VERSION))
            return found
    except DatabaseError as error:
        raise DatabaseUnreachable(f"({type(error.orig).__name__})") from None


def _refuse_no_folder(database: Database) -> None:
    file = _file(database)
    if file and not file.parent.is_dir():
        raise DatabaseUnreachable(f"(there is no folder {file.parent})")


def _file(database: Database) -> Path | None:
    name = database.engine.url.database if database.dialect == "sqlite" else None
    return Path(name) if name else None


def _config(**attributes: Any) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - as the module says

    config = Config(ALEMBIC_INI)
    config.attributes.update(attributes)
    return config
