"""Statements on the calendars of rotations, and on the shifts that came from them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.core.db import affected, upsert
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.models import RotationFeedRow, RotationShiftRow


def of(uow: UnitOfWork, rotation_id: UUID) -> RotationFeedRow | None:
    """The calendar of a rotation, as it stands in the database now."""
    row = select(RotationFeedRow).where(
        RotationFeedRow.team_id == uow.team_id, RotationFeedRow.rotation_id == rotation_id
    )
    return uow.session.scalar(row.execution_options(populate_existing=True))


def shifts(uow: UnitOfWork, rotation_id: UUID, since: datetime) -> Sequence[RotationShiftRow]:
    """The shifts from a rotation's calendar that were not over then, by their beginning."""
    rows = select(RotationShiftRow).where(
        RotationShiftRow.team_id == uow.team_id,
        RotationShiftRow.rotation_id == rotation_id,
        RotationShiftRow.ends_at > since,
    )
    return uow.session.scalars(rows.order_by(RotationShiftRow.starts_at, RotationShiftRow.id)).all()


def set_address(uow: UnitOfWork, rotation_id: UUID, *, url: str, host: str) -> None:
    """Gives a rotation a calendar, which is due at once; `url` is encrypted."""
    row = {
        "team_id": uow.team_id,
        "rotation_id": rotation_id,
        "url": url,
        "host": host,
        "etag": "",
        "fetched_at": None,
        "next_at": uow.now,
        "error": "",
    }
    upsert(uow.session, RotationFeedRow, row)


def remove(uow: UnitOfWork, rotation_id: UUID) -> bool:
    """Takes a rotation's calendar away, and its shifts; returns whether there was one."""
    theirs = (RotationShiftRow.team_id == uow.team_id, RotationShiftRow.rotation_id == rotation_id)
    affected(uow.session, delete(RotationShiftRow).where(*theirs))
    own = (RotationFeedRow.team_id == uow.team_id, RotationFeedRow.rotation_id == rotation_id)
    return affected(uow.session, delete(RotationFeedRow).where(*own)) == 1


def due(session: Session, *, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, rotation) of the calendars that are to be read, the longest due first."""
    rows = (
        select(RotationFeedRow.team_id, RotationFeedRow.rotation_id)
        .where(RotationFeedRow.next_at <= now)
        .order_by(RotationFeedRow.next_at)
        .limit(limit)
    )
    return [(team_id, rotation_id) for team_id, rotation_id in session.execute(rows)]


def claim(uow: UnitOfWork, rotation_id: UUID, *, every: timedelta) -> bool:
    """Takes a calendar that is due, until it is due again; returns whether nobody else has it."""
    one = update(RotationFeedRow).where(
        RotationFeedRow.team_id == uow.team_id,
        RotationFeedRow.rotation_id == rotation_id,
        RotationFeedRow.next_at <= uow.now,
    )
    return affected(uow.session, one.values(next_at=uow.now + every)) == 1


def note(uow: UnitOfWork, rotation_id: UUID, url: str, **values: object) -> bool:
    """Notes what came of reading a calendar; False if it has another address by now."""
    one = update(RotationFeedRow).where(
        RotationFeedRow.team_id == uow.team_id,
        RotationFeedRow.rotation_id == rotation_id,
        RotationFeedRow.url == url,
    )
    return affected(uow.session, one.values(**values)) == 1


def replace_shifts(uow: UnitOfWork, rotation_id: UUID, found: Iterable[Mapping[str, Any]]) -> None:
    """Puts these shifts in the place of those that a rotation's calendar had."""
    theirs = delete(RotationShiftRow).where(
        RotationShiftRow.team_id == uow.team_id, RotationShiftRow.rotation_id == rotation_id
    )
    affected(uow.session, theirs)
    uow.session.add_all(
        RotationShiftRow(team_id=uow.team_id, id=new_id(), rotation_id=rotation_id, **each)
        for each in found
    )
