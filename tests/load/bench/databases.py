"""Empty databases to measure on; they are gone at the end."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine, text

from tests.support.databases import new_postgres_database, postgres_server

DATABASES: Final = ("sqlite", "postgresql")


@contextmanager
def fresh(kind: str, *names: str) -> Iterator[list[str]]:
    """The addresses of empty databases of that kind, one for each name."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
            yield [f"sqlite:///{Path(folder) / f'{name}.db'}" for name in names]
        return
    with postgres_server() as server_url:
        full = [f"baton_bench_{name}" for name in names]
        try:
            yield [new_postgres_database(server_url, each) for each in full]
        finally:
            engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                for each in full:
                    connection.execute(text(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)'))
            engine.dispose()
