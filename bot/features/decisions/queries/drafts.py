"""Forms that people have open."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update

from bot.core.db import affected
from bot.core.events import MessageShortcut
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionDraftRow


def add(uow: UnitOfWork, shortcut: MessageShortcut) -> UUID:
    """Notes for which message a form was opened."""
    draft = DecisionDraftRow(
        team_id=uow.team_id,
        id=new_id(),
        kind="log",
        user_id=shortcut.user_id,
        author_id=shortcut.message_user_id or "",
        channel_id=shortcut.channel_id,
        message_ts=shortcut.message_ts,
        root_ts=shortcut.thread_ts or shortcut.message_ts,
        filled={},
        opened_at=uow.now,
    )
    uow.session.add(draft)
    return draft.id


def get(uow: UnitOfWork, draft_id: UUID) -> DecisionDraftRow | None:
    """The form with this id."""
    return uow.session.get(DecisionDraftRow, (uow.team_id, draft_id))


def forget(uow: UnitOfWork, *, of: str | None = None, before: datetime | None = None) -> int:
    """Deletes the forms that somebody has open, or that were opened before then."""
    drafts = delete(DecisionDraftRow).where(DecisionDraftRow.team_id == uow.team_id)
    if of is not None:
        said = update(DecisionDraftRow).where(
            DecisionDraftRow.team_id == uow.team_id, DecisionDraftRow.author_id == of
        )
        uow.session.execute(said.values(author_id=""))
        drafts = drafts.where(DecisionDraftRow.user_id == of)
    if before is not None:
        is_over = DecisionDraftRow.look_at.is_(None)  # no step of a workflow waits for it
        drafts = drafts.where(DecisionDraftRow.opened_at < before, is_over)
    return affected(uow.session, drafts)
