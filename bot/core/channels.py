"""The channels Baton was added to, who is in them, and so who is enrolled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Index, String, Update, delete, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, insert_new, upsert
from bot.core.people import Person

_UNSYNCED = text("synced_at IS NULL")


class ChannelRow(Base):
    """One channel that Baton is, or was, a member of; unsynced: Slack has to be asked about it."""

    __tablename__ = "channels"
    __table_args__ = (
        Index(
            "ix_channels_unsynced", "team_id", sqlite_where=_UNSYNCED, postgresql_where=_UNSYNCED
        ),
    )

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    is_private: Mapped[bool]
    is_member: Mapped[bool]
    synced_at: Mapped[datetime | None]


class ChannelMemberRow(Base):
    """Somebody is a member of a channel."""

    __tablename__ = "channel_members"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)

    __table_args__ = (Index("ix_channel_members_user_id", "team_id", "user_id"),)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; `is_member` tells whether Baton is in it."""

    channel_id: str
    name: str
    is_private: bool
    is_member: bool


def find(session: Session, team_id: str, channel_id: str) -> Channel | None:
    """What is known of a channel Baton was added to."""
    row = session.get(ChannelRow, (team_id, channel_id))
    return _channel_of(row) if row else None


def shared_with(session: Session, team_id: str, user_id: str) -> list[Channel]:
    """The channels that both Baton and this person are members of, by name."""
    rows = (
        select(ChannelRow)
        .join(ChannelMemberRow, _same_channel())
        .where(
            ChannelRow.team_id == team_id, ChannelRow.is_member, ChannelMemberRow.user_id == user_id
        )
        .order_by(ChannelRow.name)
    )
    return [_channel_of(row) for row in session.scalars(rows)]


def is_enrolled(session: Session, team_id: str, person: Person) -> bool:
    """Whether Baton works for somebody: a full member of a channel that it is in."""
    return person.is_member and bool(shared_with(session, team_id, person.user_id))


def unsynced(session: Session, *, limit: int) -> list[tuple[str, str]]:
    """(team, channel) of channels about which Slack has to be asked."""
    rows = select(ChannelRow.team_id, ChannelRow.channel_id).where(ChannelRow.synced_at.is_(None))
    return list(session.execute(rows.limit(limit)))


def mark_unsynced(session: Session, team_id: str, channel_id: str) -> None:
    """Notes that Slack has to be asked about a channel."""
    fresh = {
        "team_id": team_id,
        "channel_id": channel_id,
        "name": "",
        "is_private": True,  # until Slack says otherwise
        "is_member": True,
        "synced_at": None,
    }
    if not insert_new(session, ChannelRow, [fresh]):
        session.execute(_channel(team_id, channel_id).values(synced_at=None))


def save(
    session: Session, team_id: str, channel: Channel, members: Iterable[str], *, now: datetime
) -> None:
    """Records what Slack says of a channel and who is in it."""
    values = {
        "team_id": team_id,
        "channel_id": channel.channel_id,
        "name": channel.name,
        "is_private": channel.is_private,
        "is_member": channel.is_member,
        "synced_at": now,
    }
    upsert(session, ChannelRow, values)
    session.execute(_members(team_id, channel.channel_id))
    for user_id in sorted(set(members)):
        add_member(session, team_id, channel.channel_id, user_id)


def forget(session: Session, team_id: str, channel_id: str, *, now: datetime) -> None:
    """Notes that Baton is no longer in a channel; nobody is enrolled by it."""
    session.execute(_channel(team_id, channel_id).values(is_member=False, synced_at=now))
    session.execute(_members(team_id, channel_id))


def add_member(session: Session, team_id: str, channel_id: str, user_id: str) -> None:
    """Notes that somebody is in a channel."""
    row = {"team_id": team_id, "channel_id": channel_id, "user_id": user_id}
    insert_new(session, ChannelMemberRow, [row])


def remove_member(session: Session, team_id: str, channel_id: str, user_id: str) -> None:
    """Notes that somebody left a channel."""
    affected(session, _members(team_id, channel_id).where(ChannelMemberRow.user_id == user_id))


def has_member(session: Session, team_id: str, channel_id: str, user_id: str) -> bool:
    """Whether somebody is in a channel that Baton is in."""
    return session.get(ChannelMemberRow, (team_id, channel_id, user_id)) is not None


def _same_channel() -> ColumnElement[bool]:
    return (ChannelRow.team_id == ChannelMemberRow.team_id) & (
        ChannelRow.channel_id == ChannelMemberRow.channel_id
    )


def _channel(team_id: str, channel_id: str) -> Update:
    return update(ChannelRow).where(
        ChannelRow.team_id == team_id, ChannelRow.channel_id == channel_id
    )


def _members(team_id: str, channel_id: str) -> Delete:
    return delete(ChannelMemberRow).where(
        ChannelMemberRow.team_id == team_id, ChannelMemberRow.channel_id == channel_id
    )


def _channel_of(row: ChannelRow) -> Channel:
    return Channel(row.channel_id, row.name, row.is_private, row.is_member)
