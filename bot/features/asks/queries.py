"""Every statement on the table of asks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.ids import new_id
from bot.core.message_store import StoredMessage
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks.models import AskRow
from bot.features.asks.rules import WAITING, State, states_before


def insert(
    uow: UnitOfWork,
    message: StoredMessage,
    answerer_id: str,
    asked_at: datetime,
    due_at: datetime,
) -> AskRow | None:
    """Opens an ask; None if this message asked this person before."""
    row_id = new_id()
    row = {
        "team_id": uow.team_id,
        "id": row_id,
        "channel_id": message.channel_id,
        "message_ts": message.ts,
        "root_ts": message.thread_root,
        "asker_id": message.user_id,
        "answerer_id": answerer_id,
        "state": State.OPEN,
        "asked_at": asked_at,
        "due_at": due_at,
        "nudge_at": due_at,
    }
    return get(uow, row_id) if insert_new(uow.session, AskRow, [row]) else None


def get(uow: UnitOfWork, ask_id: UUID) -> AskRow | None:
    """The ask with this id."""
    return uow.session.get(AskRow, (uow.team_id, ask_id))


def waiting_under(uow: UnitOfWork, channel_id: str, root_ts: str) -> Sequence[AskRow]:
    """The asks that an answer in this thread may close."""
    return _asks(uow, AskRow.channel_id == channel_id, AskRow.root_ts == root_ts, _WAITS)


def waiting_in(uow: UnitOfWork, channel_id: str, message_ts: str) -> Sequence[AskRow]:
    """The asks that this very message opened."""
    return _asks(uow, AskRow.channel_id == channel_id, AskRow.message_ts == message_ts, _WAITS)


def waiting_on(uow: UnitOfWork, user_id: str) -> Sequence[AskRow]:
    """What somebody is asked for, by due time."""
    return _asks(uow, AskRow.answerer_id == user_id, _WAITS)


def asked_by(uow: UnitOfWork, user_id: str) -> Sequence[AskRow]:
    """What somebody waits for, by due time."""
    return _asks(uow, AskRow.asker_id == user_id, _WAITS)


def answered_for(uow: UnitOfWork, user_id: str, since: datetime) -> Sequence[AskRow]:
    """Somebody's asks that were answered since then."""
    answered = (AskRow.state == State.ANSWERED) & (AskRow.closed_at >= since)
    return _asks(uow, AskRow.asker_id == user_id, answered)


def to_nudge(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, ask) of the asks to remind of, the longest overdue first."""
    due = select(AskRow.team_id, AskRow.id).where(AskRow.nudge_at <= now)
    return session.execute(due.order_by(AskRow.nudge_at).limit(limit)).all()


def move(uow: UnitOfWork, ask: AskRow, to: State, **values: datetime | None) -> bool:
    """Takes a step of the table of transitions; returns False if somebody was faster."""
    step = (
        update(AskRow)
        .where(
            AskRow.team_id == uow.team_id,
            AskRow.id == ask.id,
            AskRow.state.in_(states_before(to)),
        )
        .values(state=to, **values)
    )
    moved = affected(uow.session, step) == 1
    uow.session.refresh(ask)
    return moved


def of_person(uow: UnitOfWork, user_id: str) -> Sequence[AskRow]:
    """Everything that somebody asked for or was asked for, by due time."""
    return _asks(uow, _concerns(user_id))


def forget_person(uow: UnitOfWork, user_id: str) -> int:
    """Deletes what somebody asked for or was asked for; returns how many."""
    theirs = delete(AskRow).where(AskRow.team_id == uow.team_id, _concerns(user_id))
    return affected(uow.session, theirs)


def forget_old(uow: UnitOfWork, before: datetime) -> int:
    """Deletes what was asked before then; returns how many."""
    old = (AskRow.team_id == uow.team_id) & (AskRow.asked_at < before)
    return affected(uow.session, delete(AskRow).where(old))


_WAITS: ColumnElement[bool] = AskRow.state.in_(WAITING)


def _asks(uow: UnitOfWork, *where: ColumnElement[bool]) -> Sequence[AskRow]:
    rows = select(AskRow).where(AskRow.team_id == uow.team_id, *where)
    return uow.session.scalars(rows.order_by(AskRow.due_at, AskRow.id)).all()


def _concerns(user_id: str) -> ColumnElement[bool]:
    return or_(AskRow.asker_id == user_id, AskRow.answerer_id == user_id)
