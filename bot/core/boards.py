"""The board on everybody's App Home: what features put there, and when it has to be drawn anew."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    Update,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.blocks import Block, Element, section
from bot.core.db import Base, UtcDateTime, affected, insert_new
from bot.core.people import Person
from bot.core.render import Mrkdwn, mrkdwn
from bot.core.unit_of_work import EVERYBODY, UnitOfWork

LOOKED_AT: Final = timedelta(hours=24)
"""Who opened theirs longer ago gets a fresh one when they open it again."""
KEPT_FOR: Final = timedelta(days=90)
LEASE: Final = timedelta(minutes=1)
FEW: Final = 5
"""So many rows of a section stand on the front of a board."""


class BoardPart(IntEnum):
    """The parts of a board, in the order in which they are read."""

    STANDING = 0  # that Baton is paused, or leaves its owner alone
    WAITS = 1  # what waits on its owner
    WAITING = 2  # what its owner waits for
    BATONS = 3  # what was handed over
    PROPOSALS = 4
    ON_CALL = 5
    DECISIONS = 6
    SETTINGS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a board, and what can be done about it."""

    text: Mrkdwn
    accessory: Element | None = None


@dataclass(frozen=True, slots=True)
class BoardSection:
    """What a feature puts on somebody's board.

    `name` tells it from all others. Without a `title` it has no heading. `empty` is said where
    nothing is in its whole part; without it an empty section is left out. `elements` are the
    buttons below, `notes` the small print. `is_counted`: its rows count in the line on top.
    """

    name: str
    part: BoardPart
    title: str
    rows: Sequence[Row] = ()
    empty: Mrkdwn | None = None
    elements: Sequence[Element] = ()
    notes: Sequence[Mrkdwn] = ()
    is_counted: bool = True


HomeSource: TypeAlias = Callable[[UnitOfWork, Person], BoardSection | Sequence[BoardSection] | None]


