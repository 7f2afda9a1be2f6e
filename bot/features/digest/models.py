"""The tables of the digest."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.db import Base

_DRAFTING: Final = text("state = 'drafting'")


class DigestRow(Base):
    """One person's digest of one local date: there is never a second one."""

    __tablename__ = "digests"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    covers_from: Mapped[datetime]
    made_at: Mapped[datetime]


class DigestScheduleRow(Base):
    """When somebody's next digest is due, and how far they were told so far."""

    __tablename__ = "digest_schedules"
    __table_args__ = (Index("ix_digest_schedules_next_at", "next_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    next_at: Mapped[datetime]
    next_on: Mapped[date | None]  # the local date that it is for
    drafted_for: Mapped[datetime | None]  # the `next_at` that drafts were asked for, ahead
    told_until: Mapped[datetime | None]  # when the last one was made
    tells_from: Mapped[datetime | None]  # from when on the next one tells, or from before
    translated_for: Mapped[datetime | None]  # the same of translations


class DigestSliceRow(Base):
    """What was said in one channel from `covers_from` on, as lines that a model worded.

    They tell of what was said until `told_until`; `told_from` says the same as `covers_from`, for
    the version before. `needed_at` is when the digest that comes first is due, `read` are the `ts`
    of what the model has read, `prompt` is which prompt it was asked with.
    """

    __tablename__ = "digest_slices"
    __table_args__ = (
        Index("ix_digest_slices_told_until", "told_until"),
        Index(
            "ix_digest_slices_drafting",
            "team_id",
            "channel_id",
            sqlite_where=_DRAFTING,
            postgresql_where=_DRAFTING,
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    covers_from: Mapped[datetime] = mapped_column(primary_key=True)
    told_from: Mapped[datetime]
    told_until: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    lines: Mapped[list[Any]]
    needed_at: Mapped[datetime | None]
    read: Mapped[list[Any]] = mapped_column(server_default="[]")
    prompt: Mapped[str] = mapped_column(String(80), server_default="")


class DigestWishRow(Base):
    """Somebody wants to read more, or less, of a channel."""

    __tablename__ = "digest_wishes"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    wish: Mapped[str] = mapped_column(String(16))


class DigestOpinionRow(Base):
    """What somebody thinks of their digest of a date, and which prompt worded it."""

    __tablename__ = "digest_opinions"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    prompt: Mapped[str] = mapped_column(String(64))
    is_good: Mapped[bool]
    at: Mapped[datetime]


class DigestChannelRow(Base):
    """When a channel's next digest is due, and from when on it tells; no row: it gets none."""

    __tablename__ = "digest_channels"
    __table_args__ = (Index("ix_digest_channels_next_at", "next_at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    next_at: Mapped[datetime]
    covers_from: Mapped[datetime]


class DigestChannelPostRow(Base):
    """One channel's digest of one local date: there is never a second one."""

    __tablename__ = "digest_channel_posts"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    made_at: Mapped[datetime]


class DigestAppMessageRow(Base):
    """What another app posted. Gone: deleted or erased, and the row stays as a mark.

    The text goes when those of people do, the row after 30 days. `account_id` wrote it, and
    `revision` is when it was last changed, as a `ts`.
    """

    __tablename__ = "digest_app_messages"
    __table_args__ = (Index("ix_digest_app_messages_at", "team_id", "channel_id", "at"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
    app: Mapped[str] = mapped_column(String(80), default="")
    account_id: Mapped[str] = mapped_column(String(32), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    thread_ts: Mapped[str | None] = mapped_column(String(32))
    revision: Mapped[str] = mapped_column(String(32), default="")
    is_gone: Mapped[bool] = mapped_column(default=False)


class DigestReviewRow(Base):
    """What one message of an app says of one pull request and one login.

    Without a login it is about the pull request itself: open again, or merged or closed.
    """

    __tablename__ = "digest_reviews"
    __table_args__ = (
        Index("ix_digest_reviews_login", "team_id", "login"),
        Index("ix_digest_reviews_url", "team_id", "url"),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ts: Mapped[str] = mapped_column(String(32), primary_key=True)
    url: Mapped[str] = mapped_column(String(300), primary_key=True)
    login: Mapped[str] = mapped_column(String(64), primary_key=True)
    asked_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class DigestLoginRow(Base):
    """How somebody is called in another service, as they say themselves; in small letters."""

    __tablename__ = "digest_logins"
    __table_args__ = (Index("ix_digest_logins_login", "team_id", "service", "login"),)

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    service: Mapped[str] = mapped_column(String(16), primary_key=True)
    login: Mapped[str] = mapped_column(String(64))


class DigestTranslationRow(Base):
    """The lines of a slice in another language, by the revision of what each said; they go with it.

    `state` is as a slice's; it was asked for at `asked_at`.
    """

    __tablename__ = "digest_translations"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    covers_from: Mapped[datetime] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(16))
    lines: Mapped[dict[str, Any]]
