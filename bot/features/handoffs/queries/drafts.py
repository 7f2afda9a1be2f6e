"""Every statement on what a model draws from people's days."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, insert_new
from bot.core.unit_of_work import UnitOfWork
from bot.core.workspaces import WorkspaceRow
from bot.features.handoffs.models import HandoffDraftRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form that somebody opened: whose, what it looks back to, and where it will be read."""

    note_id: UUID
    user_id: str
    channel_id: str
    since: datetime


def want(uow: UnitOfWork, wanted: Wanted, *, again_before: datetime) -> None:
    """Notes that a model is to be asked for a form, unless it was since then."""
    row = asdict(wanted) | {
        "team_id": uow.team_id,
        "wanted_at": uow.now,
        "draft_at": uow.now,
        "opened_at": uow.now,
        "lines": [],
    }
    if insert_new(uow.session, HandoffDraftRow, [row]):
        return
    same = HandoffDraftRow.note_id == wanted.note_id
    known = update(HandoffDraftRow).where(HandoffDraftRow.team_id == uow.team_id, same)
    uow.session.execute(known.values(opened_at=uow.now, channel_id=wanted.channel_id))
    old = known.where(HandoffDraftRow.wanted_at < again_before)
    uow.session.execute(old.values(wanted_at=uow.now, draft_at=uow.now, since=wanted.since))


def get(uow: UnitOfWork, note_id: UUID, *, lock: bool = False) -> HandoffDraftRow | None:
    """What is known of the draft for a hand-off; with a `lock` nobody changes it meanwhile."""
    key = (uow.team_id, note_id)
    return uow.session.get(
        HandoffDraftRow, key, with_for_update=lock or None, populate_existing=lock
    )


def due(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, UUID]]:
    """(team, hand-off) of what a model is to be asked about, but where Baton is paused."""
    paused = select(WorkspaceRow.team_id).where(WorkspaceRow.paused_at.is_not(None))
    rows = select(HandoffDraftRow.team_id, HandoffDraftRow.note_id).where(
        HandoffDraftRow.draft_at <= now, HandoffDraftRow.team_id.not_in(paused)
    )
    found = session.execute(rows.order_by(HandoffDraftRow.draft_at).limit(limit))
    return [(team_id, note_id) for team_id, note_id in found]


def claim(uow: UnitOfWork, note_id: UUID) -> bool:
    """Takes on to ask a model; False if somebody did before."""
    waiting = update(HandoffDraftRow).where(
        HandoffDraftRow.team_id == uow.team_id,
        HandoffDraftRow.note_id == note_id,
        HandoffDraftRow.draft_at.is_not(None),
    )
    return affected(uow.session, waiting.values(draft_at=None)) == 1


def all_of(uow: UnitOfWork) -> Sequence[HandoffDraftRow]:
    """The drafts of a workspace, of which there are those of a day."""
    rows = select(HandoffDraftRow).where(HandoffDraftRow.team_id == uow.team_id)
    return uow.session.scalars(rows).all()


def drop(uow: UnitOfWork, draft: HandoffDraftRow) -> None:
    """Forgets a draft."""
    uow.session.delete(draft)


def forget_old(uow: UnitOfWork, *, before: datetime) -> int:
    """Deletes the drafts that were asked for before then; returns how many."""
    old = delete(HandoffDraftRow).where(
        HandoffDraftRow.team_id == uow.team_id, HandoffDraftRow.wanted_at < before
    )
    return affected(uow.session, old)
