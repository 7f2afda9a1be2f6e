"""The channels Baton was added to, who is in them, and so who is enrolled."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Index,
    Select,
    String,
    Update,
    bindparam,
    false,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import workspaces
from bot.core.db import (
    Base,
    for_each,
    forget_lasting,
    grouped,
    insert_new,
    lasting,
    portions,
    those_with,
    upsert,
)
from bot.core.people import Person, PersonRow
from bot.core.people import find as find_person

_UNSYNCED = text("synced_at IS NULL")


class ChannelRow(Base):
    """One channel that Slack told of, or has to be asked about: then it is unsynced."""

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
    creator_id: Mapped[str] = mapped_column(String(32))
    is_shared: Mapped[bool] = mapped_column(server_default=true())
    is_general: Mapped[bool] = mapped_column(server_default=false())
    synced_at: Mapped[datetime | None]


class ChannelMemberRow(Base):
    """Somebody is, or was, a member of a channel; `as_of` is when that was so."""

    __tablename__ = "channel_members"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    is_member: Mapped[bool]
    as_of: Mapped[datetime]

    __table_args__ = (Index("ix_channel_members_user_id", "team_id", "user_id"),)


def _known_to_member() -> Select[Any]:
    people, channels, inside = PersonRow.__table__, ChannelRow.__table__, ChannelMemberRow.__table__
    wanted = (channels.c.team_id == people.c.team_id) & channels.c.channel_id.in_(
        bindparam("channel_ids", expanding=True)
    )
    theirs = (
        (inside.c.team_id == channels.c.team_id)
        & (inside.c.channel_id == channels.c.channel_id)
        & (inside.c.user_id == people.c.user_id)
    )
    return (
        select(
            channels.c.channel_id,
            channels.c.is_private,
            channels.c.is_member,
            inside.c.is_member,
            channels.c.synced_at,
        )
        .select_from(people.outerjoin(channels, wanted).outerjoin(inside, theirs))
        .where(
            people.c.team_id == bindparam("team_id"),
            people.c.user_id == bindparam("reader_id"),
            people.c.is_member,
        )
    )


def _channels() -> Select[Any]:
    channels = ChannelRow.__table__
    wanted = channels.c.channel_id.in_(bindparam("channel_ids", expanding=True))
    return select(channels).where(channels.c.team_id == bindparam("team_id"), wanted)


def _is_inside() -> Select[Any]:
    inside = ChannelMemberRow.__table__.c
    return select(inside.is_member).where(
        inside.team_id == bindparam("team_id"),
        inside.channel_id == bindparam("channel_id"),
        inside.user_id == bindparam("user_id"),
    )


_KNOWN_TO_MEMBER: Final = _known_to_member()
"""A row without a channel where none is known, and no row at all for others; built once."""
_CHANNELS: Final = _channels()
_IS_INSIDE: Final = _is_inside()


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel; `is_member` tells whether Baton is in it.

    People of another organisation can read what is shared, or are invited to. `is_general`: it is
    the one channel that everybody is in. `created_at` is known only when Slack was just asked.
    """

    channel_id: str
    name: str
    is_private: bool
    is_member: bool
    creator_id: str = ""
    is_shared: bool = False
    is_general: bool = False
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What was new in what Slack said: Baton's being in the channel, and who is in it."""

    is_new: bool
    joined: list[str]


@dataclass(frozen=True, slots=True)
class _Told:
    """What Slack told of a channel, and when it was asked."""

    channel: Channel
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of a channel and one reader, and when Slack was asked; None: ask it."""

    is_private: bool
    has_baton: bool
    has_reader: bool
    asked_at: datetime | None


def known(session: Session, team_id: str, channel_id: str, reader_id: str) -> Knowledge | None:
    """What is known of a channel and of somebody's being in it."""
    told = _told(session, team_id, channel_id)
    if told is None:
        return None
    has_reader = has_member(session, team_id, channel_id, reader_id)
    return Knowledge(told.channel.is_private, told.channel.is_member, has_reader, told.at)


