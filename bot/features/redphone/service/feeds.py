"""The calendars of rotations: given, read again and again, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import people
from bot.core.db import storable
from bot.core.encryption import place
from bot.core.errors import CannotDecrypt
from bot.core.ports import Feed
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import RotationFeedRow
from bot.features.redphone.queries import feeds as queries
from bot.features.redphone.queries import rotations
from bot.features.redphone.rules import feeds as rules
from bot.features.redphone.rules.rotations import HORIZON
from bot.features.redphone.service import changing


@dataclass(frozen=True, slots=True)
class Reading:
    """A calendar that is to be read now; `kept` is its address as it is kept."""

    rotation_id: UUID
    url: str
    kept: str
    known: str
    zone: str
    start: datetime
    end: datetime


def give(uow: UnitOfWork, rotation_id: UUID, url: str, *, by: str) -> bool:
    """Gives a rotation a calendar, or none if it is empty; False: the rotation is gone.

    Whoever calls has looked whether there are keys.
    """
    row, known = rotations.rotation(uow, rotation_id), queries.of(uow, rotation_id)
    if row is None:
        return False
    before, at = {"host": known.host} if known else None, rules.host_of(url)
    if url:
        sealed = uow.house.keyring.encrypt(url, place=_place(uow, rotation_id))
        queries.remove(uow, rotation_id)
        queries.set_address(uow, rotation_id, url=sealed, host=at)
    elif not queries.remove(uow, rotation_id):
        return True
    rotations.change(uow, rotation_id, by=by)
    after = {"host": at} if url else None
    changing.note(uow, "calendar", rotation_id, by, before=before, after=after)
    return True


def host(uow: UnitOfWork, rotation_id: UUID) -> str:
    """Where the calendar of a rotation is; empty: it has none."""
    row = queries.of(uow, rotation_id)
    return row.host if row else ""


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, rotation) of the calendars that are to be read."""
    return queries.due(session, now=now, limit=limit)


def take_on(uow: UnitOfWork, rotation_id: UUID) -> Reading | None:
    """A calendar that is due, to be read by this process; None: somebody else does, or nobody."""
    row, rotation = queries.of(uow, rotation_id), rotations.rotation(uow, rotation_id)
    if row is None or not queries.claim(uow, rotation_id, every=rules.EVERY) or rotation is None:
        return None
    try:
        url = uow.house.keyring.decrypt(row.url, place=_place(uow, rotation_id))
    except CannotDecrypt:
        queries.note(uow, rotation_id, row.url, error="keys")
        return None
    span = (uow.now, uow.now + HORIZON)
    return Reading(rotation_id, url, row.url, _known(uow, row), rotation.zone, *span)


def note_shifts(uow: UnitOfWork, reading: Reading, feed: Feed | None) -> None:
    """A calendar was read: its shifts take the place of those before; None: nothing changed."""
    read = {"etag": feed.etag, "fetched_at": uow.now} if feed else {}
    is_current = queries.note(uow, reading.rotation_id, reading.kept, error="", **read)
    if not is_current or feed is None:
        return
    called = people.members(uow.session, uow.team_id)
    found = [_row(each.starts_at, each.ends_at, each.label, called) for each in feed.shifts]
    queries.replace_shifts(uow, reading.rotation_id, found)
    rotations.look_soon(uow, reading.rotation_id)


def note_error(uow: UnitOfWork, reading: Reading, why: str) -> None:
    """A calendar could not be read: what was read before stays."""
    queries.note(uow, reading.rotation_id, reading.kept, error=why[:200])


def _row(
    starts_at: datetime, ends_at: datetime, label: str, called: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "user_id": rules.whose(label, called),
        "label": storable(label)[:200],
    }


def _known(uow: UnitOfWork, row: RotationFeedRow) -> str:
    is_recent = row.fetched_at is not None and row.fetched_at > uow.now - rules.WHOLE
    return row.etag if is_recent else ""


def _place(uow: UnitOfWork, rotation_id: UUID) -> str:
    """Where an address stands, so that it cannot be read elsewhere."""
    return place(uow.team_id, RotationFeedRow.__tablename__, "url", rotation_id)
