"""Forms that people have open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import WorkspaceRow
from bot.features.decisions.models import DecisionDraftRow
from bot.features.decisions.rules.registry import Place


def add(
    uow: UnitOfWork,
    *,
    kind: str,
    user_id: str,
    place: Place,
    author_id: str = "",
    number: int | None = None,
    filled: Mapping[str, Any] | None = None,
    draft_at: datetime | None = None,
) -> UUID:
    """Notes that somebody has a form open, and what for; returns its id."""
    draft = DecisionDraftRow(
        team_id=uow.team_id,
        id=new_id(),
        kind=kind,
        user_id=user_id,
        author_id=author_id,
        channel_id=place.channel_id,
        message_ts=place.message_ts,
        root_ts=place.root_ts,
        number=number,
        filled=dict(filled or {}),
        opened_at=uow.now,
        draft_at=draft_at,
    )
    uow.session.add(draft)
    return draft.id


def get(uow: UnitOfWork, draft_id: UUID, *, lock: bool = False) -> DecisionDraftRow | None:
    """The form with this id; with a `lock` nobody sends it off meanwhile."""
    key = (uow.team_id, draft_id)
    if not lock:
        return uow.session.get(DecisionDraftRow, key)
    return uow.session.get(DecisionDraftRow, key, with_for_update=True, populate_existing=True)


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, id) of the forms that a model is to be asked about, but where Baton is paused."""
    paused = select(WorkspaceRow.team_id).where(WorkspaceRow.paused_at.is_not(None))
    rows = select(DecisionDraftRow.team_id, DecisionDraftRow.id).where(
        DecisionDraftRow.draft_at <= now, DecisionDraftRow.team_id.not_in(paused)
    )
    found = session.execute(rows.order_by(DecisionDraftRow.draft_at).limit(limit))
    return [(team_id, draft_id) for team_id, draft_id in found]


def claim(uow: UnitOfWork, draft_id: UUID) -> bool:
    """Takes on to ask a model about a form; False if somebody did before."""
    waiting = update(DecisionDraftRow).where(
        DecisionDraftRow.team_id == uow.team_id,
        DecisionDraftRow.id == draft_id,
        DecisionDraftRow.draft_at.is_not(None),
    )
    return affected(uow.session, waiting.values(draft_at=None)) == 1


def all_of(uow: UnitOfWork) -> Sequence[DecisionDraftRow]:
    """The forms of a workspace, of which there are those of a day."""
    rows = select(DecisionDraftRow).where(DecisionDraftRow.team_id == uow.team_id)
    return uow.session.scalars(rows).all()


def drop(uow: UnitOfWork, draft: DecisionDraftRow) -> None:
    """Forgets a form: it can be sent off no more."""
    uow.session.delete(draft)


def forget_old(uow: UnitOfWork, *, before: datetime) -> int:
    """Deletes the forms that were opened before then, but those that a workflow waits for."""
    old = delete(DecisionDraftRow).where(
        DecisionDraftRow.team_id == uow.team_id,
        DecisionDraftRow.opened_at < before,
        DecisionDraftRow.look_at.is_(None),
    )
    return affected(uow.session, old)