def known_among(
    session: Session, team_id: str, channel_ids: Sequence[str], reader_id: str
) -> dict[str, Knowledge] | None:
    """What is known of each of these channels and of somebody's being in it.

    None: they are no full member, as far as is known.
    """
    if len(those_with(session, reader_id)) > 1:
        return _known_to_reader(session, team_id, channel_ids, reader_id)
    found: dict[str, Knowledge] = {}
    for some in portions(channel_ids):
        values = {"team_id": team_id, "reader_id": reader_id, "channel_ids": some}
        rows = session.execute(_KNOWN_TO_MEMBER, values).all()
        if not rows:
            return None
        for channel_id, is_private, has_baton, has_reader, asked_at in rows:
            if channel_id is not None:
                known = Knowledge(is_private, has_baton, bool(has_reader), asked_at)
                found[channel_id] = known
    return found


def _known_to_reader(
    session: Session, team_id: str, channel_ids: Sequence[str], reader_id: str
) -> dict[str, Knowledge] | None:
    """The same for one of many: channels and memberships are loaded for all of them at once."""

    def read(ids: Sequence[str]) -> dict[str, set[str]]:
        rows = select(ChannelMemberRow.user_id, ChannelMemberRow.channel_id).where(
            ChannelMemberRow.team_id == team_id,
            ChannelMemberRow.user_id.in_(ids),
            ChannelMemberRow.is_member,
        )
        inside: dict[str, set[str]] = {}
        for user_id, channel_id in session.execute(rows):
            inside.setdefault(user_id, set()).add(channel_id)
        return inside

    reader = find_person(session, team_id, reader_id)
    if reader is None or not reader.is_member:
        return None
    inside = for_each(session, ("inside", team_id), reader_id, read) or set()
    rows = {each: session.get(ChannelRow, (team_id, each)) for each in channel_ids}
    return {
        each: Knowledge(row.is_private, row.is_member, each in inside, row.synced_at)
        for each, row in rows.items()
        if row is not None
    }


def find(session: Session, team_id: str, channel_id: str) -> Channel | None:
    """What is known of a channel."""
    told = _told(session, team_id, channel_id)
    return told.channel if told else None


def joined(session: Session, team_id: str) -> Sequence[str]:
    """Ids of the channels that Baton is in."""
    inside = (ChannelRow.team_id == team_id) & ChannelRow.is_member
    return session.scalars(select(ChannelRow.channel_id).where(inside).order_by("channel_id")).all()


def called(session: Session, team_id: str, name: str) -> Channel | None:
    """The channel of that name that Baton is in."""
    rows = select(ChannelRow).where(
        ChannelRow.team_id == team_id, ChannelRow.name == name, ChannelRow.is_member
    )
    row = session.scalars(rows).first()
    return _channel_of(row) if row else None


def shared_with(session: Session, team_id: str, user_id: str) -> list[Channel]:
    """The channels that both Baton and this person are members of, by name."""

    def read(ids: Sequence[str]) -> dict[str, list[tuple[str, Channel]]]:
        found = session.execute(rows.where(ChannelMemberRow.user_id.in_(ids)))
        theirs = [(member, _channel_of(row)) for row, member in found]
        return grouped(theirs, by=lambda each: each[0])

    rows = (
        select(ChannelRow, ChannelMemberRow.user_id)
        .join(ChannelMemberRow, _same_channel())
        .where(
            ChannelRow.team_id == team_id,
            ChannelRow.is_member,
            ChannelMemberRow.is_member,
        )
        .order_by(ChannelRow.name)
    )
    theirs = for_each(session, ("channels shared", team_id), user_id, read) or ()
    return [channel for _, channel in theirs]


def is_enrolled(session: Session, team_id: str, person: Person) -> bool:
    """Whether Baton works for somebody: a full member of a channel that it is in."""
    return person.is_member and bool(shared_with(session, team_id, person.user_id))


def unsynced(session: Session, *, limit: int) -> list[tuple[str, str]]:
    """(team, channel) of channels about which Slack has to be asked."""
    team_id, channel_id = ChannelRow.team_id, ChannelRow.channel_id
    rows = select(team_id, channel_id).where(
        ChannelRow.synced_at.is_(None), workspaces.can_be_asked(team_id)
    )
    turn = workspaces.in_turn(team_id, channel_id)
    return list(session.execute(rows.order_by(turn, team_id).limit(limit)))