class BoardRow(Base):
    """Whose App Home was opened, and what it shows.

    `since`: opened for the first time. `place` is the section and page that is open. `shown` is the
    hash of what was drawn last; empty: nobody knows. `touched` counts the changes of what it shows.
    """

    __tablename__ = "boards"
    __table_args__ = (
        Index(
            "ix_boards_stale_since",
            "stale_since",
            sqlite_where=text("stale_since IS NOT NULL"),
            postgresql_where=text("stale_since IS NOT NULL"),
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[datetime]
    opened_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(80), default="")
    shown: Mapped[str] = mapped_column(String(64), default="")
    shown_at: Mapped[datetime]
    touched: Mapped[int] = mapped_column(default=0)
    stale_since: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of drawing a board: its hash, the page that is open, and if that was published."""

    shown: str
    place: str
    is_opened: bool
    is_published: bool


def rows(shown: BoardSection, start: int = 0, most: int = FEW) -> list[Block]:
    """Rows of a section, each with its menu or button beside it."""
    return [section(row.text, accessory=row.accessory) for row in shown.rows[start : start + most]]


def heading(shown: BoardSection, *, accessory: Element | None = None) -> Block:
    """The title of a section and how many rows it has."""
    count = f" ({len(shown.rows)})" if shown.rows else ""
    title = mrkdwn("*{title}*{count}", title=shown.title, count=count)
    return section(title, accessory=accessory)


def touch(uow: UnitOfWork, user_ids: Iterable[str]) -> None:
    """Notes that what these people's boards show is different now; empty ids are passed over.

    Those who looked at theirs lately have it drawn anew soon after this unit of work.
    """
    uow.touched.update(filter(None, user_ids))


def touch_all(uow: UnitOfWork) -> None:
    """Notes that what everybody's board shows may be different now."""
    uow.touched.add(EVERYBODY)


def mark(uow: UnitOfWork) -> None:
    """Marks as stale what was touched, as the last thing in a unit of work.

    Boards are locked after everything else and in order, so that no two wait for each other.
    """
    if not uow.touched:
        return
    given = {"of": uow.team_id, "now": uow.now, "lately": uow.now - LOOKED_AT}
    is_everybody = EVERYBODY in uow.touched
    theirs = {} if is_everybody else {"user_ids": sorted(uow.touched)}
    uow.session.flush()
    statement = _MARK_ALL if is_everybody else _MARK
    uow.session.connection().execute(statement, given | theirs)


def _mark(*, everybody: bool) -> Update:
    boards: Any = BoardRow.__table__
    columns = boards.c
    theirs = select(columns.user_id).where(
        columns.team_id == bindparam("of"), columns.opened_at > bindparam("lately")
    )
    if not everybody:
        theirs = theirs.where(columns.user_id.in_(bindparam("user_ids", expanding=True)))
    in_order = theirs.order_by(columns.user_id).with_for_update()
    stale = update(boards).where(
        columns.team_id == bindparam("of"), columns.user_id.in_(in_order.scalar_subquery())
    )
    since = func.coalesce(columns.stale_since, bindparam("now", type_=UtcDateTime()))
    return stale.values(touched=columns.touched + 1, stale_since=since)


_MARK_ALL: Final = _mark(everybody=True)
_MARK: Final = _mark(everybody=False)


def find(uow: UnitOfWork, user_id: str) -> BoardRow | None:
    """What is known of somebody's board; None: they never opened it."""
    row = select(BoardRow).where(BoardRow.team_id == uow.team_id, BoardRow.user_id == user_id)
    return uow.session.scalar(row.execution_options(populate_existing=True))


def turn(uow: UnitOfWork, user_id: str, place: str) -> None:
    """Notes which section and page somebody looks at; empty: the front."""
    _change(uow, user_id, place=place)


def note(uow: UnitOfWork, user_id: str, drawn: Drawn, seen: int) -> None:
    """Notes what somebody's board shows. It is stale still if it was touched after it was `seen`.

    Call it last in a unit of work.
    """
    first = {
        "team_id": uow.team_id,
        "user_id": user_id,
        "since": uow.now,
        "opened_at": uow.now,
        "place": drawn.place,
        "shown": drawn.shown,
        "shown_at": uow.now,
        "touched": 0,
    }
    if drawn.is_opened and insert_new(uow.session, BoardRow, [first]):
        return
    is_current = BoardRow.touched == seen
    values: dict[str, object] = {
        "place": drawn.place,
        "shown": drawn.shown,
        "stale_since": case((is_current, None), else_=func.coalesce(BoardRow.stale_since, uow.now)),
        "leased_until": None,
    }
    values |= {"opened_at": uow.now} if drawn.is_opened else {}
    values |= {"shown_at": uow.now} if drawn.is_published else {}
    _change(uow, user_id, **values)


def forget_shown(uow: UnitOfWork, user_id: str) -> None:
    """What was drawn last did not get to somebody's App Home; it is drawn when they open it."""
    _change(uow, user_id, shown="")


def forget_old(uow: UnitOfWork) -> int:
    """Deletes what was known of boards that nobody opened for long; returns how many."""
    old = BoardRow.opened_at < uow.now - KEPT_FOR
    return affected(uow.session, delete(BoardRow).where(BoardRow.team_id == uow.team_id, old))


def forget(uow: UnitOfWork, user_id: str) -> None:
    """Deletes what is known of somebody's board."""
    theirs = delete(BoardRow).where(BoardRow.team_id == uow.team_id, BoardRow.user_id == user_id)
    uow.session.execute(theirs)


def stale_in(session: Session, *, now: datetime) -> Sequence[str]:
    """The workspaces in which boards have to be drawn anew; `now` is the machine's clock."""
    return session.scalars(select(BoardRow.team_id).where(*_to_draw(now)).distinct()).all()


def claim(session: Session, team_id: str, *, now: datetime, limit: int) -> list[str]:
    """Whose boards of a workspace one process is to draw anew, the longest stale first.

    `now` is the machine's clock. One that is not drawn within a minute is claimed again.
    """
    stale = (
        select(BoardRow)
        .where(BoardRow.team_id == team_id, *_to_draw(now))
        .order_by(BoardRow.stale_since, BoardRow.user_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = session.scalars(stale).all()
    for row in found:
        row.leased_until = now + LEASE
    return [row.user_id for row in found]


def _to_draw(now: datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(BoardRow.leased_until.is_(None), BoardRow.leased_until < now)
    return BoardRow.stale_since.is_not(None), free


def _change(uow: UnitOfWork, user_id: str, **values: object) -> None:
    one = update(BoardRow).where(BoardRow.team_id == uow.team_id, BoardRow.user_id == user_id)
    uow.session.execute(one.values(values), execution_options={"synchronize_session": False})
