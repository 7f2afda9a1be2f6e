"""What is kept of people: each part of the house says what, how long, and how to get it back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Delete, delete, select, tuple_
from sqlalchemy.orm import Session

from bot.core import workspaces
from bot.core.db import Base, affected
from bot.core.installations import GenerationRow, InstallationRow
from bot.core.oauth_states import OAuthStateRow
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import WorkspaceRow

Record: TypeAlias = dict[str, Any]
"""One thing that is kept, as plain data with names that people understand."""

BORING: Final = frozenset({"team_id", "id"})
LEAVE: Final = frozenset({WorkspaceRow, InstallationRow, GenerationRow, OAuthStateRow})
"""The tables that say by whose leave Baton is where."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One topic of what is kept, in which tables, and what can be done about it.

    `what` and `how_long` are words for `/baton privacy`; `stays` says what erasing leaves, and why.
    `purge` takes the days for which texts are kept. `warning` says what erasing would stop. A
    `trace` holds nobody's words and nothing that people would ask about.
    """

    name: str
    what: str
    how_long: str
    tables: tuple[type[Base], ...]
    export: Callable[[UnitOfWork, str], list[Record]]
    erase: Callable[[UnitOfWork, str], int]
    purge: Callable[[UnitOfWork, int], int] | None = None
    stays: str = ""
    warning: Callable[[UnitOfWork, str], str] | None = None
    is_trace: bool = False


def rows(
    name: str,
    table: type[Base],
    person: Any,
    *,
    what: str,
    how_long: str,
    purge: Callable[[UnitOfWork, int], int] | None = None,
    is_trace: bool = False,
) -> Kept:
    """A table whose rows are somebody's own: exported as they are, and deleted."""

    def theirs(uow: UnitOfWork, user_id: str) -> ColumnElement[bool]:
        found: ColumnElement[bool] = (_team(table) == uow.team_id) & (person == user_id)
        return found

    def export(uow: UnitOfWork, user_id: str) -> list[Record]:
        found = uow.session.scalars(select(table).where(theirs(uow, user_id)))
        return [as_data(row, leave_out={person.key}) for row in found]

    def erase(uow: UnitOfWork, user_id: str) -> int:
        return affected(uow.session, delete(table).where(theirs(uow, user_id)))

    return Kept(name, what, how_long, (table,), export, erase, purge, is_trace=is_trace)


def nothing_of(name: str, what: str, *tables: type[Base]) -> Kept:
    """Tables in which nothing is about a person; they go with the workspace."""
    return Kept(
        name,
        what,
        "as long as I am installed",
        tables,
        lambda _uow, _id: [],
        lambda _uow, _id: 0,
        is_trace=True,
    )


def as_data(row: Base, *, leave_out: Iterable[str] = ()) -> Record:
    """A row as plain data, without ids of ours and what is empty."""
    hidden = {*BORING, *leave_out}
    values = {column.key: getattr(row, column.key) for column in row.__mapper__.column_attrs}
    return {
        name: plain(value)
        for name, value in values.items()
        if name not in hidden and value not in (None, "")
    }


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    match value:
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def exported(uow: UnitOfWork, kept: Iterable[Kept], user_id: str) -> dict[str, list[Record]]:
    """Everything that is kept of somebody, by topic; topics without anything are left out."""
    found = {each.name: each.export(uow, user_id) for each in kept}
    return {name: records for name, records in found.items() if records}


def erase(uow: UnitOfWork, kept: Sequence[Kept], user_id: str) -> dict[str, int]:
    """Deletes what is kept of somebody, at once; returns how many things of each topic."""
    workspaces.hold(uow.session, uow.team_id, alone=True)
    done = {}
    for each in kept:
        done[each.name] = each.erase(uow, user_id)
        uow.session.flush()
    uow.session.expire_all()
    return {name: count for name, count in done.items() if count}


def erase_workspace(uow: UnitOfWork, kept: Iterable[Kept]) -> dict[str, int]:
    """Deletes every row of a workspace; returns how many of each topic."""
    done: dict[str, int] = {}
    for each in kept:
        counts = [
            affected(uow.session, delete(table).where(_team(table) == uow.team_id))
            for table in each.tables
        ]
        done[each.name] = sum(counts)
    return {name: count for name, count in done.items() if count}


def erase_portion(
    session: Session, team_id: str, kept: Iterable[Kept], *, most: int
) -> dict[str, int]:
    """Deletes up to `most` rows of a workspace; returns how many of each topic.

    By whose leave Baton was there is left.
    """
    done: dict[str, int] = {}
    for each in kept:
        for table in each.tables:
            if table not in LEAVE:
                left = most - sum(done.values())
                count = affected(session, _some_of(table, team_id, left))
                done[each.name] = done.get(each.name, 0) + count
            if sum(done.values()) >= most:
                return done
    return {name: count for name, count in done.items() if count}


def _some_of(table: type[Base], team_id: str, most: int) -> Delete:
    key = tuple_(*table.__mapper__.primary_key)
    some = select(*table.__mapper__.primary_key).where(_team(table) == team_id).limit(most)
    return delete(table).where(key.in_(some))


def warnings(uow: UnitOfWork, kept: Iterable[Kept], user_id: str) -> list[str]:
    """What would stop if somebody had themselves erased, a sentence each."""
    told = [each.warning(uow, user_id) for each in kept if each.warning]
    return [sentence for sentence in told if sentence]


def counted(counts: Mapping[str, int]) -> str:
    """Counts by topic in one line."""
    return ", ".join(f"{name}: {count}" for name, count in counts.items()) or "nothing"


def _team(table: type[Base]) -> Any:
    return table.__mapper__.columns["team_id"]
