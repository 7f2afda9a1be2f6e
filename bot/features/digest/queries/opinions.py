"""Every statement on what people think of their digests."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select

from bot.core.db import affected, upsert
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestOpinionRow
from bot.features.digest.rules.opinions import DigestOf, Opinion


def note(uow: UnitOfWork, user_id: str, digest: DigestOf, *, is_good: bool) -> None:
    """Notes what somebody thinks of a digest; they have one opinion of each."""
    row = {
        "team_id": uow.team_id,
        "user_id": user_id,
        "local_date": digest.day,
        "prompt": digest.prompt,
        "is_good": is_good,
        "at": uow.now,
    }
    upsert(uow.session, DigestOpinionRow, row)


def opinion(uow: UnitOfWork, user_id: str, day: date) -> bool | None:
    """Whether somebody found their digest of a day good; None: they have not said."""
    row = DigestOpinionRow
    theirs = (row.team_id == uow.team_id) & (row.user_id == user_id) & (row.local_date == day)
    return uow.session.scalar(select(row.is_good).where(theirs))


def everybodys(uow: UnitOfWork) -> Sequence[Opinion]:
    """All opinions of the workspace."""
    row = DigestOpinionRow
    rows = select(row.user_id, row.prompt, row.is_good).where(row.team_id == uow.team_id)
    return [Opinion(*each) for each in uow.session.execute(rows)]


def forget_old(uow: UnitOfWork, before: date) -> int:
    """Deletes what was thought of digests before a day; returns how many."""
    old = (DigestOpinionRow.team_id == uow.team_id) & (DigestOpinionRow.local_date < before)
    return affected(uow.session, delete(DigestOpinionRow).where(old))
