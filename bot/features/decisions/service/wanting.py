"""Which decisions the systems of record are to hold."""

from bot.core import channels, queue, workspaces
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import registry, writes
from bot.features.decisions.rules.writes import AT_ONCE, RECORD, is_recorded


def want(uow: UnitOfWork, row: DecisionRow) -> None:
    """Has every system of record hold a decision as it is now.

    Nothing happens where there is none, where its channel does not want it, and where the database
    has several workspaces: their numbers would clash.
    """
    if not uow.systems or not may_leave(uow, row) or not is_alone(uow):
        return
    for system in uow.systems:
        writes.add(uow, system, [(row.number, row.version)], not_before=AT_ONCE)
    if row.superseded_by is not None:
        again(uow, row.superseded_by)


def again(uow: UnitOfWork, number: int) -> None:
    """Has the systems of record hold a decision once more: something around it has changed."""
    row = registry.get(uow, number)
    if row is None or not uow.systems or not may_leave(uow, row) or not is_alone(uow):
        return
    for system in uow.systems:
        write = writes.find(uow, system, number, row.version)
        if write is None:
            writes.add(uow, system, [(number, row.version)], not_before=AT_ONCE)
        else:
            queue.replay(write, now=AT_ONCE)


def may_leave(uow: UnitOfWork, row: DecisionRow) -> bool:
    """Whether a decision may be written where people outside of its channel may read it."""
    channel = channels.find(uow.session, uow.team_id, row.channel_id)
    if channel is None:
        return False
    wanted = uow.setting(RECORD, channel_id=row.channel_id)
    return is_recorded(wanted, is_public=not channel.is_private)


def is_alone(uow: UnitOfWork) -> bool:
    """Whether the database has one workspace only."""
    return len(workspaces.every(uow.session)) == 1
