"""Takes people who left out of the rotations."""

from bot.core.unit_of_work import UnitOfWork
from bot.core.working_time import UNKNOWN_ZONE, zone_named
from bot.features.redphone.models import RotationRow
from bot.features.redphone.queries import overrides
from bot.features.redphone.queries import rotations as queries
from bot.features.redphone.rules import rotations as rules
from bot.features.redphone.rules import schedules
from bot.features.redphone.rules.rotations import Layer
from bot.features.redphone.service import changing, layers


def follow_departure(uow: UnitOfWork, user_id: str) -> None:
    """Somebody is no full member any more: others take their turns."""
    overrides.remove_of(uow, user_id)
    for row in queries.rotations(uow):
        was = changing.snapshot(uow, row)
        if take_out(uow, row, user_id):
            after = changing.snapshot(uow, row)
            changing.note(uow, changing.LEFT, row.id, user_id, before=was, after=after)


def take_out(uow: UnitOfWork, row: RotationRow, user_id: str) -> bool:
    """Takes somebody out of a rotation, so that nobody else's turn moves; False: not in it."""
    before = [layers.layer_of(each) for each in queries.layers(uow, row.id)]
    if not any(user_id in each.members for each in before):
        return False
    left = [_without(uow, row, each, user_id) for each in before]
    queries.set_layers(uow, row.id, [layers.kept(each) for each in left if each.members])
    queries.look_soon(uow, row.id)
    return True


def _without(uow: UnitOfWork, row: RotationRow, layer: Layer, user_id: str) -> Layer:
    """A layer without somebody; nobody else's turn is another than before."""
    members = tuple(each for each in layer.members if each != user_id)
    if members == tuple(layer.members):
        return layer
    zone = zone_named(row.zone) or UNKNOWN_ZONE
    holder = rules.whose_turn(zone, layer, uow.now, layers.able(uow, members))
    fewer = Layer(members, layer.every, layer.hand_over_at, layer.weekday, hours=layer.hours)
    return schedules.begun(fewer, zone, uow.now, holder)
