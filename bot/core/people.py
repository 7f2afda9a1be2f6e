"""The people of a workspace, as Slack last told us."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.core import availability, groups, leave, workspaces
from bot.core.db import Base, forget_lasting, lasting, portions, those_with, upsert
from bot.core.leave import Status
from bot.core.locales import moment
from bot.core.render import groups_in, mentions_in, person_name, plain
from bot.core.working_time import UNKNOWN_ZONE, WorkingTime, zone_named

NO_STATUS: Final = Status()
UNKNOWN_TIME: Final = WorkingTime(UNKNOWN_ZONE)
STALE_AFTER: Final = timedelta(hours=12)


class PersonRow(Base):
    """One account of a workspace: a person, a guest, an app or an external collaborator."""

    __tablename__ = "people"

    team_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    locale: Mapped[str] = mapped_column(String(16))
    is_member: Mapped[bool]
    is_admin: Mapped[bool]
    status_emoji: Mapped[str]
    status_text: Mapped[str]
    status_until: Mapped[datetime | None]
    fetched_at: Mapped[datetime] = mapped_column(index=True)


def _accounts() -> Select[Any]:
    people = PersonRow.__table__
    wanted = people.c.user_id.in_(bindparam("user_ids", expanding=True))
    return select(people).where(people.c.team_id == bindparam("team_id"), wanted)


_ACCOUNTS: Final = _accounts()


@dataclass(frozen=True, slots=True)
class Account:
    """What Slack says of an account.

    `is_member` is false for guests, apps, external and deactivated people; admins and owners of the
    workspace are both `is_admin`.
    """

    user_id: str
    name: str
    time_zone: str
    is_member: bool
    is_admin: bool = False
    locale: str = "en-US"
    status: Status = NO_STATUS


@dataclass(frozen=True, slots=True)
class Person(Account):
    """An account, and when its owner works: looked up when it is asked for the first time."""

    when: Callable[[], WorkingTime] = field(default=lambda: UNKNOWN_TIME, compare=False, repr=False)

    @property
    def working_time(self) -> WorkingTime:
        """When this person works, as of the unit of work in which they were found."""
        return self.when()

    def moment(self, at: datetime) -> str:
        """An instant in this person's time, written as is usual where they are."""
        return moment(self.working_time.local(at), self.locale)


def save(session: Session, team_id: str, person: Account, *, now: datetime) -> None:
    """Records what Slack says of an account."""
    values = {
        "team_id": team_id,
        "user_id": person.user_id,
        "name": person.name,
        "time_zone": person.time_zone,
        "locale": person.locale[:16],
        "is_member": person.is_member,
        "is_admin": person.is_member and person.is_admin,
        "status_emoji": person.status.emoji,
        "status_text": person.status.text,
        "status_until": person.status.until,
        "fetched_at": now,
    }
    before = session.get(PersonRow, (team_id, person.user_id))
    away_since = before.fetched_at if before and _status(before).means_away else None
    upsert(session, PersonRow, values)
    forget_lasting(session)
    if before is not None:
        session.expire(before)
    zone = zone_named(person.time_zone) or UNKNOWN_ZONE
    leave.note_status(
        session, team_id, person.user_id, person.status, now.astimezone(zone), away_since=away_since
    )


def fetched_at(
    session: Session, team_id: str, user_id: str, *, lock: bool = False
) -> datetime | None:
    """When Slack was last asked about an account; long ago where it is doubted, None: never."""
    key = (team_id, user_id)
    row = session.get(PersonRow, key, with_for_update=lock or None, populate_existing=lock)
    return row.fetched_at if row else None


def find(session: Session, team_id: str, user_id: str) -> Person | None:
    """The account with this id, if Slack told us of it."""
    read_ahead(session, team_id, those_with(session, user_id))
    met = _known(session)[team_id, user_id]
    return met[0] if met else None


def read_ahead(session: Session, team_id: str, user_ids: Iterable[str]) -> None:
    """Reads many accounts in one go, for when they are asked about one by one."""
    known = _known(session)
    unread = sorted({each for each in user_ids if (team_id, each) not in known})
    for some in portions(unread):
        known.update({(team_id, each): None for each in some})
        for row in session.execute(_ACCOUNTS, {"team_id": team_id, "user_ids": some}):
            known[team_id, row.user_id] = _person(session, row), row.fetched_at


