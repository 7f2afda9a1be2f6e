"""Every statement on the tables of the decision registry."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, literal, select, update

from bot.core.db import affected, insert_new
from bot.core.events import MessageShortcut
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionCountRow, DecisionDraftRow, DecisionRow
from bot.features.decisions.rules.registry import search_text

SCANNED = 5_000
"""How many of the newest matches are looked at for some that the reader may see."""


def add_draft(uow: UnitOfWork, shortcut: MessageShortcut) -> UUID:
    """Notes for which message a form was opened."""
    draft = DecisionDraftRow(
        team_id=uow.team_id,
        id=new_id(),
        user_id=shortcut.user_id,
        author_id=shortcut.message_user_id or "",
        channel_id=shortcut.channel_id,
        message_ts=shortcut.message_ts,
        root_ts=shortcut.thread_ts or shortcut.message_ts,
        opened_at=uow.now,
    )
    uow.session.add(draft)
    return draft.id


def draft(uow: UnitOfWork, draft_id: UUID) -> DecisionDraftRow | None:
    """The form with this id."""
    return uow.session.get(DecisionDraftRow, (uow.team_id, draft_id))


def add(uow: UnitOfWork, draft: DecisionDraftRow, title: str, text: str, reason: str) -> bool:
    """Adds a decision under the next number; returns False if its thread was logged before."""
    row = {
        "team_id": uow.team_id,
        "number": _next_number(uow),
        "title": title,
        "text": text,
        "reason": reason,
        "search_text": search_text(title, text, reason),
        "owner_id": draft.user_id,
        "author_id": draft.author_id,
        "channel_id": draft.channel_id,
        "message_ts": draft.message_ts,
        "root_ts": draft.root_ts,
        "decided_at": uow.now,
    }
    return insert_new(uow.session, DecisionRow, [row]) == 1


def get(uow: UnitOfWork, number: int) -> DecisionRow | None:
    """The decision with this number."""
    return uow.session.get(DecisionRow, (uow.team_id, number))


def of_thread(uow: UnitOfWork, channel_id: str, root_ts: str) -> DecisionRow | None:
    """The decision that was logged from this thread."""
    found = _newest(uow, DecisionRow.channel_id == channel_id, DecisionRow.root_ts == root_ts)
    return found[0] if found else None


def find(uow: UnitOfWork, words: Sequence[str]) -> Sequence[DecisionRow]:
    """Decisions that contain every word, or words that begin with it; the newest first."""
    haystack = literal(" ") + DecisionRow.search_text
    return _newest(uow, *(haystack.contains(f" {word}", autoescape=True) for word in words))


def newest(uow: UnitOfWork) -> Sequence[DecisionRow]:
    """The newest decisions."""
    return _newest(uow)


def made_since(uow: UnitOfWork, since: datetime) -> Sequence[DecisionRow]:
    """The decisions made since then, the newest first."""
    return _newest(uow, DecisionRow.decided_at >= since)


def quoting(uow: UnitOfWork, user_id: str) -> Sequence[DecisionRow]:
    """The decisions in which somebody's words stand."""
    return _all(uow, DecisionRow.author_id == user_id)


def logged_by(uow: UnitOfWork, user_id: str) -> Sequence[DecisionRow]:
    """The decisions that somebody logged."""
    return _all(uow, DecisionRow.owner_id == user_id)


def forget_drafts(uow: UnitOfWork, *, of: str | None = None, before: datetime | None = None) -> int:
    """Deletes the forms that somebody has open, or that were opened before then."""
    drafts = delete(DecisionDraftRow).where(DecisionDraftRow.team_id == uow.team_id)
    if of is not None:
        said = update(DecisionDraftRow).where(
            DecisionDraftRow.team_id == uow.team_id, DecisionDraftRow.author_id == of
        )
        uow.session.execute(said.values(author_id=""))
        drafts = drafts.where(DecisionDraftRow.user_id == of)
    if before is not None:
        drafts = drafts.where(DecisionDraftRow.opened_at < before)
    return affected(uow.session, drafts)


def _all(uow: UnitOfWork, where: ColumnElement[bool]) -> Sequence[DecisionRow]:
    rows = select(DecisionRow).where(DecisionRow.team_id == uow.team_id, where)
    return uow.session.scalars(rows.order_by(DecisionRow.number)).all()


def _newest(uow: UnitOfWork, *where: ColumnElement[bool]) -> Sequence[DecisionRow]:
    rows = select(DecisionRow).where(DecisionRow.team_id == uow.team_id, *where)
    return uow.session.scalars(rows.order_by(DecisionRow.number.desc()).limit(SCANNED)).all()


def _next_number(uow: UnitOfWork) -> int:
    insert_new(uow.session, DecisionCountRow, [{"team_id": uow.team_id, "newest": 0}])
    counted = (
        update(DecisionCountRow)
        .where(DecisionCountRow.team_id == uow.team_id)
        .values(newest=DecisionCountRow.newest + 1)
        .returning(DecisionCountRow.newest)
    )
    return uow.session.execute(counted).scalar_one()
