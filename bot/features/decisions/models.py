"""The tables of the decision registry."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base
from bot.core.queue import Queued, queue_indexes

_FROM_A_THREAD = text("root_ts != ''")
_TO_REVIEW = text("remind_at IS NOT NULL")
_TO_LOOK_AT = text("look_at IS NOT NULL")
_TO_DRAFT = text("draft_at IS NOT NULL")
_OF_A_STEP = text("execution != ''")
_REPLACED = text("superseded_by IS NOT NULL")


class DecisionRow(Base):
    """One decision in its newest version, numbered within its workspace; a thread is logged once.

    `logged_by` wrote it down, `author_id` said what is quoted in `text`; empty: unknown, or erased.
    `tags` are parted by blanks. `remind_at` is when its owner has to be asked next whether it still
    holds; empty: never. The full-text index of the database follows `search_title` and
    `search_text` by itself (`queries.search`).
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index(
            "uq_decisions_root_ts",
            "team_id",
            "channel_id",
            "root_ts",
            unique=True,
            sqlite_where=_FROM_A_THREAD,
            postgresql_where=_FROM_A_THREAD,
        ),
        Index("ix_decisions_decided_at", "team_id", "decided_at"),
        Index("ix_decisions_owner_id", "team_id", "owner_id", "number"),
        Index("ix_decisions_status", "team_id", "status", "number"),
        Index("ix_decisions_channel_id", "team_id", "channel_id", "number"),
        Index(
            "ix_decisions_superseded_by",
            "team_id",
            "superseded_by",
            sqlite_where=_REPLACED,
            postgresql_where=_REPLACED,
        ),
        Index(
            "ix_decisions_remind_at",
            "remind_at",
            sqlite_where=_TO_REVIEW,
            postgresql_where=_TO_REVIEW,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(server_default="1")
    status: Mapped[str] = mapped_column(String(16), server_default="accepted")
    title: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    alternatives: Mapped[str] = mapped_column(Text, server_default="")
    objections: Mapped[str] = mapped_column(Text, server_default="")
    is_reversible: Mapped[bool | None]
    tags: Mapped[str] = mapped_column(Text, server_default="")
    search_title: Mapped[str] = mapped_column(Text, server_default="")
    search_text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[str] = mapped_column(String(32))
    logged_by: Mapped[str] = mapped_column(String(32), server_default="")
    author_id: Mapped[str] = mapped_column(String(32), default="")
    channel_id: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    root_ts: Mapped[str] = mapped_column(String(32))
    is_source_gone: Mapped[bool] = mapped_column(server_default=false())
    decided_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    superseded_by: Mapped[int | None]
    review_on: Mapped[date | None] = mapped_column(Date)
    remind_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(16), server_default="")


class DecisionVersionRow(Base):
    """One version of a decision as it was: who changed what, when, and why in words (`note`)."""

    __tablename__ = "decision_versions"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(32))
    change: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    record: Mapped[dict[str, Any]]


