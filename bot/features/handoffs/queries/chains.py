"""Every statement on chains."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, select

from bot.core.db import insert_new
from bot.core.ids import new_id
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffChainMemberRow, HandoffChainRow


def get(uow: UnitOfWork, chain_id: UUID, *, lock: bool = False) -> HandoffChainRow | None:
    """The chain with this id; with `lock` nobody else changes it meanwhile."""
    place = (uow.team_id, chain_id)
    return uow.session.get(HandoffChainRow, place, with_for_update=lock, populate_existing=lock)


def of_channel(uow: UnitOfWork, channel_id: str) -> Sequence[HandoffChainRow]:
    """A channel's chains: its own, then those of projects by name."""
    rows = select(HandoffChainRow).where(
        HandoffChainRow.team_id == uow.team_id, HandoffChainRow.channel_id == channel_id
    )
    return uow.session.scalars(rows.order_by(HandoffChainRow.name)).all()


def called(uow: UnitOfWork, channel_id: str, name: str = "") -> HandoffChainRow | None:
    """A channel's chain of that name, whatever its case; without one the channel's own."""
    wanted = name.casefold()
    found = of_channel(uow, channel_id)
    return next((each for each in found if each.name.casefold() == wanted), None)


def members(uow: UnitOfWork, chain_id: UUID) -> Sequence[str]:
    """Ids of the people in a chain, in its order."""
    rows = select(HandoffChainMemberRow.user_id).where(
        HandoffChainMemberRow.team_id == uow.team_id, HandoffChainMemberRow.chain_id == chain_id
    )
    return uow.session.scalars(rows.order_by(HandoffChainMemberRow.position)).all()


def made(uow: UnitOfWork, channel_id: str, name: str, *, by: str) -> HandoffChainRow | None:
    """A channel's chain of that name, held until this is done; a new one has nobody in it."""
    fresh = {
        "team_id": uow.team_id,
        "id": new_id(),
        "channel_id": channel_id,
        "name": name,
        "changed_by": by,
        "changed_at": uow.now,
    }
    if called(uow, channel_id, name) is None:
        insert_new(uow.session, HandoffChainRow, [fresh])
    found = called(uow, channel_id, name)
    return get(uow, found.id, lock=True) if found is not None else None


def set_members(uow: UnitOfWork, chain_id: UUID, user_ids: Sequence[str]) -> None:
    """Puts these people into a chain, in this order, instead of those who are in it."""
    theirs = delete(HandoffChainMemberRow).where(
        HandoffChainMemberRow.team_id == uow.team_id, HandoffChainMemberRow.chain_id == chain_id
    )
    uow.session.execute(theirs, execution_options={"synchronize_session": False})
    rows = [
        {"team_id": uow.team_id, "chain_id": chain_id, "position": position, "user_id": user_id}
        for position, user_id in enumerate(user_ids, start=1)
    ]
    insert_new(uow.session, HandoffChainMemberRow, rows)