def read_leaves_ahead(session: Session, team_id: str, user_ids: Collection[str]) -> None:
    """The same, and when they are away."""
    read_ahead(session, team_id, user_ids)
    known = _known(session)
    seen = [met[1] for each in user_ids if (met := known[team_id, each]) is not None]
    if seen:
        since = (min(seen) - availability.LOOKED_BACK).date()
        leave.read_ahead(session, team_id, user_ids, since=since)


def _known(session: Session) -> dict[tuple[str, str], tuple[Person, datetime] | None]:
    """Who was looked up so far, and when Slack told of them; None: it did not."""
    return lasting(session, "people", dict)


def unknown(session: Session, team_id: str, user_ids: Iterable[str]) -> list[str]:
    """Those of the ids that Slack has not told us of, sorted."""
    wanted = set(user_ids)
    if not wanted:
        return []
    return sorted(wanted.difference(names(session, team_id, wanted)))


def names(session: Session, team_id: str, user_ids: Iterable[str]) -> Mapping[str, str]:
    """What the accounts are called, by id; unknown ids are left out."""
    wanted = set(user_ids)
    if not wanted:
        return {}
    rows = select(PersonRow.user_id, PersonRow.name).where(
        PersonRow.team_id == team_id, PersonRow.user_id.in_(wanted)
    )
    return {user_id: person_name(name) for user_id, name in session.execute(rows)}


def members(session: Session, team_id: str) -> Mapping[str, str]:
    """What the full members are called, by id."""
    rows = select(PersonRow.user_id, PersonRow.name).where(
        PersonRow.team_id == team_id, PersonRow.is_member
    )
    return {user_id: person_name(name) for user_id, name in session.execute(rows)}


def called(session: Session, team_id: str, name: str) -> list[str]:
    """Ids of the accounts with this name, whatever its case, or the one with this id; sorted."""
    if session.get(PersonRow, (team_id, name)) is not None:
        return [name]
    rows = select(PersonRow.user_id, PersonRow.name).where(PersonRow.team_id == team_id)
    wanted = name.casefold()
    return sorted(each for each, found in session.execute(rows) if found.casefold() == wanted)


def admins(session: Session, team_id: str) -> list[str]:
    """Ids of the members who run the workspace, sorted."""
    theirs = select(PersonRow.user_id).where(
        PersonRow.team_id == team_id, PersonRow.is_member, PersonRow.is_admin
    )
    return sorted(session.scalars(theirs))


def older_than(
    session: Session, team_id: str, user_ids: Iterable[str], instant: datetime
) -> list[str]:
    """Those of the ids about whom Slack was last asked before then, or never; sorted."""
    wanted = set(user_ids)
    fresh = select(PersonRow.user_id).where(
        PersonRow.team_id == team_id,
        PersonRow.user_id.in_(wanted),
        PersonRow.fetched_at >= instant,
    )
    return sorted(wanted.difference(session.scalars(fresh)))


def readable(session: Session, team_id: str, text: str) -> str:
    """A text that came from Slack as people read it, with the names of those it mentions."""
    called = dict(names(session, team_id, mentions_in(text)))
    called |= groups.names(session, team_id, groups_in(text))
    return plain(text, called)


def stale(session: Session, *, now: datetime, limit: int) -> list[tuple[str, str]]:
    """(team, user) of accounts to be asked for again: each workspace's oldest, then the next."""
    row, team_id = PersonRow, PersonRow.team_id
    turn = workspaces.in_turn(team_id, row.fetched_at, row.user_id)
    rows = select(team_id, row.user_id).where(
        row.fetched_at < now - STALE_AFTER, workspaces.can_be_asked(team_id)
    )
    return list(session.execute(rows.order_by(turn, row.fetched_at).limit(limit)))


def _person(session: Session, row: Any) -> Person:
    status = _status(row)
    place = (session, row.team_id, row.user_id, row.time_zone)
    when = partial(availability.working_time, *place, status, seen=row.fetched_at)
    return Person(
        row.user_id,
        person_name(row.name),
        row.time_zone,
        row.is_member,
        row.is_admin,
        row.locale,
        status,
        cache(when),
    )


def doubt(session: Session, team_id: str, user_id: str, *, now: datetime) -> None:
    """Has an account asked about again soon; one that we do not know stays unknown."""
    forget_lasting(session)
    session.execute(
        update(PersonRow)
        .where(PersonRow.team_id == team_id, PersonRow.user_id == user_id)
        .values(fetched_at=now - STALE_AFTER - timedelta(seconds=1))
    )


def _status(row: Any) -> Status:
    return Status(row.status_emoji, row.status_text, row.status_until)
