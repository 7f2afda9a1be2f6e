"""Rows for whatever tables there are: made from the columns' names and types, the same every time.

Rows of the same number fit together across tables: the same people, channels, times and ids.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, Final, TypeAlias, cast
from uuid import UUID

from sqlalchemy import Connection

from bot.core.db import Database
from tests.support.shapes import Columns, Shape, Table

Fixed: TypeAlias = Callable[[int, frozenset[str]], dict[str, Any]]

NOON: Final = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
BATCH: Final = 5_000
BEYOND: Final = 10_000_000
"""A number after which no row was made."""

TEAMS, PEOPLE, CHANNELS = 3, 500, 60
TEXTS: Final = (
    "Can we ship the export on Thursday? <@U00000A>",
    'Größe, naïve, 日本語, עברית 🚀\n> zitiert; it\'s "quoted", 100 % \\ done',
    "D-12: we keep UTC everywhere",
    "a",
)
OPAQUE: Final = ("uuid", "char(32)")
CARRIERS: Final = ("id", "ts", "token", "key", "digest", "trigger", "who", "login", "execution")


def fill(database: Database, shape: Shape, counts: Mapping[str, int], *, after: int = 0) -> None:
    """Puts so many rows into each of these tables; their numbers begin after `after`."""
    with database.engine.begin() as connection:
        for name, count in counts.items():
            columns = list(shape[name].columns)
            values = _rows(name, shape[name], database.dialect, range(after, after + count))
            _insert(connection, database.dialect, name, columns, values)


def empty_ones(database: Database, shape: Shape) -> set[str]:
    """The tables without a row."""
    asks = (f"SELECT '{name}' WHERE NOT EXISTS (SELECT 1 FROM {name})" for name in shape)  # noqa: S608 - ours
    with database.engine.connect() as connection:
        return {name for ask in asks for (name,) in connection.exec_driver_sql(ask)}


def digests(database: Database, columns: Columns) -> dict[str, tuple[int, int]]:
    """How many rows each table has, and a hash of what stands in these columns, in any order."""
    with database.engine.connect() as connection:
        if database.dialect == "postgresql":
            return _hashed_there(connection, columns)
        return {name: _hashed_here(connection, name, names) for name, names in columns.items()}


def _hashed_there(connection: Connection, columns: Columns) -> dict[str, tuple[int, int]]:
    selects = (
        f"SELECT '{name}', count(*), "  # noqa: S608 - names of ours
        f"coalesce(sum(hashtextextended(ROW({', '.join(map(_quoted, names))})::text, 0)), 0) "
        f"FROM {name}"
        for name, names in columns.items()
    )
    statement = " UNION ALL ".join(selects)
    rows = connection.exec_driver_sql(statement).all() if statement else []
    return {name: (count, int(total)) for name, count, total in rows}


def _hashed_here(connection: Connection, table: str, names: Sequence[str]) -> tuple[int, int]:
    rows = connection.exec_driver_sql(f"SELECT {', '.join(map(_quoted, names))} FROM {table}")  # noqa: S608 - as above
    hashes = [hash(tuple(row)) for row in rows]
    return len(hashes), sum(hashes)


def _insert(
    connection: Connection, dialect: str, table: str, columns: Sequence[str], rows: Iterator[Any]
) -> None:
    names = ", ".join(map(_quoted, columns))
    cursor = connection.connection.cursor()
    if dialect == "postgresql":
        with cast("Any", cursor).copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    marks = ", ".join("?" * len(columns))
    while some := list(islice(rows, BATCH)):
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", some)  # noqa: S608 - as above


def _quoted(name: str) -> str:
    return f'"{name}"'


def _rows(name: str, table: Table, dialect: str, numbers: range) -> Iterator[tuple[Any, ...]]:
    carriers = {_carrier(table, key) for key in table.keys.values()}
    fixed, names = FIXED.get(name), frozenset(table.columns)
    for number in numbers:
        row = {
            column: _value(column, kind.type, number, is_carrier=column in carriers)
            if not kind.is_nullable or number % 3 or column in carriers
            else None
            for column, kind in table.columns.items()
        }
        row |= fixed(number, names) if fixed else {}
        yield tuple(_stored(row[each], dialect) for each in table.columns)


def _carrier(table: Table, key: Sequence[str]) -> str:
    """Which column of a unique key differs in each row; the others repeat as they do in life."""

    def rank(name: str) -> tuple[bool, bool, bool, bool]:
        kind = table.columns[name].type
        is_opaque = kind.startswith(OPAQUE) or name.rpartition("_")[2] in CARRIERS
        is_place = name in {"team_id", "channel_id"}
        return (is_opaque and not is_place, "date" in kind or "int" in kind, not is_place, True)

    return max(key, key=rank)


def _value(name: str, kind: str, number: int, *, is_carrier: bool) -> Any:  # noqa: PLR0911 - one for each type
    match kind.partition("(")[0]:
        case "uuid" | "char":
            return UUID(int=0x0198_C0DE_0000_7000_8000_0000_0000_0000 + number)
        case "boolean":
            return number % 2 == 0
        case "datetime" | "timestamp with time zone":
            return NOON - timedelta(seconds=number % 40_000_000, microseconds=number % 7)
        case "date":
            return date(2000, 1, 1) + timedelta(days=number if is_carrier else number % 300)
        case "integer" | "bigint" | "smallint":
            return number + 1 if is_carrier else number % 50 + 1
        case "json":
            return {"n": number, "said": TEXTS[number % len(TEXTS)]} if number % 4 else []
        case "blob" | "bytea":
            return f'{{"event": {number}}}'.encode()
        case "varchar" | "character varying" | "text":
            return _text(name, kind, number, is_carrier=is_carrier)
    raise AssertionError(f"no value for {name} {kind}")


def _text(name: str, kind: str, number: int, *, is_carrier: bool) -> str:
    if name == "team_id":
        return f"T{number if is_carrier else number % TEAMS:07}"
    if name == "channel_id":
        return f"C{number if is_carrier else number % CHANNELS:07}"
    if name.endswith(("_ts", "user_id", "_by")) or name == "ts":
        is_ts = name.endswith("ts")
        person = f"U{number if is_carrier else number % PEOPLE:07}"
        return f"{1_759_000_000 + number}.{number % 1_000_000:06}" if is_ts else person
    if "(" not in kind:
        return f"{TEXTS[number % len(TEXTS)]} {number}"
    length = int(kind.partition("(")[2].rstrip(")"))
    return f"{number}-{name}"[:length] if is_carrier else f"{name} {number % 90}"[:length]


def _stored(value: Any, dialect: str) -> Any:
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return value if dialect == "postgresql" else _in_sqlite(value)


def _in_sqlite(value: Any) -> Any:
    match value:
        case UUID():
            return value.hex
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S.%f")
        case date():
            return value.isoformat()
        case _:
            return value


def _of(values: Sequence[str], number: int) -> str:
    return values[number % len(values)]


def _ask(number: int, columns: frozenset[str]) -> dict[str, Any]:
    if "clock_from" not in columns:
        return {"state": _of(("open", "overdue", "answered", "withdrawn"), number)}
    states = ("open", "due_soon", "overdue", "accepted", "answered", "delegated", "expired")
    place = {"message_ts": ""} if number % 9 == 0 else {}  # sent directly
    if number % 7 == 0:  # came back to whoever passed it on
        place = {"team_id": "T0000001", "channel_id": "C0000001", "answerer_id": "U0000001"}
        place |= {"message_ts": "1759000000.000001"}
    return {"state": _of(states, number)} | place


def _setting(number: int, columns: frozenset[str]) -> dict[str, Any]:
    del columns
    kind = number % 3
    if kind == 0:
        value = json.dumps(number % 2 == 0)
        return {"layer": "person", "key": "coach.hints", "value": value, "scope_id": f"U{number}"}
    key, value = ("asks.answer_within", json.dumps(number % 5 + 1))
    if kind == 1:
        key, value = ("coach.mode", json.dumps("on"))
    return {"layer": "channel", "key": key, "value": value, "scope_id": f"C{number}"}


def _page(number: int, columns: frozenset[str]) -> dict[str, Any]:
    state = _of(("open", "acknowledged"), number)
    if "target" in columns:
        state = _of(("open", "exhausted", "acknowledged", "resolved"), number)
    at = None if state in {"open", "exhausted"} else NOON + timedelta(seconds=number)
    row = {"state": state, "acknowledged_at": at}
    return row | ({"target": f"person:U{number % PEOPLE:07}"} if "target" in columns else {})


def _workspace(number: int, columns: frozenset[str]) -> dict[str, Any]:
    """One that is over and waits to be deleted keeps the tables from going down."""
    del number
    return dict.fromkeys(columns & {"ended_at", "erase_at"})


def _digest(number: int, columns: frozenset[str]) -> dict[str, Any]:
    del columns
    return {"state": _of(("sent", "skipped"), number)}


def _hint(number: int, columns: frozenset[str]) -> dict[str, Any]:
    """From the time on when a thread can have several, every other message has two."""
    if "root_ts" not in columns:
        return {}
    ts = f"{1_759_000_000 + number // 2}.000000"
    place = {"team_id": f"T{number // 2 % TEAMS:07}", "channel_id": f"C{number // 2 % CHANNELS:07}"}
    return place | {"ts": ts, "root_ts": ts, "rule": f"rule {number % 2}"}


def _decision(number: int, columns: frozenset[str]) -> dict[str, Any]:
    """From the time on when they can stand outside of a thread, one in five does."""
    row = {"root_ts": ""} if "version" in columns and number % 5 == 0 else {}
    if "search_title" in columns:
        row |= {"search_title": f"d{number} | tag", "search_text": f"d{number} tag words"}
    return row


def _layer(number: int, columns: frozenset[str]) -> dict[str, Any]:
    del columns
    return {"team_id": f"T{number:07}", "position": 0, "members": f'["U{number % PEOPLE:07}"]'}


def _rotation(number: int, columns: frozenset[str]) -> dict[str, Any]:
    """Every other one is its workspace's first, which has no name."""
    del columns
    name = "" if number % 2 else f"rotation {number}"
    return {"team_id": f"T{number:07}", "name": name, "deleted_at": None}


FIXED: Final[Mapping[str, Fixed]] = {
    "agreement_settings": _setting,
    "asks": _ask,
    "coach_hints": _hint,
    "decisions": _decision,
    "digests": _digest,
    "pages": _page,
    "rotation_layers": _layer,
    "rotations": _rotation,
    "workspaces": _workspace,
}
"""What generated words would not do for: what a migration looks at."""
