"""A rotation as the rules take it, read from its rows."""

from collections.abc import Sequence
from datetime import datetime, time

from bot.core import people
from bot.core.unit_of_work import UnitOfWork
from bot.core.week import read_week, write_week
from bot.core.working_time import UNKNOWN_ZONE, zone_named
from bot.features.redphone.models import RotationLayerRow, RotationRow
from bot.features.redphone.queries import feeds, overrides
from bot.features.redphone.queries import rotations as queries
from bot.features.redphone.rules.rotations import ALWAYS, Every, Layer, Rotation, Stretch


def rotation_of(uow: UnitOfWork, row: RotationRow, since: datetime | None = None) -> Rotation:
    """A rotation; of what is over, only what was not over `since` then (now, if it is left out)."""
    since = since or uow.now
    layers = [layer_of(each) for each in queries.layers(uow, row.id)]
    made = [
        Stretch(each.starts_at, each.ends_at, each.user_id)
        for each in overrides.of(uow, row.id, since)
    ]
    feed = [
        Stretch(each.starts_at, each.ends_at, each.user_id)
        for each in feeds.shifts(uow, row.id, since)
        if each.user_id
    ]
    zone = zone_named(row.zone) or UNKNOWN_ZONE
    involved = {each for layer in layers for each in layer.members}
    involved |= {each.user_id for each in (*made, *feed)}
    return Rotation(zone, layers, made, feed, able(uow, sorted(involved)))


def able(uow: UnitOfWork, user_ids: Sequence[str]) -> frozenset[str]:
    """Those who can be on call: full members."""
    found = (people.find(uow.session, uow.team_id, each) for each in user_ids)
    return frozenset(each.user_id for each in found if each is not None and each.is_member)


def layer_of(row: RotationLayerRow) -> Layer:
    """A layer, as it is kept."""
    return Layer(
        members=tuple(row.members),
        every=Every(row.every),
        hand_over_at=time.fromisoformat(row.hand_over_at),
        weekday=row.weekday,
        starts_on=row.starts_on,
        hours=read_week(row.hours) if row.hours else ALWAYS,
    )


def kept(layer: Layer) -> dict[str, object]:
    """A layer as it is to be kept."""
    return {
        "every": layer.every.value,
        "hand_over_at": f"{layer.hand_over_at:%H:%M}",
        "weekday": layer.weekday,
        "starts_on": layer.starts_on,
        "members": list(layer.members),
        "hours": write_week(layer.hours),
    }
