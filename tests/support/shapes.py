"""What a database says of its own tables, at whatever revision it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from sqlalchemy import Connection

from bot.core.db import Database

Columns: TypeAlias = Mapping[str, Sequence[str]]
OTHERS: Final = re.compile(
    r"alembic_version|sqlite_|decision_search"
)  # Alembic's, SQLite's, FTS5's

_COLUMNS: Final = {
    "sqlite": """
        SELECT m.name, c.name, lower(c.type), NOT c."notnull"
        FROM sqlite_master m, pragma_table_info(m.name) c
        WHERE m.type = 'table' ORDER BY m.name, c.cid""",
    "postgresql": """
        SELECT t.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
        FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid AND t.relkind = 'r'
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        WHERE a.attnum > 0 AND NOT a.attisdropped ORDER BY t.relname, a.attnum""",
}
_KEYS: Final = {
    "sqlite": """
        SELECT m.name, i.name, c.name
        FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
        WHERE m.type = 'table' AND i."unique" ORDER BY m.name, i.name, c.seqno""",
    "postgresql": """
        SELECT t.relname, x.relname, a.attname
        FROM pg_index i
        JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
        WHERE i.indisunique ORDER BY t.relname, x.relname, array_position(i.indkey, a.attnum)""",
}
_INDEXES: Final = {
    "sqlite": "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the database names its type."""

    type: str
    is_nullable: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table's columns, the sets of columns that are unique, and how its indexes were made."""

    columns: dict[str, Column] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    indexes: set[str] = field(default_factory=set)


Shape: TypeAlias = Mapping[str, Table]


def shape_of(database: Database) -> Shape:
    """Every table of ours."""
    with database.engine.connect() as connection:
        return _read(connection, database.dialect)


def columns_of(shape: Shape) -> Columns:
    """The names of all columns, by table."""
    return {name: sorted(table.columns) for name, table in shape.items()}


def shared(one: Shape, other: Shape) -> Columns:
    """The names of the columns that both have, by table that both have."""
    return {
        name: sorted(one[name].columns.keys() & other[name].columns.keys())
        for name in sorted(one.keys() & other.keys())
    }


def _read(connection: Connection, dialect: str) -> Shape:
    found: dict[str, Table] = {}
    for table, name, kind, is_nullable in connection.exec_driver_sql(_COLUMNS[dialect]):
        if not OTHERS.match(table):
            column = Column(kind, bool(is_nullable))
            found.setdefault(table, Table()).columns[name] = column
    for table, index, name in connection.exec_driver_sql(_KEYS[dialect]):
        if table in found:
            found[table].keys.setdefault(index, []).append(name)
    for table, definition in connection.exec_driver_sql(_INDEXES[dialect]):
        if table in found:
            found[table].indexes.add(" ".join(definition.replace('"', "").split()))
    return found
