"""What somebody meets for the first time: then it says how to switch it off."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base, insert_new
from bot.core.unit_of_work import UnitOfWork


class IntroductionRow(Base):
    """Somebody has met `what`, e.g. a reminder."""

    __tablename__ = "introductions"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    what: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


def is_first(uow: UnitOfWork, user_id: str, what: str) -> bool:
    """Whether somebody meets it now for the first time; the next time they do not."""
    row = {"team_id": uow.team_id, "user_id": user_id, "what": what, "at": uow.now}
    return insert_new(uow.session, IntroductionRow, [row]) == 1


def was_met(uow: UnitOfWork, user_id: str, what: str) -> bool:
    """Whether somebody met it before."""
    return uow.session.get(IntroductionRow, (uow.team_id, user_id, what)) is not None
