"""Every statement on the tables of the decision registry."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, literal, select, update

from bot.core.db import insert_new
from bot.core.events import MessageShortcut
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionCountRow, DecisionDraftRow, DecisionRow
from bot.features.decisions.rules import words_of

SCANNED = 500
"""How many of the newest matches are looked at for some that the reader may see."""


def add_draft(uow: UnitOfWork, shortcut: MessageShortcut) -> UUID:
    """Notes for which message a form was opened."""
    draft = DecisionDraftRow(
        team_id=uow.team_id,
        id=new_id(),
        user_id=shortcut.user_id,
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
        "search_text": " ".join(words_of(f"{title} {text} {reason}")),
        "owner_id": draft.user_id,
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
