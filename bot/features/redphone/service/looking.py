"""What the clock sees to in a rotation: who comes next, who is away, whether anybody is there."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from bot.core import audit, boards, people
from bot.core.leave import DaysOff, Leave
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import rotations as messages
from bot.features.redphone.models import RotationRow
from bot.features.redphone.queries import rotations as queries
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.rules import schedules
from bot.features.redphone.rules.rotations import Shift
from bot.features.redphone.service import announcing, changing, layers, trail
from bot.features.redphone.service.trail import Thing

EVERY: Final = timedelta(days=1)
"""A rotation is looked at this often at the least: working hours change, too."""
_TOLD_WITHIN: Final = timedelta(days=7)
_NEWEST: Final = 20


def due(session: Session, now: datetime, limit: int) -> list[tuple[str, UUID]]:
    """(team, rotation) of those that have to be looked at."""
    return queries.to_look_at(session, now=now, limit=limit)


def follow_leave(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is away on other days than before: perhaps while they are on call."""
    for row in queries.rotations(uow):
        coming = rules.shifts(layers.rotation_of(uow, row), uow.now, uow.now + rules.HORIZON)
        if any(each.user_id == user_id for each in coming):
            queries.look_soon(uow, row.id)


def look(uow: UnitOfWork, rotation_id: UUID) -> None:
    """Reminds whoever comes next, tells those who are away then, and when nobody is on call."""
    if not queries.claim_look(uow, rotation_id, uow.now + EVERY):
        return
    row = queries.rotation(uow, rotation_id)
    if row is None:
        return
    boards.touch_all(uow)
    rotation = layers.rotation_of(uow, row)
    coming = rules.shifts(rotation, uow.now, uow.now + rules.HORIZON)
    again = [coming[0].end, *_remind(uow, row, coming), *_warn_those_away(uow, row, coming)]
    again += [*_tell_of_nobody(uow, row, coming), *_tell_who_left(uow, row)]
    queries.look_by(uow, rotation_id, min(again))


def leaves_of(person: Person) -> Sequence[Leave]:
    """The leaves that are known of somebody, also by their status."""
    off_days = person.working_time.days_off
    return off_days.leaves if isinstance(off_days, DaysOff) else ()


def _remind(uow: UnitOfWork, row: RotationRow, coming: Sequence[Shift]) -> Iterator[datetime]:
    """Yields when to look again."""
    following = next((each for each in coming[1:] if each.user_id), None)
    found = _person(uow, following)
    if following is None or found is None:
        return
    remind_at = schedules.remind_at(found.working_time, following)
    if remind_at > uow.now:
        yield remind_at
        return
    when = partial(_moment, found)
    message = messages.your_turn_comes(row.name, when(following.start), when(following.end))
    key = announcing.key_of("shift", row.id, found.user_id, following.start)
    again = announcing.tell_once(uow, key, found.user_id, message)
    if again is not None and again < following.start:
        yield again


def _warn_those_away(
    uow: UnitOfWork, row: RotationRow, coming: Sequence[Shift]
) -> Iterator[datetime]:
    for shift in coming:
        person = _person(uow, shift)
        if person is None or not schedules.is_away(shift, person.working_time, leaves_of(person)):
            continue
        when = partial(_moment, person)
        message = messages.you_are_away(str(row.id), row.name, when(shift.start), when(shift.end))
        key = announcing.key_of("away", row.id, person.user_id, shift.end)
        again = announcing.tell_once(uow, key, person.user_id, message)
        if again is not None and again < shift.end:
            yield again


def _tell_of_nobody(
    uow: UnitOfWork, row: RotationRow, coming: Sequence[Shift]
) -> Iterator[datetime]:
    if coming[0].user_id is not None:
        return
    key = announcing.key_of("nobody", row.id, row.changed_by, row.changed_at)
    again = announcing.tell_once(uow, key, row.changed_by, messages.nobody_is_left(row.name))
    if again is not None:
        yield again


def _tell_who_left(uow: UnitOfWork, row: RotationRow) -> Iterator[datetime]:
    """Whoever changed the rotation last is told, for a week at the most."""
    newest = audit.entries(uow.session, uow.team_id, changing.about(row.id), limit=_NEWEST)
    for entry in newest:
        is_recent = entry.at > uow.now - _TOLD_WITHIN
        has_left = entry.action == trail.action(Thing.ROTATION, changing.LEFT)
        if has_left and is_recent and entry.actor_id != audit.FORGOTTEN:
            key = announcing.key_of("left", row.id, entry.actor_id, entry.at)
            message = messages.somebody_left(entry.actor_id, row.name)
            again = announcing.tell_once(uow, key, row.changed_by, message)
            if again is not None:
                yield again


def _person(uow: UnitOfWork, shift: Shift | None) -> Person | None:
    user_id = shift.user_id if shift else None
    return people.find(uow.session, uow.team_id, user_id) if user_id else None


def _moment(person: Person, at: datetime) -> str:
    return person.moment(at)
