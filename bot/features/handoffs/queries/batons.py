"""Every statement on batons and what happened to them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, grouped, insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow, HandoffStepRow
from bot.features.handoffs.rules.batons import may_become
from bot.features.handoffs.rules.items import OPEN, State, StepKind


def add(uow: UnitOfWork, key: str, values: Mapping[str, Any]) -> HandoffBatonRow | None:
    """Opens a baton with this key; None if there is an open one."""
    baton_id = new_id()
    row = {"team_id": uow.team_id, "id": baton_id, "key": key, "made_at": uow.now, **values}
    return get(uow, baton_id) if insert_new(uow.session, HandoffBatonRow, [row]) else None


def get(uow: UnitOfWork, baton_id: UUID, *, lock: bool = False) -> HandoffBatonRow | None:
    """The baton with this id; with a `lock` nobody else moves it meanwhile."""
    place = (uow.team_id, baton_id)
    return uow.session.get(HandoffBatonRow, place, with_for_update=lock, populate_existing=lock)


def open_with(uow: UnitOfWork, key: str) -> HandoffBatonRow | None:
    """The open baton with this key; nobody else moves it meanwhile."""
    row = select(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id,
        HandoffBatonRow.key == key,
        HandoffBatonRow.closed_at.is_(None),
    )
    locked = row.with_for_update().execution_options(populate_existing=True)
    return uow.session.scalars(locked).first()


def hold_with(uow: UnitOfWork, keys: Sequence[str]) -> None:
    """Nobody else moves the open batons with these keys meanwhile; locked in one order."""
    rows = select(HandoffBatonRow.id).where(
        HandoffBatonRow.team_id == uow.team_id,
        HandoffBatonRow.key.in_(keys),
        HandoffBatonRow.closed_at.is_(None),
    )
    uow.session.execute(rows.order_by(HandoffBatonRow.id).with_for_update())


def asking(uow: UnitOfWork, ask_id: UUID) -> HandoffBatonRow | None:
    """The baton that was returned with this ask; nobody else moves it meanwhile."""
    row = select(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id, HandoffBatonRow.ask_id == ask_id
    )
    locked = row.with_for_update().execution_options(populate_existing=True)
    return uow.session.scalars(locked).first()


def move(uow: UnitOfWork, baton: HandoffBatonRow, to: State, **values: Any) -> bool:
    """Moves a baton on from where it was read; returns False if it is elsewhere by now.

    Raises ValueError where nothing leads from the one state to the other.
    """
    if not may_become(State(baton.state), to):
        raise ValueError(f"{baton.state} cannot become {to}")
    uow.session.flush()
    statement = update(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id,
        HandoffBatonRow.id == baton.id,
        HandoffBatonRow.state == baton.state,
        HandoffBatonRow.holder_id == baton.holder_id,
    )
    closed = {} if to in OPEN else {"closed_at": uow.now}
    is_moved = affected(uow.session, statement.values(state=to, **closed, **values)) == 1
    uow.session.refresh(baton)
    return is_moved


def set_words(uow: UnitOfWork, baton: HandoffBatonRow, values: Mapping[str, Any]) -> None:
    """Has a baton say something else."""
    for name, value in values.items():
        setattr(baton, name, value)
    uow.session.flush()


def note_step(
    uow: UnitOfWork, baton: HandoffBatonRow, kind: StepKind, *, by: str = "", words: str = ""
) -> int:
    """Notes what happened to a baton, which is where that led; returns the step's number."""
    place = (HandoffStepRow.team_id == uow.team_id) & (HandoffStepRow.baton_id == baton.id)
    last = uow.session.scalar(select(func.max(HandoffStepRow.number)).where(place)) or 0
    step = HandoffStepRow(
        team_id=uow.team_id,
        baton_id=baton.id,
        number=last + 1,
        kind=kind,
        at=uow.now,
        by=by,
        holder_id=baton.holder_id,
        words=words,
    )
    uow.session.add(step)
    uow.session.flush()
    return step.number


def steps(uow: UnitOfWork, baton_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[HandoffStepRow]]:
    """What happened to these batons, by baton, in order."""
    rows = select(HandoffStepRow).where(
        HandoffStepRow.team_id == uow.team_id, HandoffStepRow.baton_id.in_(list(baton_ids))
    )
    found = uow.session.scalars(rows.order_by(HandoffStepRow.number))
    return grouped(found, by=lambda each: each.baton_id)


def open_in(uow: UnitOfWork, channel_id: str) -> Sequence[HandoffBatonRow]:
    """The open batons of a channel, the oldest first."""
    rows = select(HandoffBatonRow).where(
        HandoffBatonRow.team_id == uow.team_id,
        HandoffBatonRow.channel_id == channel_id,
        HandoffBatonRow.closed_at.is_(None),
    )
    return uow.session.scalars(rows.order_by(HandoffBatonRow.made_at, HandoffBatonRow.id)).all()


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, baton) of those that the clock has to look at, of any workspace."""
    look_at = HandoffBatonRow.look_at
    rows = select(HandoffBatonRow.team_id, HandoffBatonRow.id).where(look_at <= now)
    found = session.execute(rows.order_by(look_at).limit(limit))
    return [(team_id, baton_id) for team_id, baton_id in found]


def open_anywhere(session: Session) -> Sequence[tuple[str, UUID]]:
    """(team, baton) of the open batons of any workspace."""
    rows = select(HandoffBatonRow.team_id, HandoffBatonRow.id)
    found = session.execute(rows.where(HandoffBatonRow.closed_at.is_(None)))
    return [(team_id, baton_id) for team_id, baton_id in found]
