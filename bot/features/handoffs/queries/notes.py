"""Every statement on what people write at the end of a day."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.core.db import insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffNoteRow
from bot.features.handoffs.rules.notes import Reason, Writing


def add(uow: UnitOfWork, author_id: str, local_date: date) -> HandoffNoteRow:
    """A hand-off beside that of the day, of which there may be many."""
    note = HandoffNoteRow(**_fresh(uow, author_id, local_date, Reason.ASKED))
    uow.session.add(note)
    uow.session.flush()
    return note


def add_once(
    uow: UnitOfWork, author_id: str, local_date: date, reason: Reason
) -> HandoffNoteRow | None:
    """Somebody's hand-off at the end of a day, offered; None if they have one already."""
    row = _fresh(uow, author_id, local_date, reason)
    if not insert_new(uow.session, HandoffNoteRow, [row]):
        return None
    return uow.session.get(HandoffNoteRow, (uow.team_id, row["id"]))


def get(uow: UnitOfWork, note_id: UUID, *, lock: bool = False) -> HandoffNoteRow | None:
    """The hand-off with this id; with a `lock` nobody sends it meanwhile."""
    key = (uow.team_id, note_id)
    return uow.session.get(
        HandoffNoteRow, key, with_for_update=lock or None, populate_existing=lock
    )


def at_end_of(uow: UnitOfWork, author_id: str, local_date: date) -> HandoffNoteRow | None:
    """Somebody's hand-off at the end of a day, locked; leave may begin after it."""
    return _newest(uow, author_id, local_date, (Reason.DAY, Reason.LEAVE))


def more_of(uow: UnitOfWork, author_id: str, local_date: date) -> HandoffNoteRow | None:
    """What somebody wrote last on a day beside that, on their own account; locked."""
    return _newest(uow, author_id, local_date, (Reason.ASKED,))


def drop(uow: UnitOfWork, note: HandoffNoteRow) -> None:
    """Forgets a hand-off that nobody was offered after all."""
    uow.session.delete(note)


def last_channel(uow: UnitOfWork, author_id: str) -> str:
    """Where somebody's newest hand-off went; empty: they sent none."""
    sent = select(HandoffNoteRow.channel_id).where(
        HandoffNoteRow.team_id == uow.team_id,
        HandoffNoteRow.author_id == author_id,
        HandoffNoteRow.state == Writing.SENT,
    )
    return uow.session.scalar(sent.order_by(HandoffNoteRow.made_at.desc()).limit(1)) or ""


def _fresh(uow: UnitOfWork, author_id: str, local_date: date, reason: Reason) -> dict[str, Any]:
    return {
        "team_id": uow.team_id,
        "id": new_id(),
        "author_id": author_id,
        "local_date": local_date,
        "reason": reason,
        "state": Writing.OFFERED,
        "channel_id": "",
        "filled": {},
        "made_at": uow.now,
    }


def _newest(
    uow: UnitOfWork, author_id: str, local_date: date, reasons: tuple[Reason, ...]
) -> HandoffNoteRow | None:
    row = HandoffNoteRow
    theirs = select(row).where(
        row.team_id == uow.team_id,
        row.author_id == author_id,
        row.local_date == local_date,
        row.reason.in_(reasons),
    )
    newest = theirs.order_by(row.made_at.desc(), row.id.desc()).limit(1).with_for_update()
    return uow.session.scalar(newest.execution_options(populate_existing=True))
