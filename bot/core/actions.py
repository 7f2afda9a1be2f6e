"""Buttons as Slack gets them: each a random token, whose meaning only our database knows.

Features write a button with its name and the id of a row of theirs. Before it leaves, both are
replaced by a token that is bound to the message, and to the person if only they see it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import Index, String, Text, delete, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.blocks import Block, Message
from bot.core.db import Base, affected, insert_new
from bot.core.ids import new_id
from bot.core.sealing import Meaning, seal

FRESH_FOR: Final = timedelta(days=7)
REDRAWING: Final = timedelta(minutes=5)  # an old home may still be looked at while the new one goes
STALE_KEPT_FOR: Final = timedelta(days=21)  # so that a late press is told from a forged one


class Surface(StrEnum):
    """Where a button stands."""

    MESSAGE = "message"
    WHISPER = "whisper"  # seen by one person, its ts is told nobody
    ANSWER = "answer"  # as a whisper, but not from the outbox
    HOME = "home"


class ActionRow(Base):
    """What one token means. `key` is the outbox key of its message.

    `channel_id`, `message_ts` and `pressed_by` tell of its first press; `fresh_until` is empty
    while it stands on somebody's App Home.
    """

    __tablename__ = "actions"
    __table_args__ = (
        Index("ix_actions_fresh_until", "fresh_until"),
        Index(
            "ix_actions_home",
            "team_id",
            "user_id",
            sqlite_where=text("surface = 'home' AND fresh_until IS NULL"),
            postgresql_where=text("surface = 'home' AND fresh_until IS NULL"),
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    surface: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(String(128))
    name: Mapped[str] = mapped_column(String(128))
    reference: Mapped[str] = mapped_column(Text)
    user_id: Mapped[str | None] = mapped_column(String(32))
    state: Mapped[str | None] = mapped_column(String(64))
    made_at: Mapped[datetime]
    fresh_until: Mapped[datetime | None]
    channel_id: Mapped[str | None] = mapped_column(String(32))
    message_ts: Mapped[str | None] = mapped_column(String(32))
    pressed_by: Mapped[str | None] = mapped_column(String(32))


@dataclass(frozen=True, slots=True)
class Binding:
    """What the buttons of one message are bound to; without `user_id` anybody may press them."""

    surface: Surface
    key: str
    user_id: str | None = None


def record(
    session: Session, team_id: str, tokens: Mapping[Meaning, str], to: Binding, *, now: datetime
) -> None:
    """Binds tokens, all of them with one statement."""
    fresh_until = None if to.surface is Surface.HOME else now + FRESH_FOR
    rows = [
        {
            "team_id": team_id,
            "token": token,
            "surface": to.surface,
            "key": to.key,
            "name": meaning.name,
            "reference": meaning.reference,
            "user_id": to.user_id,
            "state": meaning.state,
            "made_at": now,
            "fresh_until": fresh_until,
        }
        for meaning, token in tokens.items()
    ]
    insert_new(session, ActionRow, rows)


def seal_answer(
    session: Session, team_id: str, user_id: str, message: Message, *, now: datetime
) -> Message:
    """A message that answers somebody directly, its buttons bound to them."""
    blocks, tokens = seal(message.blocks, {})
    to = Binding(Surface.ANSWER, str(new_id()), user_id)
    record(session, team_id, tokens, to, now=now)
    return replace(message, blocks=blocks)


def seal_home(
    session: Session, team_id: str, user_id: str, blocks: Sequence[Block], *, now: datetime
) -> list[Block]:
    """The blocks of somebody's App Home. Drawing the same home again while fresh writes nothing."""
    shown = _on_home(session, team_id, user_id)
    known = {_meaning(row): row.token for row in shown if row.made_at + FRESH_FOR > now}
    sealed, tokens = seal(blocks, known)
    new = {meaning: token for meaning, token in tokens.items() if meaning not in known}
    record(session, team_id, new, Binding(Surface.HOME, "", user_id), now=now)
    kept = set(tokens.values())
    for row in shown:
        if row.token not in kept:
            row.fresh_until = max(row.made_at + FRESH_FOR, now + REDRAWING)
    return sealed


def find(session: Session, team_id: str, token: str) -> ActionRow | None:
    """What a token means; two presses of one button wait for each other."""
    return session.get(ActionRow, (team_id, token), with_for_update=True)


def forget_old(session: Session, *, now: datetime) -> int:
    """Deletes what has been stale for long; returns how many rows."""
    return affected(session, delete(ActionRow).where(ActionRow.fresh_until < now - STALE_KEPT_FOR))


def forget_person(session: Session, team_id: str, user_id: str) -> int:
    """Deletes the buttons that were made for somebody; returns how many."""
    pressed = update(ActionRow).where(ActionRow.team_id == team_id, ActionRow.pressed_by == user_id)
    session.execute(pressed.values(pressed_by=None))
    told = ActionRow.state.contains(user_id, autoescape=True)  # a card's: who has it
    others = update(ActionRow).where(ActionRow.team_id == team_id, told)
    session.execute(others.values(state=func.replace(ActionRow.state, user_id, "")))
    theirs = delete(ActionRow).where(ActionRow.team_id == team_id, ActionRow.user_id == user_id)
    return affected(session, theirs)


def _on_home(session: Session, team_id: str, user_id: str) -> Sequence[ActionRow]:
    return session.scalars(
        select(ActionRow).where(
            ActionRow.team_id == team_id,
            ActionRow.user_id == user_id,
            ActionRow.surface == Surface.HOME,
            ActionRow.fresh_until.is_(None),
        )
    ).all()


def _meaning(row: ActionRow) -> Meaning:
    return Meaning(row.name, row.reference, row.state)
