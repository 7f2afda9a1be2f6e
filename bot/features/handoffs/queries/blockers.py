"""Every statement on blockers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, or_, select, update

from bot.core import boards
from bot.core.db import affected, grouped, insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow, HandoffBlockerRow
from bot.features.handoffs.rules.blockers import Ended

Row = HandoffBlockerRow


@dataclass(frozen=True, slots=True)
class New:
    """A blocker to be noted."""

    key: str
    same: str
    channel_id: str
    blocked_id: str
    blocker_id: str
    what: str
    baton_id: UUID | None = None


def add(uow: UnitOfWork, new: New) -> HandoffBlockerRow | None:
    """Notes a blocker; None if it was noted by this key, or the same is open."""
    row_id = new_id()
    values = {
        "team_id": uow.team_id,
        "id": row_id,
        "key": new.key,
        "same": new.same,
        "channel_id": new.channel_id,
        "baton_id": new.baton_id,
        "blocked_id": new.blocked_id,
        "blocker_id": new.blocker_id,
        "what": new.what,
        "since": uow.now,
        "asker_id": "",
        "ended": Ended.NOT,
        "closed_by": "",
    }
    if insert_new(uow.session, HandoffBlockerRow, [values]) != 1:
        return None
    boards.touch(uow, [new.blocked_id, new.blocker_id])
    return get(uow, row_id)


def get(uow: UnitOfWork, blocker_id: UUID | None) -> HandoffBlockerRow | None:
    """The blocker with this id."""
    return uow.session.get(Row, (uow.team_id, blocker_id)) if blocker_id else None


def noted_by(uow: UnitOfWork, key: str) -> HandoffBlockerRow | None:
    """What was noted by this key, open or closed."""
    return uow.session.scalars(_where(uow, Row.key == key)).first()


def open_same(uow: UnitOfWork, same: str) -> HandoffBlockerRow | None:
    """The open blocker that says the same of the same two."""
    return uow.session.scalars(_open(uow, Row.same == same)).first()


def of_ask(uow: UnitOfWork, ask_id: UUID) -> Sequence[HandoffBlockerRow]:
    """Every blocker that this ask asks about, open or closed."""
    return uow.session.scalars(_where(uow, Row.ask_id == ask_id)).all()


def of_batons(
    uow: UnitOfWork, baton_ids: Iterable[UUID]
) -> Mapping[UUID, Sequence[HandoffBlockerRow]]:
    """What is in the way of these batons, by baton, the oldest first; none left out is blocked."""
    ids = list(baton_ids)
    if not ids:
        return {}
    found = uow.session.scalars(_open(uow, Row.baton_id.in_(ids)))
    return grouped((row for row in found if row.baton_id), by=lambda row: row.baton_id or row.id)


def open_of_blocked(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBlockerRow]:
    """What is in somebody's way, the oldest first."""

    def read(ids: Sequence[str]) -> Mapping[str, Sequence[HandoffBlockerRow]]:
        found = uow.session.scalars(_open(uow, Row.blocked_id.in_(ids)))
        return grouped(found, by=lambda row: row.blocked_id)

    return uow.for_reader("blockers", user_id, read) or ()


def open_of_blocker(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBlockerRow]:
    """Where somebody is in the way of others, the oldest first."""
    return uow.session.scalars(_open(uow, Row.blocker_id == user_id)).all()


def closed_for(uow: UnitOfWork, user_id: str, since: datetime) -> Sequence[HandoffBlockerRow]:
    """What somebody else closed since then that was in somebody's way."""

    def read(ids: Sequence[str]) -> Mapping[str, Sequence[HandoffBlockerRow]]:
        by_others = Row.closed_by.not_in(["", Row.blocked_id])
        closed = (Row.blocked_id.in_(ids), Row.closed_at >= since, by_others)
        found = uow.session.scalars(_where(uow, *closed).order_by(Row.closed_at, Row.id))
        return grouped(found, by=lambda row: row.blocked_id)

    return uow.for_reader(("blockers closed", since), user_id, read) or ()


