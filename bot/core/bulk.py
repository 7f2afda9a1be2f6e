"""Inserts of many rows as few statements, which are made once and then only filled in."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Dialect, LargeBinary, String
from sqlalchemy.types import TypeEngine

from bot.core.db import Base

Row: TypeAlias = Sequence[Any]
Bound: TypeAlias = Callable[[Any], Any] | None

SIZES: Final = (64, 32, 16, 8, 4, 2, 1)
"""Rows of one statement on SQLite: few sizes, so that few statements are made."""
_UNLESS_THERE: Final = "ON CONFLICT DO NOTHING"


class BulkInsert:
    """Inserts rows of one table, but for those whose keys are there.

    `columns` are those that a row gives, in its order; `same` are the SQL literals of the others.
    On PostgreSQL it is a single statement, however many rows there are.
    """

    def __init__(self, table: type[Base], columns: Sequence[str], **same: str) -> None:
        self._table, self._columns, self._same = table, tuple(columns), same
        self._head = f"INSERT INTO {table.__tablename__} ({', '.join((*columns, *same))})"
        self._values, self._arrays = cache(self._values_of), cache(self._arrays_of)
        self._bounds = cache(self._bounds_of)

    def run(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Inserts the rows, and returns how many were new."""
        if not rows:
            return 0
        dialect = connection.dialect
        given = zip(zip(*rows, strict=True), self._bounds(dialect), strict=True)
        columns = [_written(values, bound) for values, bound in given]
        if dialect.name == "postgresql":
            arrays = {name: list(each) for name, each in zip(self._columns, columns, strict=True)}
            return connection.exec_driver_sql(self._arrays(dialect), arrays).rowcount
        new = 0
        for some in _parts(list(zip(*columns, strict=True))):
            values = tuple(value for row in some for value in row)
            new += connection.exec_driver_sql(self._values(len(some)), values).rowcount
        return new

    def _bounds_of(self, dialect: Dialect) -> Sequence[Bound]:
        """How each column's values are written; None: as they are."""
        types = (self._table.__table__.c[name].type for name in self._columns)
        return [_bound_of(each, dialect) for each in types]

    def _values_of(self, size: int) -> str:
        row = ", ".join("?" for _ in self._columns)
        same = "".join(f", {each}" for each in self._same.values())
        return f"{self._head} VALUES {', '.join([f'({row}{same})'] * size)} {_UNLESS_THERE}"

    def _arrays_of(self, dialect: Dialect) -> str:
        types = {each: self._table.__table__.c[each].type for each in self._columns}
        arrays = ", ".join(f"%({each})b::{_free(kind, dialect)}[]" for each, kind in types.items())
        found = ", ".join((*self._columns, *self._same.values()))
        given = f"unnest({arrays}) AS given ({', '.join(self._columns)})"
        return f"{self._head} SELECT {found} FROM {given} {_UNLESS_THERE}"  # noqa: S608 - ours


def _bound_of(kind: TypeEngine[Any], dialect: Dialect) -> Bound:
    """Bytes go to both drivers as they are."""
    if isinstance(kind, LargeBinary):
        return None
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _written(values: Sequence[Any], bound: Bound) -> Sequence[Any]:
    """A column's values as they are written; most often all rows were stored at one instant."""
    if bound is None:
        return values
    first = values[0]
    if all(each is first for each in values):
        return [bound(first)] * len(values)
    return [bound(each) for each in values]


def _free(kind: TypeEngine[Any], dialect: Dialect) -> str:
    """A type without its length: naming one would cut off what an insert refuses."""
    return "TEXT" if isinstance(kind, String) else kind.compile(dialect)


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Rows in parts of the sizes there are, the largest first."""
    start = 0
    for size in SIZES:
        while len(rows) - start >= size:
            yield rows[start : start + size]
            start += size
