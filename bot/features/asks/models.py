"""The tables of asks."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Date, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base

_TO_NUDGE = text("nudge_at IS NOT NULL")
_TO_TELL = text("told_at IS NULL")
_COMPLETES = text("completes_ts != ''")
_PLANNED = text("look_at IS NOT NULL")
_WAITING = text("state IN ('open', 'due_soon', 'overdue', 'accepted')")


class AskRow(Base):
    """One person asked for one thing.

    What was said stays in the message store, at `channel_id` and `message_ts`, or in the text with
    `text_id`. `parent_id` is the ask that this one came from, by `relation`. The clock runs from
    `clock_from` (empty: from when it was asked) for `seconds_left`, counted in `counted_in`, unless
    `is_deadline`: then `due_at` was said, or is when the answerer can keep what was said.
    `nudge_at` is when the clock has to be looked at next; empty: it stands still.
    """

    __tablename__ = "asks"
    __table_args__ = (
        Index("ix_asks_nudge_at", "nudge_at", sqlite_where=_TO_NUDGE, postgresql_where=_TO_NUDGE),
        Index(
            "ix_asks_answerer_id",
            "team_id",
            "answerer_id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
        Index("ix_asks_asker_id", "team_id", "asker_id", "closed_at"),
        Index("ix_asks_asked_at", "team_id", "asked_at"),
        Index("ix_asks_parent_id", "team_id", "parent_id"),
        Index("ix_asks_text_id", "team_id", "text_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    root_ts: Mapped[str] = mapped_column(String(32))
    asker_id: Mapped[str] = mapped_column(String(32))
    answerer_id: Mapped[str] = mapped_column(String(32))
    group_id: Mapped[str] = mapped_column(String(32), server_default="")
    text_id: Mapped[UUID | None]
    parent_id: Mapped[UUID | None]
    relation: Mapped[str] = mapped_column(String(16), server_default="")
    state: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(16), server_default="standard")
    round: Mapped[int] = mapped_column(server_default="1")
    asked_at: Mapped[datetime]
    clock_from: Mapped[datetime | None]
    seconds_left: Mapped[int] = mapped_column(server_default="86400")
    counted_in: Mapped[str] = mapped_column(String(16), server_default="working_days")
    is_deadline: Mapped[bool] = mapped_column(server_default=text("false"))
    due_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    nudge_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(32), server_default="")
    closed_how: Mapped[str] = mapped_column(String(16), server_default="")


class AskPlaceRow(Base):
    """A message that asks somebody, and the thread in which an answer is expected.

    One ask may have several: what one author writes within minutes is one ask. An answer that was
    given to Baton directly is a place, too, under which nothing is expected: instead of a thread
    `root_ts` says in which round of the ask it was given.
    """

    __tablename__ = "ask_places"
    __table_args__ = (
        Index("ix_ask_places_root_ts", "team_id", "channel_id", "root_ts"),
        Index("ix_ask_places_ask_id", "team_id", "ask_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    answerer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    root_ts: Mapped[str] = mapped_column(String(32))
    ask_id: Mapped[UUID]

    @property
    def is_direct(self) -> bool:
        """Whether it stands in a conversation of Baton's with one of the two."""
        return self.channel_id.startswith("D")