def set_ask(uow: UnitOfWork, row: HandoffBlockerRow, ask_id: UUID, asker_id: str) -> None:
    """Notes which ask asks about it, and in whose name."""
    row.ask_id, row.asker_id, row.ended = ask_id, asker_id, Ended.NOT
    uow.session.flush()


def set_ended(uow: UnitOfWork, row: HandoffBlockerRow, ended: Ended) -> bool:
    """Notes how the ask of an open blocker ended; returns False if that is known."""
    return _change(uow, row, Row.closed_at.is_(None), Row.ended != ended, ended=ended)


def set_baton(uow: UnitOfWork, row: HandoffBlockerRow, baton_id: UUID) -> None:
    """Notes that it is in the way of this baton."""
    row.baton_id = baton_id
    uow.session.flush()


def close(uow: UnitOfWork, row: HandoffBlockerRow, by: str) -> bool:
    """It is in nobody's way any more; returns False if somebody was faster."""
    return _change(uow, row, Row.closed_at.is_(None), closed_at=uow.now, closed_by=by)


def reopen(uow: UnitOfWork, row: HandoffBlockerRow) -> bool:
    """It is in the way again; False: it is anyway, was noted anew, or its baton is done."""
    if row.closed_at is None or open_same(uow, row.same) is not None or _is_carried(uow, row):
        return False
    return _change(uow, row, Row.closed_at.is_not(None), closed_at=None, closed_by="")


def move(uow: UnitOfWork, row: HandoffBlockerRow, blocked_id: str, same: str) -> bool:
    """It is in somebody else's way now; False: the same is in theirs, or this one is closed."""
    if open_same(uow, same) is not None:
        return False
    boards.touch(uow, [blocked_id])
    return _change(uow, row, Row.closed_at.is_(None), blocked_id=blocked_id, same=same)


def of_person(uow: UnitOfWork, user_id: str) -> Sequence[HandoffBlockerRow]:
    """Everything in which somebody blocks, is blocked, or asked, by age."""
    rows = _where(uow, _concerns(user_id)).order_by(Row.since, Row.id)
    return uow.session.scalars(rows).all()


def forget_person(uow: UnitOfWork, user_id: str) -> int:
    """Deletes everything in which somebody blocks, is blocked, or asked; returns how many."""
    for row in of_person(uow, user_id):
        boards.touch(uow, [row.blocked_id, row.blocker_id])
    theirs = delete(Row).where(Row.team_id == uow.team_id, _concerns(user_id))
    closed = update(Row).where(Row.team_id == uow.team_id, Row.closed_by == user_id)
    count = affected(uow.session, theirs)
    return count + affected(uow.session, closed.values(closed_by=""))


def forget_old(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was closed before then; returns how many."""
    old = delete(Row).where(Row.team_id == uow.team_id, Row.closed_at < before)
    return affected(uow.session, old)


def _is_carried(uow: UnitOfWork, row: HandoffBlockerRow) -> bool:
    """Whether the baton that it was in the way of is done."""
    baton = uow.session.get(HandoffBatonRow, (uow.team_id, row.baton_id)) if row.baton_id else None
    return baton is not None and baton.closed_at is not None


def _change(
    uow: UnitOfWork, row: HandoffBlockerRow, *where: ColumnElement[bool], **values: Any
) -> bool:
    uow.session.flush()
    one = update(Row).where(Row.team_id == uow.team_id, Row.id == row.id, *where).values(**values)
    changed = affected(uow.session, one) == 1
    uow.session.refresh(row)
    if changed:
        boards.touch(uow, [row.blocked_id, row.blocker_id])
    return changed


def _where(uow: UnitOfWork, *where: ColumnElement[bool]) -> Select[HandoffBlockerRow]:
    return select(Row).where(Row.team_id == uow.team_id, *where)


def _open(uow: UnitOfWork, *where: ColumnElement[bool]) -> Select[HandoffBlockerRow]:
    return _where(uow, Row.closed_at.is_(None), *where).order_by(Row.since, Row.id)


def _concerns(user_id: str) -> ColumnElement[bool]:
    return or_(Row.blocked_id == user_id, Row.blocker_id == user_id, Row.asker_id == user_id)
