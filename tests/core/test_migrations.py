"""The database's history: every step up and down, and many who take it at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bot.app import metadata
from bot.core import schema
from bot.core.db import Database
from bot.core.errors import SchemaOutdated
from tests.support.databases import new_postgres_database

ROOT = Path(__file__).parents[2]
MIGRATORS = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    url = f"sqlite:///{tmp_path / 'bare.db'}"
    if request.param == "postgresql":
        server: Database = request.getfixturevalue("_postgres")
        url = new_postgres_database(server.url, f"{server.engine.url.database}_bare")
    database = Database(url)
    yield database
    database.close()


def _tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_every_step_goes_up_and_down_and_up_again(bare: Database) -> None:
    config = Config(ROOT / "alembic.ini")
    config.attributes["database"] = bare
    steps = len(list(ScriptDirectory.from_config(config).walk_revisions()))
    seen = [_tables(bare)]
    for _ in range(steps):
        command.upgrade(config, "+1")
        seen.append(_tables(bare))
    schema.check(bare)
    assert seen[0] == set()
    assert set(metadata().tables) <= seen[-1]
    for before in reversed(seen[:-1]):
        command.downgrade(config, "-1")
        assert _tables(bare) == before
    with pytest.raises(SchemaOutdated):
        schema.check(bare)
    schema.migrate(bare)
    assert _tables(bare) == seen[-1]


def test_several_processes_may_migrate_at_once(bare: Database) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": bare.url,
    }
    migrators = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "migrate"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(MIGRATORS)
    ]
    for migrator in migrators:
        said, _ = migrator.communicate(timeout=60)
        assert (migrator.returncode, said.strip()) == (0, "The database is up to date.")
    schema.check(bare)
