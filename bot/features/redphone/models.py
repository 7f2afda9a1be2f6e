"""The tables of the red phone."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Date, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base
from bot.core.encryption import ENCRYPTED
from bot.features.redphone.rules.acknowledging import MOVED, Standing
from bot.features.redphone.rules.states import State

_TO_LOOK_AT: Final = text("next_at IS NOT NULL")
_TO_ASK: Final = text("ask_at IS NOT NULL")
_NOT_DELETED: Final = text("deleted_at IS NULL")
_TO_SETTLE: Final = text("settle_by IS NOT NULL")


class PageRow(Base):
    """One use of the red phone. `form_id` is the form it came from: sent twice, it pages once.

    `target` is whom it is for: `rotation:<id>`, `person:<id>` or `group:<id>`. `policy` is the
    escalation policy as it was when somebody pressed. `position` counts the levels that were
    begun, over all rounds; `next_at` is when the clock has to look at it next. `about_channel` and
    `about_ts` name the message it was made from. `card_channel` and `card_ts` are where its card
    stands, `incident_channel` the channel that was made for it.
    """

    __tablename__ = "pages"
    __table_args__ = (
        Index("uq_pages_form_id", "team_id", "form_id", unique=True),
        Index(
            "ix_pages_next_at", "next_at", sqlite_where=_TO_LOOK_AT, postgresql_where=_TO_LOOK_AT
        ),
        Index("ix_pages_paged_at", "team_id", "paged_at"),
        Index("ix_pages_caller_id", "team_id", "caller_id", "paged_at"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(String(64))
    caller_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(Text)
    impact: Mapped[str] = mapped_column(Text)
    target: Mapped[str] = mapped_column(String(64))
    policy: Mapped[dict[str, Any]]
    is_drill: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16))
    paged_at: Mapped[datetime]
    position: Mapped[int]
    next_at: Mapped[datetime | None]
    about_channel: Mapped[str] = mapped_column(String(32))
    about_ts: Mapped[str] = mapped_column(String(32))
    card_channel: Mapped[str] = mapped_column(String(32))
    card_ts: Mapped[str] = mapped_column(String(32))
    incident_channel: Mapped[str] = mapped_column(String(32))
    acknowledged_by: Mapped[str] = mapped_column(String(32))
    acknowledged_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    decays: Mapped[int]
    resolved_by: Mapped[str] = mapped_column(String(32))
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str] = mapped_column(Text)
    alarmed_at: Mapped[datetime | None]

    @property
    def standing(self) -> Standing:
        """Where the page stands."""
        return Standing(State(self.state), **{each: getattr(self, each) for each in MOVED})


class PageStepRow(Base):
    """One attempt of a page: at `position` of its policy, one person, in one way.

    `way` is dm, channel, or a pager's name; `user_id` is empty where it is nobody's own. `key` is
    that of its row in the outbox or among the attempts. At `settle_by` somebody has to see to it
    that it did not arrive, or not in time; None: it did, or that was seen to.
    """

    __tablename__ = "page_steps"
    __table_args__ = (
        Index(
            "uq_page_steps_step", "team_id", "page_id", "position", "user_id", "way", unique=True
        ),
        Index("ix_page_steps_key", "team_id", "key"),
        Index(
            "ix_page_steps_settle_by",
            "settle_by",
            sqlite_where=_TO_SETTLE,
            postgresql_where=_TO_SETTLE,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    page_id: Mapped[UUID]
    position: Mapped[int]
    user_id: Mapped[str] = mapped_column(String(32))
    way: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(128))
    state: Mapped[str] = mapped_column(String(16))
    queued_at: Mapped[datetime]
    settle_by: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(200))


class PageEventRow(Base):
    """One line of a page's timeline; `user_id` is whoever did it, empty: Baton."""

    __tablename__ = "page_events"
    __table_args__ = (Index("ix_page_events_page_id", "team_id", "page_id", "id"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    page_id: Mapped[UUID]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(24))
    user_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)


