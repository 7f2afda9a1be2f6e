"""F19 to F21: a database that is locked, gone, read-only or full; what is not stored is no 200."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

import pytest
from sqlalchemy import NullPool, create_engine

from bot.core.clock import monotonic
from tests.faults.hosted import Hosted, hosted
from tests.faults.stream import Sender, Told, message
from tests.support.mortal_postgres import MortalPostgres

FAST: Final = 2.5
RECOVERS_WITHIN: Final = 30.0
LOCKED_FOR: Final = {False: 4.0, True: 10.0}
ROOM: Final = {"sqlite": "12m", "postgresql": "160m"}
BIG: Final = "The log says: " + "disk " * 8_000
"""As much as Slack takes in a message."""
LINES: Final = 12
"""The most that the log may say of one thing that goes wrong again and again within a minute."""


def _knock(living: Hosted, number: int, text: str = "hello") -> tuple[int, Told]:
    told = message(number, living.rooms[0], text, name="EvLOST")
    sender = Sender(living.port)
    status = sender.try_once(told)
    sender.close()
    return status, told


def _gets_through(living: Hosted, number: int) -> Told:
    """Sends an event again and again, as Slack does, until it is acknowledged."""
    told = message(number, living.rooms[0], "hello", name="EvLOST")
    _again(living, told)
    return told


@pytest.mark.slow
def test_f19_while_somebody_locks_the_database_slack_is_told_so_in_time(
    tmp_path: Path, is_long: bool
) -> None:
    file = tmp_path / "baton.db"
    with hosted(f"sqlite:///{file}", tmp_path) as living:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        ends = monotonic() + LOCKED_FOR[is_long]
        number = 0
        while monotonic() < ends:
            number, began = number + 1, monotonic()
            status, _ = _knock(living, number)
            assert status != 200
            if is_long:  # beside other tests an answer may take longer than Slack waits for it
                assert status == 500
                assert monotonic() - began < FAST
        assert not living.supervisor.deaths
        other.execute("ROLLBACK")
        other.close()
        acknowledged = [_gets_through(living, each) for each in range(1, number + 1)]
        living.comes_to_rest()
        assert living.lost(acknowledged) == []


@pytest.mark.slow
def test_f20_postgresql_that_is_killed_or_takes_no_writes_is_no_200_and_is_found_again(
    tmp_path: Path,
) -> None:
    with MortalPostgres() as postgres, hosted(postgres.url, tmp_path) as living:
        postgres.kill()
        status, _ = _knock(living, 1)
        assert status in {0, 500}
        postgres.start()
        acknowledged = [_gets_through(living, 1)]
        process_id = living.process.process_id
        _read_only(postgres.url, "on")
        for number in range(2, 12):
            status, _ = _knock(living, number)
            assert status in {0, 500}
        _read_only(postgres.url, "off")
        acknowledged += [_gets_through(living, number) for number in range(2, 12)]
        living.comes_to_rest()
        assert living.lost(acknowledged) == []
        assert living.process.process_id == process_id, "it lives on"


def _read_only(url: str, value: str) -> None:
    """Has the server take no writes, or take them again, and waits until that holds."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("SET default_transaction_read_only = off")
        connection.exec_driver_sql(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    waiting, is_so = Event(), False
    while not is_so:
        with engine.connect() as fresh:
            is_so = fresh.exec_driver_sql("SHOW default_transaction_read_only").scalar() == value
        waiting.wait(0.1)  # those that are open are told at the same time


@contextmanager
def _small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own. It takes root, and a kernel that lets it."""
    folder.mkdir(mode=0o755)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no file system can be mounted here: {type(error).__name__}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill_up(folder: Path) -> Path:
    """Leaves no room at all."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        piece = 1_048_576
        while piece:
            try:
                file.write(b"\0" * piece)
            except OSError:
                piece //= 2
    return ballast


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_f21_a_full_disk_is_no_200_and_with_room_again_it_goes_on(
    dialect: str, tmp_path: Path
) -> None:
    with _small_disk(tmp_path / "disk", ROOM[dialect]) as disk:
        if dialect == "sqlite":
            _on_a_full_disk(f"sqlite:///{disk / 'baton.db'}", disk, tmp_path, None)
            return
        (disk / "data").mkdir(mode=0o700)
        with MortalPostgres(disk / "data", "max_wal_size=32MB", "min_wal_size=32MB") as postgres:
            _on_a_full_disk(postgres.url, disk, tmp_path, postgres)


def _on_a_full_disk(url: str, disk: Path, folder: Path, postgres: MortalPostgres | None) -> None:
    with hosted(url, folder) as living:
        living.comes_to_rest()
        process_id = living.process.process_id
        ballast = _fill_up(disk)
        acknowledged: list[Told] = []
        refused: list[Told] = []
        for number in range(1, 300):
            status, told = _knock(living, number, BIG)
            (acknowledged if status == 200 else refused).append(told)
            if len(refused) == 20:
                break
        assert len(refused) == 20, "there was room"
        ballast.unlink()
        if postgres is not None:
            postgres.start()  # as a supervisor would, if it gave up
        for told in refused:
            _again(living, told)
        living.comes_to_rest()
        assert living.lost([*acknowledged, *refused]) == []
        assert living.process.process_id == process_id, "it lives on"
        assert living.log.count("event not stored") < LINES, "the log stays readable"


def _again(living: Hosted, told: Told) -> None:
    sender, ends, waiting = Sender(living.port), monotonic() + RECOVERS_WITHIN, Event()
    while sender.try_once(told) != 200:
        assert monotonic() < ends, living.log[-2_000:]
        waiting.wait(0.1)
    sender.close()
