"""Installations that somebody began in a browser: each is finished once, there, and soon.

What is kept are digests: neither the state nor what the browser holds can be read here.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import String, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base
from bot.core.patterns import regex

GOOD_FOR: Final = timedelta(minutes=10)
"""How long somebody may take to say yes to Slack."""
KEPT_FOR: Final = timedelta(hours=1)
"""How long it is still known that one was begun, but too long ago."""
NOBODYS: Final = ""  # it is not known yet which workspace it will be
_BYTES: Final = 32
_SECRET: Final = regex(r"[A-Za-z0-9_-]{43}")


class OAuthStateRow(Base):
    """An installation that somebody began in a browser; only digests of its secrets are kept."""

    __tablename__ = "oauth_states"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)  # empty: not known yet
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What an installation is known by: `state` travels by Slack, `browser` stays in a cookie."""

    state: str
    browser: str


class State(StrEnum):
    """What a state that comes back is worth."""

    GOOD = "good"
    UNKNOWN = "unknown"  # it was used, or there never was one
    EXPIRED = "expired"
    FOREIGN = "foreign"  # it was begun in another browser


def begin(session: Session, browser: str, *, now: datetime) -> Secrets:
    """Notes that an installation begins; a browser that has begun one before keeps its secret."""
    session.execute(delete(OAuthStateRow).where(OAuthStateRow.made_at < now - KEPT_FOR))
    known = browser if _SECRET.fullmatch(browser) else secrets.token_urlsafe(_BYTES)
    made = Secrets(secrets.token_urlsafe(_BYTES), known)
    row = {"digest": _digest(made.state), "browser": _digest(made.browser), "made_at": now}
    session.add(OAuthStateRow(team_id=NOBODYS, **row))
    return made


def take(session: Session, given: Secrets, *, now: datetime) -> State:
    """Uses a state up; of many who bring the same one only the first is told that it is good.

    In another browser it is not used up: whoever began it can still finish it.
    """
    digest = _digest(given.state)
    own = delete(OAuthStateRow).where(
        OAuthStateRow.team_id == NOBODYS,
        OAuthStateRow.digest == digest,
        OAuthStateRow.browser == _digest(given.browser),
    )
    made_at = session.scalar(own.returning(OAuthStateRow.made_at))
    if made_at is not None:
        return State.GOOD if now < made_at + GOOD_FOR else State.EXPIRED
    is_there = session.get(OAuthStateRow, (NOBODYS, digest)) is not None
    return State.FOREIGN if is_there else State.UNKNOWN


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
