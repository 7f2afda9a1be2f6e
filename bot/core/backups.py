"""A copy of an SQLite database that is in use, and the way back.

The copy is of one moment: whoever writes meanwhile neither waits for it nor is in it by half.
Putting one back is one transaction of SQLite's own, so a process that dies leaves what was there.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from bot.core import schema
from bot.core.db import PRIVATE
from bot.core.errors import (
    BackupExists,
    BackupIsFolder,
    BackupMissing,
    BackupUnusable,
    DatabaseInUse,
    DatabaseMissing,
    FileUnwritable,
    SchemaNewer,
)

Told: TypeAlias = Callable[[int, int], None]
"""Called now and then: how many pages of how many were copied."""

OURS: Final = frozenset({"alembic_version", "workspaces", "outbox"})
PAGES: Final = 2_000  # copied at a time, 8 MB


@dataclass(frozen=True, slots=True)
class Backup:
    """What a copy holds: the revision of its tables; and its size, in bytes."""

    revision: str
    size: int


def save(database: Path, file: Path, told: Told) -> Backup:
    """Copies a database that may be in use, and looks the copy over.

    Raises DatabaseMissing, BackupExists, BackupIsFolder, BackupUnusable or FileUnwritable.
    """
    if not database.is_file():
        raise DatabaseMissing(f"({database.absolute()})")
    with _opened(database, "rw") as source:
        # a reader's view, for as long as it takes: without it, what is written starts it anew
        source.execute("BEGIN")
        return _copy(source, file, told)


def restore(file: Path, database: Path, *, aside: Path, told: Told) -> Backup:
    """Puts a copy in the place of a database that nobody uses, which is kept `aside`.

    Raises BackupMissing, BackupUnusable, SchemaNewer, DatabaseInUse, BackupExists or
    FileUnwritable.
    """
    if not file.exists():
        raise BackupMissing(f"({file})")
    if not file.is_file():
        raise BackupUnusable(f"({file})")
    with _opened(file, "ro") as source:
        revision = _look_over(source, file)
        if not schema.is_known(revision):
            raise SchemaNewer
        if not _is_readable(database):
            database.rename(aside)
        is_there = database.exists()
        with _alone(database) as target:
            if is_there:
                _copy(target, aside, told, is_checked=False)
            source.backup(target, pages=PAGES, progress=_progress(told), sleep=0)
            _look_over(target, database)
    return Backup(revision, database.stat().st_size)


def _copy(source: sqlite3.Connection, file: Path, told: Told, *, is_checked: bool = True) -> Backup:
    """A file that only its owner may read, and that appears whole or not at all."""
    if file.is_dir():
        raise BackupIsFolder(f"({file})")
    if file.exists():
        raise BackupExists(f"({file})")
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        with _opened(partial, "rw") as copy:
            source.backup(copy, pages=PAGES, progress=_progress(told), sleep=0)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole in itself
            revision = _look_over(copy, file) if is_checked else ""
        _appear(partial, file)
    except OSError as error:
        raise FileUnwritable(f"({file}: {error.strerror})") from None
    except sqlite3.OperationalError as error:
        raise FileUnwritable(f"({file}: {error})") from None
    finally:
        partial.unlink(missing_ok=True)
    return Backup(revision, file.stat().st_size)


def _appear(partial: Path, file: Path) -> None:
    try:
        os.link(partial, file)  # fails where a file of that name has come meanwhile
    except FileExistsError:
        raise BackupExists(f"({file})") from None
    except OSError:  # a file system without links
        partial.rename(file)


def _look_over(connection: sqlite3.Connection, file: Path) -> str:
    """The revision of a database that is whole and Baton's. Raises BackupUnusable."""
    try:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if not {name for (name,) in named} >= OURS:
            raise BackupUnusable(f"({file})")
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise BackupUnusable(f"({file})")
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        raise BackupUnusable(f"({file})") from None
    return str(found[0]) if found else ""


@contextmanager
def _alone(database: Path) -> Iterator[sqlite3.Connection]:
    """The database, made if there is none, and locked for everybody else meanwhile."""
    if not database.exists():
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    with _opened(database, "rw", patience=0.0) as connection:
        try:
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA journal_mode=DELETE")  # refused while others are connected
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError:
            raise DatabaseInUse(f"({database})") from None
        yield connection


def _is_readable(database: Path) -> bool:
    """False: it is there, but nothing that SQLite could open, let alone somebody use."""
    if not database.exists():
        return True
    try:
        with _opened(database, "rw") as connection:
            connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        return True  # somebody is at it
    except sqlite3.DatabaseError:
        return False
    return True


@contextmanager
def _opened(file: Path, mode: str, *, patience: float = 30.0) -> Iterator[sqlite3.Connection]:
    uri = f"{file.resolve().as_uri()}?mode={mode}"
    with closing(
        sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)
    ) as connection:
        yield connection


def _progress(told: Told) -> Callable[[int, int, int], None]:
    return lambda _status, left, pages: told(pages - left, pages)
