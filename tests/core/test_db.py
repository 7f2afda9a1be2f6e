"""The database layer: transactions, times, inserts that may meet an equal row."""

import os
import stat
from contextlib import ExitStack
from datetime import datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, select, text
from sqlalchemy.exc import OperationalError, StatementError

from bot.core import rate_limits
from bot.core.clock import StoppedClock, monotonic
from bot.core.db import SQLITE_BUSY_MS, Base, Database, affected, insert_new, upsert
from bot.core.errors import UnsafeDatabase
from bot.core.people import PersonRow


def _person(name: str, at: datetime) -> dict[str, object]:
    return {
        "team_id": "T1",
        "user_id": "U1",
        "name": name,
        "time_zone": "UTC",
        "is_member": True,
        "fetched_at": at,
    }


def test_a_new_file_is_for_its_owner_alone_and_so_are_those_beside_it(tmp_path: Path) -> None:
    database, before = Database(f"sqlite:///{tmp_path / 'new.db'}"), os.umask(0)
    try:
        with database.engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE notes (words)")
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
        database.close()
    assert modes == dict.fromkeys(("new.db", "new.db-shm", "new.db-wal"), 0o600)


def test_what_a_database_is_called_holds_no_password(tmp_path: Path) -> None:
    assert Database(f"sqlite:///{tmp_path / 'a.db'}").place == str(tmp_path / "a.db")
    server = Database("postgresql+psycopg://u:canary@db.internal:6432/work?sslpassword=canary")
    assert server.place == "postgresql://db.internal:6432/work"


def test_an_instant_comes_back_in_utc(database: Database, clock: StoppedClock) -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    with database.transaction() as session:
        insert_new(session, PersonRow, [_person("Ana", clock.now().astimezone(kolkata))])
    with database.reading() as session:
        found = session.scalars(select(PersonRow.fetched_at)).one()
    assert clock.now() == found
    assert timedelta() == found.utcoffset()


def test_a_time_without_a_zone_is_refused(database: Database, clock: StoppedClock) -> None:
    naive = clock.now().replace(tzinfo=None)
    with database.transaction() as session, pytest.raises(StatementError, match="without a zone"):
        insert_new(session, PersonRow, [_person("Ana", naive)])


def test_a_row_that_is_there_is_not_inserted_again(database: Database, clock: StoppedClock) -> None:
    with database.transaction() as session:
        assert insert_new(session, PersonRow, [_person("Ana", clock.now())]) == 1
        assert insert_new(session, PersonRow, [_person("Bea", clock.now())]) == 0
        assert insert_new(session, PersonRow, []) == 0
    with database.reading() as session:
        assert session.scalars(select(PersonRow.name)).all() == ["Ana"]


def test_an_upsert_overwrites_all_but_the_kept_columns(
    database: Database, clock: StoppedClock
) -> None:
    later = clock.now() + timedelta(days=1)
    with database.transaction() as session:
        upsert(session, PersonRow, _person("Ana", clock.now()))
        upsert(session, PersonRow, _person("Bea", later), keep=["fetched_at"])
    with database.reading() as session:
        found = session.scalars(select(PersonRow)).one()
    assert ("Bea", clock.now()) == (found.name, found.fetched_at)


def test_an_error_leaves_nothing_of_a_transaction(database: Database, clock: StoppedClock) -> None:
    with pytest.raises(RuntimeError), database.transaction() as session:  # noqa: PT012
        insert_new(session, PersonRow, [_person("Ana", clock.now())])
        raise RuntimeError
    with database.reading() as session:
        assert session.scalars(select(PersonRow)).all() == []


def test_transactions_that_read_then_write_wait_for_each_other(
    database: Database, clock: StoppedClock
) -> None:
    limit = {"chat.update": rate_limits.RateLimit(timedelta(0), 1)}
    failures: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(25):
                with database.transaction() as session:
                    rate_limits.take(session, "T1", limit, clock.now())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a failure
            failures.append(error)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


