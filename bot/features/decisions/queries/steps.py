"""Steps of workflows that wait for somebody to confirm a decision."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionDraftRow

KIND = "step"


def add(uow: UnitOfWork, execution: str, values: Mapping[str, Any]) -> DecisionDraftRow | None:
    """Notes that a step waits; None: it did before."""
    row = {
        "team_id": uow.team_id,
        "id": new_id(),
        "kind": KIND,
        "execution": execution,
        "number": None,
        "opened_at": uow.now,
        "look_at": uow.now,
        **values,
    }
    is_new = insert_new(uow.session, DecisionDraftRow, [row]) == 1
    return of_execution(uow, execution) if is_new else None


def get(uow: UnitOfWork, step_id: UUID | None) -> DecisionDraftRow | None:
    """The step with this id."""
    row = uow.session.get(DecisionDraftRow, (uow.team_id, step_id)) if step_id else None
    return row if row is not None and row.kind == KIND else None


def of_execution(uow: UnitOfWork, execution: str) -> DecisionDraftRow | None:
    """The step that this execution came to."""
    return next(iter(_where(uow, DecisionDraftRow.execution == execution)), None)


def of_decision(uow: UnitOfWork, number: int) -> Sequence[DecisionDraftRow]:
    """The steps of which this decision came."""
    return _where(uow, DecisionDraftRow.number == number)


def of_owner(uow: UnitOfWork, user_id: str) -> Sequence[DecisionDraftRow]:
    """The steps that wait, or waited, for somebody."""
    return _where(uow, DecisionDraftRow.user_id == user_id)


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, id) of the steps to be looked at by now, the oldest first."""
    rows = select(DecisionDraftRow.team_id, DecisionDraftRow.id).where(
        DecisionDraftRow.look_at <= now
    )
    found = session.execute(rows.order_by(DecisionDraftRow.look_at).limit(limit))
    return [(team_id, step_id) for team_id, step_id in found]


def wait(uow: UnitOfWork, row: DecisionDraftRow, until: datetime) -> None:
    """Has a step that waits looked at again then."""
    _waiting(uow, row, look_at=until)


def close(uow: UnitOfWork, row: DecisionDraftRow) -> bool:
    """Ends the waiting of a step, of which is known for another day; False: it was over."""
    return _waiting(uow, row, look_at=None, opened_at=uow.now)


def note_number(uow: UnitOfWork, row: DecisionDraftRow, number: int) -> None:
    """Notes which decision came of a step."""
    row.number = number
    uow.session.flush()


def forget(uow: UnitOfWork, user_id: str) -> int:
    """Deletes the steps that wait, or waited, for somebody; returns how many."""
    theirs = delete(DecisionDraftRow).where(
        DecisionDraftRow.team_id == uow.team_id,
        DecisionDraftRow.kind == KIND,
        DecisionDraftRow.user_id == user_id,
    )
    return affected(uow.session, theirs)


def _waiting(uow: UnitOfWork, row: DecisionDraftRow, **values: datetime | None) -> bool:
    step = update(DecisionDraftRow).where(
        DecisionDraftRow.team_id == uow.team_id,
        DecisionDraftRow.id == row.id,
        DecisionDraftRow.look_at.is_not(None),
    )
    changed = affected(uow.session, step.values(**values)) == 1
    uow.session.refresh(row)
    return changed


def _where(uow: UnitOfWork, *where: Any) -> Sequence[DecisionDraftRow]:
    rows = select(DecisionDraftRow).where(
        DecisionDraftRow.team_id == uow.team_id, DecisionDraftRow.kind == KIND, *where
    )
    return uow.session.scalars(rows).all()
