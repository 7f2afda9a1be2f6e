"""What the schedule shows to somebody."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bot.core import people
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import rotations as messages
from bot.features.redphone.models import RotationRow
from bot.features.redphone.queries import feeds, overrides
from bot.features.redphone.queries import rotations as queries
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.rules import schedules
from bot.features.redphone.rules.rotations import ALWAYS, Shift
from bot.features.redphone.rules.schedules import Plan, Problem, Schedule, Swap, Trouble
from bot.features.redphone.service import layers
from bot.features.redphone.service.looking import leaves_of

_SOON: Final = timedelta(days=1)


def shown(uow: UnitOfWork, reader: Person) -> list[Schedule]:
    """All rotations, by name, as one reader sees them."""
    return [_schedule(uow, row, reader) for row in queries.rotations(uow)]


def turns_of(uow: UnitOfWork, person: Person) -> list[tuple[str, Shift, datetime | None]]:
    """Somebody's shifts that are now or begin within a day, with the rotation's name.

    Beside each its end; None: it is not near.
    """
    found = []
    for row in queries.rotations(uow):
        rotation = layers.rotation_of(uow, row)
        coming = rules.shifts(rotation, uow.now, uow.now + schedules.SHOWN)
        found += [
            (row.name, each, rules.until(rotation, each.start))
            for each in coming
            if each.user_id == person.user_id and each.start < uow.now + _SOON
        ]
    return found


def names(uow: UnitOfWork) -> dict[str, str]:
    """What the rotations are called, by their ids."""
    return {str(row.id): messages.called(row.name) for row in queries.rotations(uow)}


def plan_of(uow: UnitOfWork, rotation_id: UUID) -> Plan | None:
    """A rotation as the form begins with it; None: it is gone."""
    row = queries.rotation(uow, rotation_id)
    if row is None:
        return None
    rotation = layers.rotation_of(uow, row)
    lowest = rotation.layers[0] if rotation.layers else rules.Layer(())
    upper = rotation.layers[1] if len(rotation.layers) > 1 else None
    return Plan(
        row.name,
        row.zone,
        lowest.every,
        lowest.hand_over_at,
        lowest.weekday,
        tuple(lowest.members),
        tuple(upper.members) if upper else (),
        upper.hours if upper else ALWAYS,
    )


def _schedule(uow: UnitOfWork, row: RotationRow, reader: Person) -> Schedule:
    rotation, local = layers.rotation_of(uow, row), reader.working_time.local
    coming = rules.shifts(rotation, uow.now, uow.now + schedules.SHOWN)
    until = rules.until(rotation, uow.now)
    feed = feeds.of(uow, row.id)
    return Schedule(
        id=row.id,
        name=row.name,
        zone=row.zone,
        locale=reader.locale,
        coming=[replace(each, start=local(each.start), end=local(each.end)) for each in coming],
        until=local(until) if until else None,
        until_there=until.astimezone(rotation.zone) if until else None,
        swaps=_swaps(uow, row, reader),
        problems=list(_problems(uow, row, reader, coming)),
        host=feed.host if feed else "",
        read_at=local(feed.fetched_at) if feed and feed.fetched_at else None,
    )


def _swaps(uow: UnitOfWork, row: RotationRow, reader: Person) -> list[Swap]:
    local = reader.working_time.local
    made = overrides.of(uow, row.id, uow.now)
    found = [
        Swap(each.id, each.user_id, each.instead_of, local(each.starts_at), local(each.ends_at))
        for each in made
    ]
    return sorted(found, key=lambda each: each.start)


def _problems(
    uow: UnitOfWork, row: RotationRow, reader: Person, coming: Sequence[Shift]
) -> Iterator[Problem]:
    local = reader.working_time.local
    for shift in coming:
        start, end = local(shift.start), local(shift.end)
        if shift.user_id is None:
            yield Problem(Trouble.NOBODY, start=start, end=end)
            continue
        person = people.find(uow.session, uow.team_id, shift.user_id)
        if person and schedules.is_away(shift, person.working_time, leaves_of(person)):
            yield Problem(Trouble.AWAY, shift.user_id, start, end)
    feed = feeds.of(uow, row.id)
    if feed is not None and feed.error:
        yield Problem(Trouble.FEED, why=feed.error)
    labels = {
        each.label: None
        for each in feeds.shifts(uow, row.id, uow.now)
        if not each.user_id and each.starts_at < uow.now + schedules.SHOWN
    }
    yield from (Problem(Trouble.UNKNOWN, why=label) for label in labels)
