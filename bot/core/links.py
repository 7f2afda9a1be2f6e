"""Links that do one thing once, for somebody who is not in Slack at that moment."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Index, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected
from bot.core.encryption import Keyring, place
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork

PATH: Final = "/l/"
KEPT_FOR: Final = timedelta(days=7)
"""How long it is still known that a link is too old, rather than none."""
TOKEN_LENGTH: Final = 32  # hexadecimal digits: 128 bits, and short enough for a text message


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

    Both are given the unit of work, the reference and in whose name it is. A link that is used up
    comes to `show` alone, and its page has no button; one that is unknown or too old to neither.
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


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that somebody opened, and whether it was used before, or is too old."""

    team_id: str
    id: UUID
    name: str
    reference: str
    user_id: str
    is_used: bool
    is_over: bool


def make(
    uow: UnitOfWork, name: str, reference: str, user_id: str, *, lasts: timedelta
) -> UUID | None:
    """A link that does `name` to `reference`, once, in somebody's name; returns its id.

    None: nobody outside of Slack reaches this process, or there is no key to make its token from.
    The token is never kept: whoever hands the link over makes its address from the id, see `url`.
    """
    if not uow.house.keyring or not uow.house.public_url:
        return None
    link_id = new_id()
    token = next(_tokens(uow.house.keyring, uow.team_id, link_id))
    uow.session.add(
        LinkRow(
            team_id=uow.team_id,
            id=link_id,
            digest=digest(token),
            name=name,
            reference=reference,
            user_id=user_id,
            made_at=uow.now,
            expires_at=uow.now + lasts,
        )
    )
    return link_id


def url(session: Session, keyring: Keyring, public_url: str, team_id: str, link_id: UUID) -> str:
    """The address that opens a link; empty: it is not there, was used, or its key is gone."""
    row = session.get(LinkRow, (team_id, link_id))
    if row is None or row.used_at is not None:
        return ""
    known = (each for each in _tokens(keyring, team_id, link_id) if digest(each) == row.digest)
    token = next(known, "")
    return f"{public_url}{PATH}{token}" if token else ""


def find(session: Session, token: str, *, now: datetime) -> Opened | None:
    """The link that a token opens, in whichever workspace."""
    row = session.scalar(select(LinkRow).where(LinkRow.digest == digest(token)))
    if row is None:
        return None
    named = (row.team_id, row.id, row.name, row.reference, row.user_id)
    return Opened(*named, is_used=row.used_at is not None, is_over=row.expires_at <= now)


def use(uow: UnitOfWork, link_id: UUID) -> bool:
    """Uses a link up; returns False if it was used before, or is too old. Only one of many can."""
    fresh = update(LinkRow).where(
        LinkRow.team_id == uow.team_id,
        LinkRow.id == link_id,
        LinkRow.used_at.is_(None),
        LinkRow.expires_at > uow.now,
    )
    return affected(uow.session, fresh.values(used_at=uow.now)) == 1


def forget_old(uow: UnitOfWork) -> int:
    """Deletes links that open nothing any more; returns how many."""
    old = (LinkRow.team_id == uow.team_id) & (LinkRow.expires_at < uow.now - KEPT_FOR)
    return affected(uow.session, delete(LinkRow).where(old))


def forget_person(uow: UnitOfWork, user_id: str) -> int:
    """Deletes somebody's links; returns how many."""
    theirs = (LinkRow.team_id == uow.team_id) & (LinkRow.user_id == user_id)
    return affected(uow.session, delete(LinkRow).where(theirs))


def digest(token: str) -> str:
    """What a token is known by: it is random enough to need no key."""
    return hashlib.sha256(token.encode()).hexdigest()


def _tokens(keyring: Keyring, team_id: str, link_id: UUID) -> Iterator[str]:
    """The token that each key makes of a link, the first key's first."""
    own = place(team_id, LinkRow.__tablename__, "token", link_id)
    for each in keyring.digests(str(link_id), place=own):
        yield each[:TOKEN_LENGTH]