class PageResponderRow(Base):
    """Somebody who was paged, or joined."""

    __tablename__ = "page_responders"
    __table_args__ = (Index("ix_page_responders_user_id", "team_id", "user_id"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    page_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    how: Mapped[str] = mapped_column(String(16))
    since: Mapped[datetime]


class PageReviewRow(Base):
    """Whether a page was an emergency, as its caller or whoever was on it says.

    `ask_at` is when to ask, or to try again; None: they were asked, or their digest does.
    """

    __tablename__ = "page_reviews"
    __table_args__ = (
        Index("ix_page_reviews_user_id", "team_id", "user_id"),
        Index("ix_page_reviews_ask_at", "ask_at", sqlite_where=_TO_ASK, postgresql_where=_TO_ASK),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    page_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    was_emergency: Mapped[bool | None]
    ask_at: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class EscalationPolicyRow(Base):
    """Who is reached in which order, how, and how often; see `rules.policies`."""

    __tablename__ = "escalation_policies"
    __table_args__ = (Index("uq_escalation_policies_name", "team_id", "name", unique=True),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    policy: Mapped[dict[str, Any]]
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]


class RotationRow(Base):
    """Who is on call, one after the other; `policy_id` is its own escalation policy, if any.

    The first one of a workspace has an empty name. `look_at` is when the clock looks at it next,
    e.g. to remind whoever comes next. One that was deleted stays for a while, to be taken back.
    """

    __tablename__ = "rotations"
    __table_args__ = (
        Index(
            "uq_rotations_name",
            "team_id",
            "name",
            unique=True,
            sqlite_where=_NOT_DELETED,
            postgresql_where=_NOT_DELETED,
        ),
        Index("ix_rotations_look_at", "look_at"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    zone: Mapped[str] = mapped_column(String(64))
    policy_id: Mapped[UUID | None]
    changed_by: Mapped[str] = mapped_column(String(32))
    changed_at: Mapped[datetime]
    look_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


class RotationLayerRow(Base):
    """People who take turns; a layer with a higher position goes before those below it.

    `every` is daily or weekly; `hand_over_at` a time of day in the rotation's zone; `weekday` from
    0 for Monday. `hours` limits it to hours of the week; empty: always.
    """

    __tablename__ = "rotation_layers"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    rotation_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    every: Mapped[str] = mapped_column(String(8))
    hand_over_at: Mapped[str] = mapped_column(String(5))
    weekday: Mapped[int]
    starts_on: Mapped[date] = mapped_column(Date)
    members: Mapped[list[Any]]
    hours: Mapped[str] = mapped_column(String(200))


class RotationOverrideRow(Base):
    """Somebody is on call for a while, whoever's turn it is; `instead_of` is whose turn it was."""

    __tablename__ = "rotation_overrides"
    __table_args__ = (Index("ix_rotation_overrides_ends_at", "team_id", "rotation_id", "ends_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    rotation_id: Mapped[UUID]
    user_id: Mapped[str] = mapped_column(String(32))
    instead_of: Mapped[str] = mapped_column(String(32))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime]


class RotationFeedRow(Base):
    """The calendar from which a rotation takes its shifts; `url` is encrypted."""

    __tablename__ = "rotation_feeds"
    __table_args__ = (Index("ix_rotation_feeds_next_at", "next_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    rotation_id: Mapped[UUID] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(Text, info=ENCRYPTED)
    host: Mapped[str] = mapped_column(String(255))
    etag: Mapped[str] = mapped_column(String(255))
    fetched_at: Mapped[datetime | None]
    next_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(String(200))


class RotationShiftRow(Base):
    """A shift from a calendar; without `user_id` nobody of the workspace is called `label`."""

    __tablename__ = "rotation_shifts"
    __table_args__ = (
        Index("ix_rotation_shifts_ends_at", "team_id", "rotation_id", "ends_at"),
        Index("ix_rotation_shifts_user_id", "team_id", "user_id"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    rotation_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    user_id: Mapped[str] = mapped_column(String(32))
    label: Mapped[str] = mapped_column(String(200))
