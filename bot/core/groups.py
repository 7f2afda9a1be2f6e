"""The user groups of a workspace (`@design`) and who is in them, as Slack last told us."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Index, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core.db import Base, affected, insert_new, upsert
from bot.core.render import person_name

STALE_AFTER: Final = timedelta(hours=12)
PORTION: Final = 1_000
"""So many members are recorded by one statement: databases limit its parameters."""


class GroupRow(Base):
    """One user group of which Slack was asked at `told_at`.

    `changed_at` is when we last heard that it is not any more as it was.
    """

    __tablename__ = "user_groups"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    group_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    handle: Mapped[str]
    told_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class GroupMemberRow(Base):
    """Somebody is in a user group."""

    __tablename__ = "group_members"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    group_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)

    __table_args__ = (Index("ix_group_members_user_id", "team_id", "user_id"),)


@dataclass(frozen=True, slots=True)
class Group:
    """What Slack says of a user group; `handle` has no @ and is empty where Slack tells none."""

    group_id: str
    handle: str = ""
    members: frozenset[str] = frozenset()


def members(session: Session, team_id: str, group_id: str) -> frozenset[str]:
    """Ids of the people in a group; nobody is in one that Slack does not tell of."""
    inside = select(GroupMemberRow.user_id).where(*_members(team_id, group_id))
    return frozenset(session.scalars(inside))


def name(session: Session, team_id: str, group_id: str) -> str:
    """What a group is called, without @."""
    return names(session, team_id, [group_id]).get(group_id, "a group")


def names(session: Session, team_id: str, group_ids: Iterable[str]) -> Mapping[str, str]:
    """What the groups are called, by id and without @; unknown ones are left out."""
    wanted = set(group_ids)
    if not wanted:
        return {}
    rows = select(GroupRow.group_id, GroupRow.handle).where(
        GroupRow.team_id == team_id, GroupRow.group_id.in_(wanted), GroupRow.handle != ""
    )
    return {group_id: person_name(handle) for group_id, handle in session.execute(rows)}


def known(session: Session, team_id: str) -> Mapping[str, str]:
    """What all groups are called of which Slack told, by id and without @, sorted by that."""
    rows = select(GroupRow.group_id, GroupRow.handle).where(
        GroupRow.team_id == team_id, GroupRow.handle != ""
    )
    found = {group_id: person_name(handle) for group_id, handle in session.execute(rows)}
    return dict(sorted(found.items(), key=lambda each: each[1].casefold()))


def unsure(session: Session, team_id: str, group_ids: Iterable[str], *, now: datetime) -> list[str]:
    """Those of the ids about which Slack has to be asked, sorted.

    It was never asked, it was more than 12 hours ago, or the group changed since.
    """
    wanted = set(group_ids)
    if not wanted:
        return []
    known = select(GroupRow.group_id).where(
        GroupRow.team_id == team_id,
        GroupRow.group_id.in_(wanted),
        GroupRow.told_at >= now - STALE_AFTER,
        or_(GroupRow.changed_at.is_(None), GroupRow.changed_at < GroupRow.told_at),
    )
    return sorted(wanted.difference(session.scalars(known)))


def save(session: Session, team_id: str, group: Group, *, as_of: datetime) -> None:
    """Records what Slack said when it was asked at that time; older news is left out.

    A handle that Slack told before outlives the group, for the texts that still name it.
    """
    row = session.get(GroupRow, (team_id, group.group_id))
    if row is not None and row.told_at > as_of:
        return
    values = {
        "team_id": team_id,
        "group_id": group.group_id,
        "handle": group.handle or (row.handle if row else ""),
        "told_at": as_of,
    }
    upsert(session, GroupRow, values)
    session.execute(delete(GroupMemberRow).where(*_members(team_id, group.group_id)))
    place = {"team_id": team_id, "group_id": group.group_id}
    inside = [place | {"user_id": user_id} for user_id in sorted(group.members)]
    for start in range(0, len(inside), PORTION):
        insert_new(session, GroupMemberRow, inside[start : start + PORTION])
    if row is not None:
        session.expire(row)


def doubt(session: Session, team_id: str, group_id: str, *, now: datetime) -> None:
    """Has a group asked about again before it next counts; one we do not know stays unknown."""
    known = update(GroupRow).where(GroupRow.team_id == team_id, GroupRow.group_id == group_id)
    session.execute(known.values(changed_at=now))


def doubt_all(session: Session, team_id: str, *, now: datetime) -> None:
    """Has every group asked about again before it next counts: events may have been missed."""
    known = update(GroupRow).where(GroupRow.team_id == team_id)
    session.execute(known.values(changed_at=now))


def of_person(session: Session, team_id: str, user_id: str) -> list[str]:
    """The ids of the groups somebody is in, sorted."""
    theirs = select(GroupMemberRow.group_id).where(*_person(team_id, user_id))
    return list(session.scalars(theirs.order_by(GroupMemberRow.group_id)))


def forget_person(session: Session, team_id: str, user_id: str) -> int:
    """Takes somebody out of all groups; returns of how many."""
    return affected(session, delete(GroupMemberRow).where(*_person(team_id, user_id)))


def forget_old(session: Session, team_id: str, *, before: datetime) -> int:
    """Deletes the groups that nobody mentioned since, and who was in them; returns how many."""
    old = select(GroupRow.group_id).where(GroupRow.team_id == team_id, GroupRow.told_at < before)
    inside = delete(GroupMemberRow).where(
        GroupMemberRow.team_id == team_id, GroupMemberRow.group_id.in_(old)
    )
    session.execute(inside)
    gone = delete(GroupRow).where(GroupRow.team_id == team_id, GroupRow.told_at < before)
    return affected(session, gone)


def _members(team_id: str, group_id: str) -> tuple[ColumnElement[bool], ...]:
    return GroupMemberRow.team_id == team_id, GroupMemberRow.group_id == group_id


def _person(team_id: str, user_id: str) -> tuple[Any, ...]:
    return GroupMemberRow.team_id == team_id, GroupMemberRow.user_id == user_id