_SOME_MILLISECONDS = text(
    "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 20000) "
    "SELECT count(*) FROM counted"
)


@pytest.mark.slow
def test_threads_that_write_all_the_time_starve_none_of_them(sqlite_url: str) -> None:
    database, failed, start = Database(sqlite_url), list[str](), Barrier(8)

    def work() -> None:
        start.wait()
        try:
            for _ in range(50):
                with database.transaction() as session:
                    session.execute(_SOME_MILLISECONDS)
        except OperationalError as error:
            failed.append(str(error.orig))

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    assert failed == []


@pytest.mark.slow
def test_f19_a_locked_database_is_told_in_time_to_each_of_many(sqlite_url: str) -> None:
    database, holder, took = Database(sqlite_url), Database(sqlite_url), list[float]()

    def work() -> None:
        began = monotonic()
        with pytest.raises(OperationalError, match="locked"), database.transaction() as session:
            session.execute(text("DELETE FROM people"))
        took.append(monotonic() - began)

    with holder.transaction() as session:
        session.execute(text("DELETE FROM people"))
        threads = [Thread(target=work) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with database.transaction() as session:  # and it waits for as long as before
        assert session.scalar(text("PRAGMA busy_timeout")) == SQLITE_BUSY_MS
    database.close()
    holder.close()
    assert len(took) == 6
    assert max(took) < 2.5, took


def test_every_key_begins_with_the_workspace() -> None:
    for table in Base.metadata.tables.values():
        assert next(iter(table.primary_key.columns)).name == "team_id", table.name


def test_postgresql_that_may_lose_commits_is_refused(database: Database) -> None:
    if database.dialect == "sqlite":
        with database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2, "FULL"
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
        return
    database.refuse_unsafe()
    with database.engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    again = Database(database.url)
    try:
        with pytest.raises(UnsafeDatabase, match="synchronous_commit"):
            again.refuse_unsafe()
    finally:
        again.close()
        with database.engine.begin() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" RESET synchronous_commit'))


def test_the_touched_rows_are_counted(database: Database, clock: StoppedClock) -> None:
    with database.transaction() as session:
        insert_new(session, PersonRow, [_person("Ana", clock.now())])
        gone = delete(PersonRow)
        assert affected(session, gone) == 1
        assert affected(session, gone) == 0


def test_a_server_that_goes_without_a_word_is_noticed_soon(database: Database) -> None:
    if database.dialect != "postgresql":
        pytest.skip("nobody is at the other end of a file")
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        told = driver.info.get_parameters()
    silent_for = int(told["keepalives_idle"]) + 3 * int(told["keepalives_interval"])
    assert (silent_for, told["keepalives_count"]) == (25, "3")
    assert int(told["tcp_user_timeout"]) <= 30_000


def test_what_the_address_of_a_database_says_goes_before(database: Database) -> None:
    if database.dialect != "postgresql":
        pytest.skip("nobody is at the other end of a file")
    joint = "&" if "?" in database.url else "?"
    slow = Database(f"{database.url}{joint}keepalives_idle=77")
    with slow.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        assert driver.info.get_parameters()["keepalives_idle"] == "77"
    slow.close()


def test_connections_opened_under_load_are_kept_and_the_last_used_is_used_next(
    database: Database,
) -> None:
    if database.dialect != "postgresql":
        pytest.skip("nobody is at the other end of a file")
    under_load, later = _backends(database, 15), _backends(database, 15)
    assert len(under_load) == 15
    assert later == under_load
    assert len({*_backends(database, 1), *_backends(database, 1)}) == 1


def _backends(database: Database, number: int) -> set[int]:
    """The server's processes behind so many connections that are used at once."""
    with ExitStack() as opened:
        used = [opened.enter_context(database.engine.connect()) for _ in range(number)]
        return {each.execute(text("SELECT pg_backend_pid()")).scalar_one() for each in used}
