"""The tables of hand-offs."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base

_OPEN: Final = text("closed_at IS NULL")
_TO_LOOK_AT: Final = text("look_at IS NOT NULL")
_TO_DRAFT: Final = text("draft_at IS NOT NULL")
_TO_TELL: Final = text("tell_at IS NOT NULL")


class HandoffChainRow(Base):
    """An order in which people carry things on, of a channel, or of a project talked of in it.

    `name` is the project's; empty: the channel's own. The people are in `HandoffChainMemberRow`.
    """

    __tablename__ = "handoff_chains"
    __table_args__ = (
        Index("uq_handoff_chains_name", "team_id", "channel_id", "name", unique=True),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(80), default="")
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]


class HandoffChainMemberRow(Base):
    """Somebody in a chain, at a position from 1 on."""

    __tablename__ = "handoff_chain_members"
    __table_args__ = (Index("ix_handoff_chain_members_user_id", "team_id", "user_id"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[str] = mapped_column(String(32))


class HandoffBatonRow(Base):
    """One thing that somebody must carry on: who handed it over, and where it is.

    `key` tells it from all other open ones: the ask, the message or the link that it is about, or
    its words. `holder_id` has it, or is to take it. `tried` are those to whom it was offered since
    it was handed over and who did not take it. `look_at` is when the clock has to look at it next,
    `tell_at` when whoever it is with now has to be told of it.
    `ask_id` is the question with which it was returned. `card_ts` is where its card stands, once
    that was noted.
    """

    __tablename__ = "handoff_batons"
    __table_args__ = (
        Index(
            "uq_handoff_batons_key",
            "team_id",
            "key",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_handoff_batons_look_at",
            "look_at",
            sqlite_where=_TO_LOOK_AT,
            postgresql_where=_TO_LOOK_AT,
        ),
        Index(
            "ix_handoff_batons_tell_at",
            "tell_at",
            sqlite_where=_TO_TELL,
            postgresql_where=_TO_TELL,
        ),
        Index(
            "ix_handoff_batons_holder_id",
            "team_id",
            "holder_id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_handoff_batons_channel_id", "team_id", "channel_id", "closed_at"),
        Index("ix_handoff_batons_sender_id", "team_id", "sender_id", "closed_at"),
        Index("ix_handoff_batons_ask_id", "team_id", "ask_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    channel_id: Mapped[str] = mapped_column(String(32))
    chain_id: Mapped[UUID | None]
    note_id: Mapped[UUID | None]
    sender_id: Mapped[str] = mapped_column(String(32))
    holder_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    what: Mapped[str] = mapped_column(Text)
    progress: Mapped[str] = mapped_column(Text, default="")
    why: Mapped[str] = mapped_column(Text, default="")
    next_step: Mapped[str] = mapped_column(Text, default="")
    watch_out: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[list[Any]] = mapped_column(default=list)
    tried: Mapped[list[Any]] = mapped_column(default=list)
    made_at: Mapped[datetime]
    offered_at: Mapped[datetime]
    nudged_at: Mapped[datetime | None]
    look_at: Mapped[datetime | None]
    tell_at: Mapped[datetime | None]
    ask_id: Mapped[UUID | None]
    card_ts: Mapped[str] = mapped_column(String(32), default="")
    closed_at: Mapped[datetime | None]


class HandoffStepRow(Base):
    """What happened to a baton: who did what, and with whom it was from then on.

    `told_by` is the key of the message that told them of it, maybe of others as well.
    """

    __tablename__ = "handoff_steps"
    __table_args__ = (Index("ix_handoff_steps_told_by", "team_id", "told_by"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    baton_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(32), default="")
    holder_id: Mapped[str] = mapped_column(String(32), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    told_by: Mapped[str | None] = mapped_column(String(128))


class HandoffDayRow(Base):
    """When somebody is offered to write their hand-off next."""

    __tablename__ = "handoff_days"
    __table_args__ = (Index("ix_handoff_days_next_at", "next_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    next_at: Mapped[datetime]


class HandoffNoteRow(Base):
    """What somebody writes at the end of a day: offered, being written, sent, or nothing to say.

    Of the end of a day there is one per person and local date. `reason` is day, leave or asked.
    `filled` is what the form holds so far, as data.
    """

    __tablename__ = "handoff_notes"
    __table_args__ = (
        Index(
            "uq_handoff_notes_day",
            "team_id",
            "author_id",
            "local_date",
            unique=True,
            sqlite_where=text("reason = 'day'"),
            postgresql_where=text("reason = 'day'"),
        ),
        Index("ix_handoff_notes_author_id", "team_id", "author_id", "made_at"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    author_id: Mapped[str] = mapped_column(String(32))
    local_date: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    channel_id: Mapped[str] = mapped_column(String(32), default="")
    filled: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]


class HandoffDraftRow(Base):
    """What a model drew from the day of whoever has the form of a hand-off open.

    It is to be asked from `draft_at` on; empty: no more. It looks back to `since`, and was last
    wanted at `wanted_at`. `channel_id` is where the form says that it will be read; empty: nowhere
    yet. `lines` are what was drawn, as data.
    """

    __tablename__ = "handoff_drafts"
    __table_args__ = (
        Index(
            "ix_handoff_drafts_draft_at",
            "draft_at",
            sqlite_where=_TO_DRAFT,
            postgresql_where=_TO_DRAFT,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    note_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32))
    channel_id: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime]
    wanted_at: Mapped[datetime]
    draft_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    lines: Mapped[list[Any]] = mapped_column(default=list)


class HandoffBlockerRow(Base):
    """Somebody cannot go on before somebody else has done something; `ask_id` asks for it.

    `key` names what it was noted by, so that it is noted once; `same` is equal where the same is
    said of the same two. `asker_id` asked. `ended` is how the ask ended if nobody answered it.
    """

    __tablename__ = "handoff_blockers"
    __table_args__ = (
        Index("uq_handoff_blockers_key", "team_id", "key", unique=True),
        Index(
            "uq_handoff_blockers_same",
            "team_id",
            "same",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_handoff_blockers_baton_id", "team_id", "baton_id"),
        Index("ix_handoff_blockers_ask_id", "team_id", "ask_id"),
        Index(
            "ix_handoff_blockers_blocked_id",
            "team_id",
            "blocked_id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_handoff_blockers_blocker_id",
            "team_id",
            "blocker_id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    channel_id: Mapped[str] = mapped_column(String(32))
    same: Mapped[str] = mapped_column(String(64))
    baton_id: Mapped[UUID | None]
    blocked_id: Mapped[str] = mapped_column(String(32))
    blocker_id: Mapped[str] = mapped_column(String(32))
    what: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]
    ask_id: Mapped[UUID | None]
    asker_id: Mapped[str] = mapped_column(String(32), default="")
    ended: Mapped[str] = mapped_column(String(16), default="")
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(32), default="")


class HandoffStandInRow(Base):
    """Who stands in for somebody on these days, both included, whenever they are away.

    `is_of_leave`: the days are those of a leave they told of, and follow it; then nobody may be
    named yet. At `look_at` they are offered to hand over and to name somebody.
    """

    __tablename__ = "handoff_stand_ins"
    __table_args__ = (
        Index("ix_handoff_stand_ins_stand_in_id", "team_id", "stand_in_id"),
        Index(
            "ix_handoff_stand_ins_look_at",
            "look_at",
            sqlite_where=_TO_LOOK_AT,
            postgresql_where=_TO_LOOK_AT,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    first_day: Mapped[date] = mapped_column(Date, primary_key=True)
    last_day: Mapped[date] = mapped_column(Date)
    stand_in_id: Mapped[str] = mapped_column(String(32), default="")
    is_of_leave: Mapped[bool] = mapped_column(default=False)
    noted_at: Mapped[datetime]
    look_at: Mapped[datetime | None]


class StandupRow(Base):
    """One stand-up of a channel: everybody's own `local_date`, gathered in one thread.

    `state` is planned, open or over. `look_at` is when it has to be looked at next. `thread_ts` is
    where the thread begins, once that is out. `opened_at` is when it was planned until it is open.
    """

    __tablename__ = "standups"
    __table_args__ = (
        Index(
            "ix_standups_look_at",
            "look_at",
            sqlite_where=_TO_LOOK_AT,
            postgresql_where=_TO_LOOK_AT,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    local_date: Mapped[date] = mapped_column(Date, primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    look_at: Mapped[datetime | None]
    thread_ts: Mapped[str] = mapped_column(String(32), default="")
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class StandupEntryRow(Base):
    """What somebody says in a stand-up: prompted at `prompt_at`, by `due_at` if not late.

    `state` is waiting, prompted, answered, skipped or declined, which means for good. `blocker_id`
    is who they wait for, `message_ts` where what they wrote stands.
    """

    __tablename__ = "standup_entries"
    __table_args__ = (
        Index(
            "ix_standup_entries_look_at",
            "look_at",
            sqlite_where=_TO_LOOK_AT,
            postgresql_where=_TO_LOOK_AT,
        ),
        Index("ix_standup_entries_user_id", "team_id", "user_id", "local_date"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    local_date: Mapped[date] = mapped_column(Date, primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    prompt_at: Mapped[datetime]
    due_at: Mapped[datetime]
    look_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    is_late: Mapped[bool] = mapped_column(default=False)
    done: Mapped[str] = mapped_column(Text, default="")
    blocked: Mapped[str] = mapped_column(Text, default="")
    blocker_id: Mapped[str] = mapped_column(String(32), default="")
    watch_out: Mapped[str] = mapped_column(Text, default="")
    message_ts: Mapped[str] = mapped_column(String(32), default="")


class StandupPromiseRow(Base):
    """Something that somebody said in a stand-up they would do next, and when it was delivered.

    `dropped_at`: they said later that it is not needed any more.
    """

    __tablename__ = "standup_promises"
    __table_args__ = (
        Index("ix_standup_promises_user_id", "team_id", "channel_id", "user_id", "delivered_at"),
        Index("ix_standup_promises_promised_on", "team_id", "channel_id", "promised_on"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32))
    user_id: Mapped[str] = mapped_column(String(32))
    promised_on: Mapped[date] = mapped_column(Date)
    number: Mapped[int]
    what: Mapped[str] = mapped_column(Text)
    delivered_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