class AskTextRow(Base):
    """What an ask says that was not written as a message: by a form, a command or another feature.

    `request_id` names what it was made by, so that it is made once. Where somebody pointed at a
    message, `message_ts` is that one's and `author_id` wrote it. Where the asker completed a
    message of theirs, that is at `completes_ts`, and the text stands under `thread_ts`, at
    `card_ts` as soon as it is out. Not kept: it was too old.
    """

    __tablename__ = "ask_texts"
    __table_args__ = (
        Index("uq_ask_texts_request_id", "team_id", "request_id", unique=True),
        Index("ix_ask_texts_asker_id", "team_id", "asker_id"),
        Index(
            "ix_ask_texts_completes_ts",
            "team_id",
            "channel_id",
            "completes_ts",
            sqlite_where=_COMPLETES,
            postgresql_where=_COMPLETES,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(String(128))
    asker_id: Mapped[str] = mapped_column(String(32))
    channel_id: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    thread_ts: Mapped[str] = mapped_column(String(32))
    author_id: Mapped[str] = mapped_column(String(32))
    completes_ts: Mapped[str] = mapped_column(String(32), server_default="")
    card_ts: Mapped[str] = mapped_column(String(32), server_default="")
    what: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    proposal: Mapped[str] = mapped_column(Text)
    fallback: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    is_kept: Mapped[bool]
    made_at: Mapped[datetime]


class AskStandingRow(Base):
    """How an ask stood before the text `completed_by` completed it; it goes when that is out."""

    __tablename__ = "ask_standings"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    completed_by: Mapped[UUID] = mapped_column(primary_key=True)
    ask_id: Mapped[UUID] = mapped_column(primary_key=True)
    text_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(String(16))
    clock_from: Mapped[datetime | None]
    seconds_left: Mapped[int]
    counted_in: Mapped[str] = mapped_column(String(16))
    is_deadline: Mapped[bool]
    due_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    nudge_at: Mapped[datetime | None]


class AskStepRow(Base):
    """One change of an ask: its history. `words` are those of a person, e.g. why they declined."""

    __tablename__ = "ask_steps"
    __table_args__ = (
        Index("ix_ask_steps_ask_id", "team_id", "ask_id"),
        Index("ix_ask_steps_at", "team_id", "at"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    ask_id: Mapped[UUID]
    at: Mapped[datetime]
    step: Mapped[str] = mapped_column(String(16))
    by: Mapped[str] = mapped_column(String(32))
    words: Mapped[str] = mapped_column(Text)


class AskNoticeRow(Base):
    """Something to tell somebody about an ask, when they are open to it; told once."""

    __tablename__ = "ask_notices"
    __table_args__ = (
        Index("uq_ask_notices_key", "team_id", "key", unique=True),
        Index("ix_ask_notices_at", "at", sqlite_where=_TO_TELL, postgresql_where=_TO_TELL),
        Index("ix_ask_notices_ask_id", "team_id", "ask_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(128))
    ask_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class UrgentWeekRow(Base):
    """How many urgent asks somebody made in one week (its Monday), and what became of them."""

    __tablename__ = "ask_urgent_weeks"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    week: Mapped[date] = mapped_column(Date, primary_key=True)
    spent: Mapped[int]
    was_urgent: Mapped[int]
    was_not: Mapped[int]


class ScheduledRow(Base):
    """What somebody wrote to go out at an instant: an ask of `people` (ids, parted by blanks).

    Without `is_ask` it is only posted. Without a channel it goes to those people directly. It has
    to be looked at again at `look_at`: to let it go out, to tell its author why it could not, or to
    forget the words of what was cancelled.
    """

    __tablename__ = "ask_scheduled"
    __table_args__ = (
        Index("uq_ask_scheduled_request_id", "team_id", "request_id", unique=True),
        Index(
            "ix_ask_scheduled_look_at",
            "look_at",
            sqlite_where=_PLANNED,
            postgresql_where=_PLANNED,
        ),
        Index("ix_ask_scheduled_author_id", "team_id", "author_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[str] = mapped_column(String(128))
    author_id: Mapped[str] = mapped_column(String(32))
    channel_id: Mapped[str] = mapped_column(String(32))
    people: Mapped[str] = mapped_column(Text)
    is_ask: Mapped[bool]
    is_urgent: Mapped[bool]
    what: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    proposal: Mapped[str] = mapped_column(Text)
    fallback: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    deadline: Mapped[datetime | None]
    state: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    at: Mapped[datetime]
    look_at: Mapped[datetime | None]
