"""The database: one engine, one base for every table, one place that opens a transaction."""

import os
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Event, RLock
from typing import Any, ClassVar, Final, TypeVar, cast

from sqlalchemy import (
    JSON,
    URL,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import InternalError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from bot.core.clock import monotonic
from bot.core.errors import UnsafeDatabase
from bot.core.patterns import regex

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

PORTION: Final = 1_000
_READ: Final = "read"
_READERS: Final = "readers"
_LASTING: Final = "lasting"
_COUNTED: Final = {"preserve_rowcount": True}
SQLITE_PAUSE: Final = 0.02  # seconds
SQLITE_BUSY_MS: Final = 2_000  # an ack has 3 s: a locked database must fail before that
DOOR_SECONDS: Final = 2  # on PostgreSQL, for the same reason; libpq waits for no less to connect
SQLITE_LATE_MS: Final = 100
"""Whoever waited for longer in our own line waits so much less for other processes."""
_BUSY: Final = "baton_busy_ms"
_LOCKED: Final = "database is locked"
_NOTHING: Final = text("SELECT 1")
_FULL_TEXT: Final = text(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%USING fts5%'"
)
PRIVATE: Final = 0o600
"""What a new file lets do: its owner reads and writes, nobody else does anything."""
READ_ONLY: Final = {"baton_read_only": True}
DEADLOCK: Final = "40P01"
TRIES_OF_DEADLOCKED: Final = 3
REFUSES: Final = (OperationalError, InternalError)
"""What is raised where nothing can be written: locked, full, read-only, or out of reach."""
_INSERTS: Final[Mapping[str, Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_SURROGATE: Final = regex("[\ud800-\udfff]")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored and returned in UTC (SQLite drops the zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times (ValueError) and stores the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Returns the instant in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of Baton; each key begins with `team_id`."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class Database:
    """Opens transactions on SQLite or PostgreSQL; the same code runs on both."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        self.url = url
        self.engine = _engine(url, pool_size)
        self._reading = self.engine.execution_options(**READ_ONLY)
        self._writing = RLock() if self.dialect == "sqlite" else None
        self._door = _door_engine(url) if self._writing is None else None

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @property
    def place(self) -> str:
        """Which database it is, for people: the full path of the file, or server and name."""
        url = self.engine.url
        if self.dialect == "sqlite":
            return str(Path(url.database or "").absolute())
        server = URL.create("postgresql", host=url.host, port=url.port, database=url.database)
        return server.render_as_string()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose changes are committed at the end, all or nothing."""
        with (
            self._turn() as engine,
            Session(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def accepting(self) -> Iterator[Connection]:
        """For one statement that is done within 2 s or not at all, since somebody waits for it.

        It has connections of its own: however many wait for the others, it does not.
        """
        with self._turn() as engine, (self._door or engine).begin() as connection:
            yield connection

    def knock(self) -> None:
        """Raises what whoever wanted to store something by `accepting` would meet now.

        Where that has no connections of its own, any transaction tells as much.
        """
        if self._door is not None:
            with self.accepting() as connection:
                connection.execute(_NOTHING)

    @contextmanager
    def _turn(self) -> Iterator[Engine]:
        """SQLite lets one write and has others ask again and again: our threads wait in line here.

        Raises OperationalError where the turn does not come as long as SQLite itself would wait.
        """
        if self._writing is None:
            yield self.engine
            return
        until = monotonic() + SQLITE_BUSY_MS / 1_000
        if not self._writing.acquire(timeout=SQLITE_BUSY_MS / 1_000):
            raise OperationalError("BEGIN IMMEDIATE", None, sqlite3.OperationalError(_LOCKED))
        try:
            left = max(1, int((until - monotonic()) * 1_000))
            is_late = left < SQLITE_BUSY_MS - SQLITE_LATE_MS
            yield self.engine.execution_options(**{_BUSY: left}) if is_late else self.engine
        finally:
            self._writing.release()

    @contextmanager
    def remembering(self, readers: Iterable[str]) -> Iterator[Session]:
        """A transaction in which the same is done for each of these people.

        No row that it has loaded is loaded once more, nor is what was read by `once`; and what is
        read `for_each` of them is read for all of them.
        """
        with self.transaction() as session:
            session.info[_READERS] = sorted(set(readers))
            with unchanging(session):
                yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads and takes no write lock."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    def refuse_unsafe(self) -> None:
        """Raises UnsafeDatabase where a commit would not survive a crash of the server."""
        if self.dialect != "postgresql":
            return
        with self.engine.connect() as connection:
            if connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "off":
                raise UnsafeDatabase(
                    "PostgreSQL runs with synchronous_commit=off: set it to on for this database."
                )

    def sweep(self) -> None:
        """Takes what was deleted out of SQLite's full-text indexes, which only mark it, too.

        And out of its log file, unless somebody is reading it.
        """
        if self.dialect == "sqlite":
            with self.engine.begin() as connection:
                for name in connection.scalars(_FULL_TEXT).all():
                    connection.exec_driver_sql(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 - ours
            with self.engine.connect() as connection:
                driver = connection.connection.driver_connection
                if driver is not None:
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()
        if self._door is not None:
            self._door.dispose()


def untangled(transaction: Callable[[], T]) -> T:
    """What a transaction returns; begun anew where it and others waited for each other's rows.

    PostgreSQL ends one of those that wait in a circle, and nothing of it counts. Raises
    OperationalError where that happens three times in a row.
    """
    for _ in range(TRIES_OF_DEADLOCKED - 1):
        try:
            return transaction()
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != DEADLOCK:
                raise
    return transaction()


def affected(session: Session, statement: Executable) -> int:
    """Executes an insert, update or delete and returns how many rows it touched."""
    options = {"synchronize_session": False, "preserve_rowcount": True}
    result = session.execute(statement, execution_options=options)
    return cast("CursorResult[Any]", result).rowcount


def storable(text: str) -> str:
    """Text that both databases can hold: NUL as its picture, lone surrogates replaced."""
    if text.isascii() and "\x00" not in text:
        return text
    return _SURROGATE.sub("\ufffd", text.replace("\x00", "\u2400"))


@contextmanager
def unchanging(session: Session) -> Iterator[None]:
    """While what is read stays the same: no row is loaded twice, nor is what is read by `once`."""
    if _READ in session.info:
        yield
        return
    loaded: list[object] = []

    def keep(_session: Session, row: object) -> None:
        loaded.append(row)

    session.info[_READ] = {}
    event.listen(session, "loaded_as_persistent", keep)
    try:
        yield
    finally:
        event.remove(session, "loaded_as_persistent", keep)
        del session.info[_READ]


def once(session: Session, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` returns; while that is unchanging, it is called once for each key."""
    memory: dict[Hashable, T] | None = session.info.get(_READ)
    if memory is None:
        return read()
    if key not in memory:
        memory[key] = read()
    return memory[key]


def lasting(session: Session, key: Hashable, read: Callable[[], T]) -> T:
    """What `read` returns, read once in a session until whoever changes it has it forgotten.

    For what hardly ever changes, and is asked for again and again: people, their leave, channels.
    """
    memory: dict[Hashable, T] = session.info.setdefault(_LASTING, {})
    if key not in memory:
        memory[key] = read()
    return memory[key]


def forget_lasting(session: Session, *keys: Hashable) -> None:
    """Has all of that read anew, or what was read under these keys: it was changed."""
    memory: dict[Hashable, Any] = session.info.get(_LASTING, {})
    for key in keys or list(memory):
        memory.pop(key, None)


def for_each(
    session: Session,
    key: Hashable,
    user_id: str,
    read: Callable[[Sequence[str]], Mapping[str, T]],
) -> T | None:
    """What is read for somebody; if they are one of many, by one statement for all of them.

    `read` gets ids of people and returns what it found, by id.
    """
    together = those_with(session, user_id)
    known = ("for each", key, *(together if len(together) == 1 else ()))
    return once(session, known, lambda: read(together)).get(user_id)


def those_with(session: Session, user_id: str) -> Sequence[str]:
    """All for each of whom the same is done, if somebody is one of them; else they alone."""
    readers: list[str] = session.info.get(_READERS, [])
    return readers if user_id in readers else [user_id]


def grouped(rows: Iterable[T], *, by: Callable[[T], K]) -> dict[K, list[T]]:
    """Rows by what they have in common, in their order."""
    found: dict[K, list[T]] = {}
    for row in rows:
        found.setdefault(by(row), []).append(row)
    return found


def insert_new(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts the rows whose keys are not there yet and returns how many were new."""
    if not rows:
        return 0
    # rows as parameters, not as values: the statement is made once, however many there are
    insert = _insert_new(table, session.get_bind().dialect.name)
    session.flush()
    found = session.connection().execute(insert, list(map(dict, rows)), execution_options=_COUNTED)
    return found.rowcount


@cache
def _insert_new(table: type[Base], dialect: str) -> Executable:
    insert: Executable = _INSERTS[dialect](table.__table__).on_conflict_do_nothing()
    return insert


def portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Values in portions that one statement can take: databases limit its parameters."""
    for start in range(0, len(values), PORTION):
        yield values[start : start + PORTION]


def upsert(
    session: Session, table: type[Base], values: Mapping[str, Any], *, keep: Iterable[str] = ()
) -> None:
    """Inserts a row, or overwrites the one with the same primary key except its `keep` columns."""
    key = [column.name for column in table.__mapper__.primary_key]
    fresh = {name: value for name, value in values.items() if name not in {*key, *keep}}
    statement = _dialect_insert(session)(table).values(**values)
    if fresh:
        statement = statement.on_conflict_do_update(index_elements=key, set_=fresh)
    else:
        statement = statement.on_conflict_do_nothing()
    session.execute(statement)


def _dialect_insert(session: Session) -> Any:
    return _INSERTS[session.get_bind().dialect.name]


_ALERT: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds
}
"""A server that has gone without a word is noticed within half a minute, not in two hours.

libpq's names; what the address of the database says itself goes before.
"""


def _engine(url: str, pool_size: int) -> Engine:
    """Up to twice as many connections: PostgreSQL's are kept, as each learns its statements anew.

    Those that were used last are used next: few have to know them.
    """
    if make_url(url).get_backend_name() == "sqlite":
        most = {"pool_size": pool_size, "max_overflow": pool_size}
        engine = create_engine(url, **most, hide_parameters=True)
        event.listen(engine, "do_connect", _make_private)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    asked = make_url(url).query
    told = {name: value for name, value in _ALERT.items() if name not in asked}
    return create_engine(
        url,
        pool_size=2 * pool_size,
        max_overflow=0,
        pool_use_lifo=True,
        pool_pre_ping=True,
        connect_args=told,
        hide_parameters=True,
    )


def _door_engine(url: str) -> Engine:
    """Connections to PostgreSQL on which nothing takes long; they are made when they are needed."""
    in_time = {"connect_timeout": DOOR_SECONDS, "tcp_user_timeout": DOOR_SECONDS * 1_000}
    engine = create_engine(
        url,
        pool_size=2,
        max_overflow=0,
        pool_timeout=DOOR_SECONDS,
        connect_args=in_time,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",  # a statement is a transaction; none waits for BEGIN, COMMIT
    )
    event.listen(engine, "connect", _hurry)
    return engine


def _hurry(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET statement_timeout = '{DOOR_SECONDS}s'")
    cursor.close()


def _make_private(
    _dialect: Dialect, _entry: ConnectionPoolEntry, args: Sequence[Any], _given: Mapping[str, Any]
) -> None:
    """SQLite would make a file that others may read; those beside it take over what it lets do."""
    with suppress(OSError):  # it is there, or cannot be made, which SQLite says itself
        os.close(os.open(args[0], os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # BEGIN is ours, below
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")  # first: the next may have to wait
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten, not only let go
    cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Switches a new file's mode: where two do so at once SQLite refuses one without waiting."""
    until, pause = monotonic() + SQLITE_BUSY_MS / 1_000, Event()
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if monotonic() >= until:
                raise
            pause.wait(SQLITE_PAUSE)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads, then writes, fails with "database is locked" as soon as
    # another one wrote in between; taking the write lock at once makes writers wait instead.
    options = connection.get_execution_options()
    if options.get("baton_read_only", False):
        connection.exec_driver_sql("BEGIN")
        return
    left = options.get(_BUSY)
    if left is None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout={left}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