def unsynced_among(session: Session, team_id: str, channel_ids: Collection[str]) -> set[str]:
    """Those of the channels about which Slack has not told since something about them changed."""
    found = set(channel_ids)
    for some in portions(sorted(channel_ids)):
        rows = select(ChannelRow.channel_id).where(
            ChannelRow.team_id == team_id,
            ChannelRow.channel_id.in_(some),
            ChannelRow.synced_at.is_not(None),
        )
        found.difference_update(session.scalars(rows))
    return found


def unmet(session: Session, *, limit: int) -> list[tuple[str, str]]:
    """(team, user) of members whom Slack has to be asked about."""
    row = ChannelMemberRow
    asked = workspaces.can_be_asked(row.team_id)
    turn = workspaces.in_turn(row.team_id, row.user_id).label("turn")
    rows = (
        select(row.team_id, row.user_id, turn)
        .outerjoin(PersonRow, _same_person())
        .where(PersonRow.user_id.is_(None), row.is_member, asked)
        .distinct()
        .order_by(turn, row.team_id)
        .limit(limit)
    )
    return [(team_id, user_id) for team_id, user_id, _ in session.execute(rows)]


def doubt_old(session: Session, *, before: datetime) -> None:
    """Has Slack asked again about the channels it was last asked about before then."""
    forget_lasting(session)
    old = update(ChannelRow).where(ChannelRow.is_member, ChannelRow.synced_at < before)
    session.execute(old.values(synced_at=None))


def doubt_all(session: Session, team_id: str) -> None:
    """Has Slack asked again about every channel: events may have been missed."""
    forget_lasting(session)
    session.execute(update(ChannelRow).where(ChannelRow.team_id == team_id).values(synced_at=None))


def mark_unsynced(session: Session, team_id: str, channel_id: str) -> None:
    """Notes that Slack has to be asked about a channel."""
    forget_lasting(session)
    if not insert_new(session, ChannelRow, [_unknown(team_id, channel_id)]):
        session.execute(_channel(team_id, channel_id).values(synced_at=None))


def save(
    session: Session, team_id: str, channel: Channel, found: Iterable[str], *, as_of: datetime
) -> Saved:
    """Records what Slack said of a channel and who was in it at that time."""
    place = (team_id, channel.channel_id)
    before = session.get(ChannelRow, place)
    is_new = before is None or not before.name or not before.is_member
    values = {
        "team_id": team_id,
        "channel_id": channel.channel_id,
        "name": channel.name,
        "is_private": channel.is_private,
        "is_member": channel.is_member,
        "creator_id": channel.creator_id,
        "is_shared": channel.is_shared,
        "is_general": channel.is_general,
        "synced_at": as_of,
    }
    upsert(session, ChannelRow, values)
    forget_lasting(session)
    inside = sorted(set(found))
    known = set() if is_new else members(session, *place)
    _empty(session, *place, as_of=as_of)
    for some in portions(inside):
        _let_in(session, *place, some, as_of=as_of)
    return Saved(is_new, [user_id for user_id in inside if user_id not in known])


def forget(session: Session, team_id: str, channel_id: str, *, as_of: datetime) -> None:
    """Notes that Baton cannot see a channel, or is not in it any more; nobody is enrolled by it.

    It may have become private meanwhile.
    """
    forget_lasting(session)
    insert_new(session, ChannelRow, [_unknown(team_id, channel_id)])
    gone = {"is_member": False, "is_private": True, "synced_at": as_of}
    session.execute(_channel(team_id, channel_id).values(**gone))
    _empty(session, team_id, channel_id, as_of=as_of)


def note_member(
    session: Session,
    team_id: str,
    channel_id: str,
    user_id: str,
    *,
    is_member: bool,
    as_of: datetime,
) -> None:
    """Notes that somebody was, or was not, in a channel at a time; older news is left out."""
    row = {
        "team_id": team_id,
        "channel_id": channel_id,
        "user_id": user_id,
        "is_member": is_member,
        "as_of": as_of,
    }
    if not insert_new(session, ChannelMemberRow, [row]):
        known = _members(team_id, channel_id, as_of=as_of)
        news = known.where(ChannelMemberRow.user_id == user_id)
        session.execute(news.values(is_member=is_member, as_of=as_of))


