"""Links that do one thing once, for somebody who is not in Slack at that moment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base
from bot.core.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LinkPage:
    """What whoever opens a link sees: plain words, and the button that does it, if it can be done.

    `more` are further lines, e.g. what is happening.
    """

    title: str
    text: str
    more: Sequence[str] = ()
    button: str = ""


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """What a feature answers to a link: `show` changes nothing, `act` is for the press only.

    Both are given the unit of work, the reference and in whose name it is. A link that is
    unknown, used up or too old comes to neither.
    """

    show: Callable[[UnitOfWork, str, str], LinkPage]
    act: Callable[[UnitOfWork, str, str], LinkPage]


class LinkRow(Base):
    """A link: `digest` is that of its token, which only whoever got it knows.

    `name` says what it does, `reference` to which row of ours, `user_id` in whose name.
    """

    __tablename__ = "links"
    __table_args__ = (Index("uq_links_digest", "digest", unique=True),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(64))
    reference: Mapped[str] = mapped_column(String(128))
    user_id: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
