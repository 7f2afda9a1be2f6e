"""`baton backup` and `baton restore`: of one moment, whole, never over anything, and back."""

import os
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.core import backups
from bot.core.db import Database
from bot.core.encryption import new_key
from bot.core.errors import DatabaseInUse
from bot.core.workspaces import WorkspaceRow
from tests.support.shell import Shell

ROWS = 25_000
PADDING = "x" * 500


def _settle(database: Path, count: int) -> None:
    """Puts workspaces into it."""
    columns = "team_id, name, url, bot_id, bot_user_id, scopes, installed_at"
    values = "(?, 'a', ?, '', '', '', '2026-10-06 08:00:00.000000')"
    with closing(sqlite3.connect(database)) as connection, connection:
        rows = ((f"T{number}", PADDING) for number in range(count))
        connection.executemany(f"INSERT INTO workspaces ({columns}) VALUES {values}", rows)  # noqa: S608 - ours


def _names(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        return {name for (name,) in connection.execute("SELECT DISTINCT name FROM workspaces")}


def _count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM workspaces").fetchone()[0])


@contextmanager
def _writers(file: Path, *letters: str) -> Iterator[list[int]]:
    """Threads that name all workspaces anew, each time in one transaction, until the end."""
    stop, began, written = Event(), Event(), [0]

    def write(letter: str) -> None:
        with closing(sqlite3.connect(file, timeout=60, isolation_level=None)) as connection:
            while not stop.is_set():
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE workspaces SET name = ?", (f"{letter}{written[0]}",))
                connection.execute("COMMIT")
                written[0] += 1
                began.set()

    threads = [Thread(target=write, args=(letter,)) for letter in letters]
    for thread in threads:
        thread.start()
    assert began.wait(60)
    yield written
    stop.set()
    for thread in threads:
        thread.join()


def test_a_backup_is_of_one_moment_while_others_write(house: Shell) -> None:
    database = house.folder / "baton.db"
    _settle(database, ROWS)
    told: list[tuple[int, int]] = []
    copies = []
    with _writers(database, "b", "c") as written:
        for number in range(3):
            before = written[0]
            copies.append(house.folder / f"copy{number}.db")
            backups.save(database, copies[-1], lambda *pages: told.append(pages))
            assert written[0] >= before
    for copy in copies:
        assert len(_names(copy)) == 1, "half of a transaction is in it"
        assert _count(copy) == ROWS
    assert len(told) > len(copies), "nothing was told on the way"
    assert told[-1][0] == told[-1][1]


def test_a_backup_is_for_its_owner_alone_and_one_file(house: Shell) -> None:
    told = house("backup", "copy.db")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("Written to copy.db: ")
    assert told.stdout.endswith("and it is whole.\n")
    copy = house.folder / "copy.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(each.name for each in house.folder.glob("*copy*")) == ["copy.db"]


def test_whoever_has_keys_is_told_to_keep_them(house: Shell) -> None:
    told = house("backup", "copy.db", BATON_ENCRYPTION_KEYS=new_key())
    assert "open only with BATON_ENCRYPTION_KEYS" in told.stdout


def test_nothing_is_written_over(house: Shell) -> None:
    (house.folder / "copy.db").write_text("mine")
    told = house("backup", "copy.db")
    assert told.returncode == 2
    assert told.stderr == (
        "error: There is a file of that name already: choose another one. (copy.db)\n"
    )
    assert (house.folder / "copy.db").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_one_sentence(house: Shell) -> None:
    told = house("backup", "nowhere/copy.db")
    assert told.returncode == 2
    assert told.stderr.startswith("error: The file to write cannot be written. (nowhere/copy.db")


def test_without_a_database_there_is_nothing_to_back_up(baton: Shell) -> None:
    told = baton("backup", "copy.db")
    assert told.returncode == 2
    assert told.stderr.startswith("error: There is no database yet")
    assert list(baton.folder.glob("*.db")) == []


def test_what_is_restored_is_what_was_saved_and_what_was_there_is_kept(house: Shell) -> None:
    database = house.folder / "baton.db"
    _settle(database, 3)
    assert house("backup", "copy.db").returncode == 0
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DELETE FROM workspaces")
    told = house("restore", "copy.db")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith(f"Restored from copy.db into {database}: revision ")
    assert _count(database) == 3
    (aside,) = house.folder.glob("baton.db.before-*")
    assert f"What was there is kept as {aside.name}.\n" in told.stdout
    assert _count(aside) == 0
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    assert house("migrate", "--check").returncode == 0


def test_a_backup_is_restored_where_no_database_is(house: Shell) -> None:
    database = house.folder / "baton.db"
    _settle(database, 3)
    assert house("backup", "copy.db").returncode == 0
    for each in house.folder.glob("baton.db*"):
        each.unlink()
    told = house("restore", "copy.db")
    assert told.returncode == 0, told.stderr
    assert f" into {database}, which is new: revision " in told.stdout
    assert "is kept as" not in told.stdout
    assert _count(database) == 3
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_broken_database_is_put_aside_as_it_is(house: Shell) -> None:
    database = house.folder / "baton.db"
    assert house("backup", "copy.db").returncode == 0
    database.write_bytes(b"no database at all" * 1_000)
    assert house("restore", "copy.db").returncode == 0
    (aside,) = house.folder.glob("baton.db.before-*")
    assert aside.read_bytes().startswith(b"no database at all")
    assert house("migrate", "--check").returncode == 0


def test_a_database_in_use_is_not_replaced(house: Shell, sqlite_url: str) -> None:
    assert house("backup", "copy.db").returncode == 0
    database = Database(sqlite_url)
    with database.reading() as session:
        session.query(WorkspaceRow).all()
    told = house("restore", "copy.db")  # its connection is in the pool, as a running bot's are
    assert told.returncode == 2
    assert told.stderr.startswith(
        "error: Baton or somebody else uses the database: stop them first."
    )
    assert list(house.folder.glob("baton.db.before-*")) == []
    database.close()
    assert house("restore", "copy.db").returncode == 0


def test_writers_are_not_disturbed_by_a_restore_that_is_refused(house: Shell) -> None:
    database = house.folder / "baton.db"
    _settle(database, 3)
    assert house("backup", "copy.db").returncode == 0
    aside = house.folder / "aside.db"
    with _writers(database, "b"), pytest.raises(DatabaseInUse):
        backups.restore(house.folder / "copy.db", database, aside=aside, told=lambda *_: None)
    assert not aside.exists()
    assert _count(database) == 3


@pytest.mark.parametrize("kind", ["text", "another's", "cut off"])
def test_what_is_no_whole_backup_is_refused(house: Shell, kind: str) -> None:
    wanted = house.folder / "wanted.db"
    if kind == "text":
        wanted.write_text("This is no database, and it is long enough to be looked at. " * 99)
    elif kind == "another's":
        with closing(sqlite3.connect(wanted)) as connection, connection:
            connection.execute("CREATE TABLE notes (words)")
    elif kind == "cut off":
        _settle(house.folder / "baton.db", 500)
        assert house("backup", "wanted.db").returncode == 0
        os.truncate(wanted, wanted.stat().st_size // 2)
    before = (house.folder / "baton.db").read_bytes()
    told = house("restore", "wanted.db")
    assert told.returncode == 2
    assert told.stderr == "error: This file is no whole backup of Baton's. (wanted.db)\n"
    assert (house.folder / "baton.db").read_bytes() == before


def test_a_file_that_is_not_there_is_not_called_a_bad_one(house: Shell) -> None:
    told = house("restore", "wanted.db")
    assert (told.returncode, told.stderr) == (2, "error: There is no such file. (wanted.db)\n")


def test_a_folder_is_not_taken_for_a_file(house: Shell) -> None:
    (house.folder / "copies").mkdir()
    told = house("backup", "copies")
    assert told.returncode == 2
    assert told.stderr == "error: A folder has that name: name a file in it. (copies)\n"


def test_a_newer_versions_backup_is_refused(house: Shell) -> None:
    assert house("backup", "copy.db").returncode == 0
    with closing(sqlite3.connect(house.folder / "copy.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    told = house("restore", "copy.db")
    assert told.returncode == 2
    assert told.stderr.startswith("error: The database has a newer schema than this version knows")


def test_on_postgresql_the_exact_command_is_said_without_the_password(baton: Shell) -> None:
    url = "postgres://baton:secret@db.internal:6432/work?sslmode=require"
    dumped = baton("backup", "a copy", DATABASE_URL=url)
    restored = baton("restore", "a copy", DATABASE_URL=url)
    address = "'postgresql://baton@db.internal:6432/work?sslmode=require'"
    assert (dumped.returncode, restored.returncode) == (2, 2)
    assert dumped.stderr == (
        "error: PostgreSQL has a command of its own for this:\n"
        f"(umask 077 && pg_dump --format=custom --file='a copy' --dbname={address})\n"
    )
    copy = "'a copy.sql'"
    assert restored.stderr.splitlines()[1] == (
        f"(umask 077; trap {shlex.quote(f'rm -f {copy}')} EXIT; "
        f"pg_restore --no-owner --file={copy} 'a copy' && "
        "psql --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --single-transaction "
        f"--dbname={address} --command='DROP SCHEMA public CASCADE' "
        f"--command='CREATE SCHEMA public' --file={copy})"
    )