def has_member(session: Session, team_id: str, channel_id: str, user_id: str) -> bool:
    """Whether somebody is in a channel that Baton is in."""
    given = {"team_id": team_id, "channel_id": channel_id, "user_id": user_id}
    return bool(session.scalar(_IS_INSIDE, given))


def members(session: Session, team_id: str, channel_id: str) -> set[str]:
    """Ids of who is in a channel that Baton is in."""
    inside = select(ChannelMemberRow.user_id).where(
        ChannelMemberRow.team_id == team_id,
        ChannelMemberRow.channel_id == channel_id,
        ChannelMemberRow.is_member,
    )
    return set(session.scalars(inside))


def everybody(session: Session, team_id: str) -> set[str]:
    """Ids of who is in any channel that Baton is in."""
    inside = (
        select(ChannelMemberRow.user_id)
        .join(ChannelRow, _same_channel())
        .where(ChannelRow.team_id == team_id, ChannelRow.is_member, ChannelMemberRow.is_member)
    )
    return set(session.scalars(inside.distinct()))


def _let_in(
    session: Session, team_id: str, channel_id: str, user_ids: Sequence[str], *, as_of: datetime
) -> None:
    news = {"is_member": True, "as_of": as_of}
    place = {"team_id": team_id, "channel_id": channel_id}
    rows = [place | {"user_id": user_id} | news for user_id in user_ids]
    if insert_new(session, ChannelMemberRow, rows) < len(rows):
        known = _members(team_id, channel_id, as_of=as_of)
        session.execute(known.where(ChannelMemberRow.user_id.in_(user_ids)).values(**news))


def _same_channel() -> ColumnElement[bool]:
    return (ChannelRow.team_id == ChannelMemberRow.team_id) & (
        ChannelRow.channel_id == ChannelMemberRow.channel_id
    )


def _same_person() -> ColumnElement[bool]:
    return (PersonRow.team_id == ChannelMemberRow.team_id) & (
        PersonRow.user_id == ChannelMemberRow.user_id
    )


def _channel(team_id: str, channel_id: str) -> Update:
    return update(ChannelRow).where(
        ChannelRow.team_id == team_id, ChannelRow.channel_id == channel_id
    )


def _unknown(team_id: str, channel_id: str) -> dict[str, Any]:
    return {
        "team_id": team_id,
        "channel_id": channel_id,
        "name": "",
        "is_private": True,  # until Slack says otherwise, as is that it is shared
        "is_member": True,
        "creator_id": "",
        "is_shared": True,
        "is_general": False,
        "synced_at": None,
    }


def _empty(session: Session, team_id: str, channel_id: str, *, as_of: datetime) -> None:
    members = _members(team_id, channel_id, as_of=as_of)
    session.execute(members.values(is_member=False, as_of=as_of))


def _members(team_id: str, channel_id: str, *, as_of: datetime) -> Update:
    return update(ChannelMemberRow).where(
        ChannelMemberRow.team_id == team_id,
        ChannelMemberRow.channel_id == channel_id,
        ChannelMemberRow.as_of <= as_of,
    )


def read_ahead(session: Session, team_id: str, channel_ids: Iterable[str]) -> None:
    """Reads what is known of many channels, for when they are asked about one by one."""
    known: dict[tuple[str, str], _Told] = lasting(session, "channels", dict)
    unread = {each for each in channel_ids if (team_id, each) not in known}
    for some in portions(sorted(unread)):
        for row in session.execute(_CHANNELS, {"team_id": team_id, "channel_ids": some}):
            known[team_id, row.channel_id] = _Told(_channel_of(row), row.synced_at)


def _told(session: Session, team_id: str, channel_id: str) -> _Told | None:
    read_ahead(session, team_id, [channel_id])
    known: dict[tuple[str, str], _Told] = lasting(session, "channels", dict)
    return known.get((team_id, channel_id))


def _channel_of(row: Any) -> Channel:
    return Channel(
        row.channel_id,
        row.name,
        row.is_private,
        row.is_member,
        row.creator_id,
        is_shared=row.is_shared,
        is_general=row.is_general,
    )