class DecisionTagRow(Base):
    """A decision bears a tag."""

    __tablename__ = "decision_tags"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class DecisionSourceRow(Base):
    """A message that a field of a decision rests on; `quote` are words of it that stand there."""

    __tablename__ = "decision_sources"
    __table_args__ = (
        Index("ix_decision_sources_ts", "team_id", "channel_id", "ts"),
        Index("ix_decision_sources_author_id", "team_id", "author_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(16), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    author_id: Mapped[str] = mapped_column(String(32))
    quote: Mapped[str] = mapped_column(Text)


class DecisionDraftRow(Base):
    """A form that somebody opened, until it is sent off.

    `kind` says what it does: log, amend, propose, step. `number` is the decision it amends, or
    became; `filled` what was found for its fields. A model is to be asked from `draft_at` on;
    empty: no more. A step is one `execution` of a workflow, which waits; at `look_at` its owner is
    asked again, or it ends; empty: it is over.
    """

    __tablename__ = "decision_drafts"
    __table_args__ = (
        Index(
            "ix_decision_drafts_draft_at",
            "draft_at",
            sqlite_where=_TO_DRAFT,
            postgresql_where=_TO_DRAFT,
        ),
        Index(
            "uq_decision_drafts_execution",
            "team_id",
            "execution",
            unique=True,
            sqlite_where=_OF_A_STEP,
            postgresql_where=_OF_A_STEP,
        ),
        Index(
            "ix_decision_drafts_look_at",
            "look_at",
            sqlite_where=_TO_LOOK_AT,
            postgresql_where=_TO_LOOK_AT,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), server_default="log")
    user_id: Mapped[str] = mapped_column(String(32))
    author_id: Mapped[str] = mapped_column(String(32), default="")
    channel_id: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    root_ts: Mapped[str] = mapped_column(String(32))
    number: Mapped[int | None]
    filled: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    opened_at: Mapped[datetime]
    draft_at: Mapped[datetime | None]
    execution: Mapped[str] = mapped_column(String(64), server_default="")
    look_at: Mapped[datetime | None]


class DecisionOfferRow(Base):
    """A thread that seems to settle something; its decider is offered once to log it.

    `look_at` is when it has to be looked at next; empty: never again. `decided_ts` is the message
    that settles it, `decider_id` who was asked, `offered_at` when, or when there was nobody to ask.
    """

    __tablename__ = "decision_offers"
    __table_args__ = (
        Index(
            "ix_decision_offers_look_at",
            "look_at",
            sqlite_where=_TO_LOOK_AT,
            postgresql_where=_TO_LOOK_AT,
        ),
        Index("ix_decision_offers_decider_id", "team_id", "decider_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    root_ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    decided_ts: Mapped[str] = mapped_column(String(32))
    decider_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))
    found_at: Mapped[datetime]
    look_at: Mapped[datetime | None]
    offered_at: Mapped[datetime | None]


class ProposalRow(Base):
    """A decision that is proposed: its comment period, in which reviewers speak.

    `days` are working days of each reviewer's own. `is_lazy`: silence agrees. `changed_at` is its
    last material change, `closes_at` the earliest close as known now. It has to be looked at again
    at `look_at`; empty: it is closed (`result` says how), or waits for a concern to be settled.
    """

    __tablename__ = "decision_proposals"
    __table_args__ = (
        Index(
            "ix_decision_proposals_look_at",
            "look_at",
            sqlite_where=_TO_LOOK_AT,
            postgresql_where=_TO_LOOK_AT,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    proposer_id: Mapped[str] = mapped_column(String(32))
    options: Mapped[str] = mapped_column(Text)
    days: Mapped[int]
    is_lazy: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16))
    result: Mapped[str] = mapped_column(String(16), server_default="")
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    look_at: Mapped[datetime | None]


class ReviewerRow(Base):
    """Somebody asked to review a proposal, and what they said; `vote` empty: nothing yet.

    `voted_on` is the version of the decision that they saw, `reviews_since` when they were first
    counted, `asked_on` the last of their own days on which they were asked to speak. Who
    `has_joined` by themselves counts once they spoke.
    """

    __tablename__ = "decision_reviewers"
    __table_args__ = (Index("ix_decision_reviewers_user_id", "team_id", "user_id"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    vote: Mapped[str] = mapped_column(String(16), server_default="")
    comment: Mapped[str] = mapped_column(Text, server_default="")
    voted_at: Mapped[datetime | None]
    voted_on: Mapped[int | None]
    asked_on: Mapped[date | None] = mapped_column(Date)
    reviews_since: Mapped[datetime | None]
    has_joined: Mapped[bool] = mapped_column(server_default=false())


class ConcernRow(Base):
    """A concern about a proposal: named, in words, and in the way until it is settled."""

    __tablename__ = "decision_concerns"
    __table_args__ = (Index("ix_decision_concerns_raiser_id", "team_id", "raiser_id"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    raiser_id: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    raised_on: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    settled_by: Mapped[str] = mapped_column(String(32), server_default="")
    settled_at: Mapped[datetime | None]
    how: Mapped[str] = mapped_column(Text, server_default="")


class WriteRow(Queued, Base):
    """A version of a decision that a system of record is to hold; its lane is the system's.

    `reference` says where it stands once it was read back there, `replaced` that somebody's own
    change was written over.
    """

    __tablename__ = "decision_writes"
    __table_args__ = (
        Index("uq_decision_writes_version", "team_id", "number", "system", "version", unique=True),
        *queue_indexes("decision_writes"),
    )

    system: Mapped[str] = mapped_column(String(16))
    number: Mapped[int]
    version: Mapped[int]
    wanted_at: Mapped[datetime]
    recorded_at: Mapped[datetime | None]
    reference: Mapped[dict[str, Any] | None]
    replaced: Mapped[bool] = mapped_column(server_default=false())


class DecisionNoticeRow(Base):
    """Something about the close of a proposal that somebody is told at `at`, or when they can be.

    It goes when they know. `key` names the fact.
    """

    __tablename__ = "decision_notices"
    __table_args__ = (
        Index("ix_decision_notices_at", "at"),
        Index("ix_decision_notices_user_id", "team_id", "user_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class DecisionCountRow(Base):
    """How many decisions a workspace has; the next one gets the next number."""

    __tablename__ = "decision_counts"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    newest: Mapped[int]
