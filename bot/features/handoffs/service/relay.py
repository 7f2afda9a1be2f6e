"""Sends batons round: who is next, and what happens when nobody takes one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.core import attention, channels, people
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import chains
from bot.features.handoffs.rules import relay as rules
from bot.features.handoffs.rules.relay import TAKE_WITHIN, Next


def first(uow: UnitOfWork, sender_id: str, channel_id: str, chain_id: UUID | None) -> Next | None:
    """Whoever is first to carry on what somebody hands over, and when they are at work.

    Of a chain, or without one of the channel's own. None: there is no chain, or nobody in it.
    """
    own = chains.called(uow, channel_id) if chain_id is None else None
    chain_id = own.id if own is not None else chain_id
    return _next(uow, channel_id, chain_id, [sender_id]) if chain_id is not None else None


def after(uow: UnitOfWork, baton: HandoffBatonRow) -> Next | None:
    """Whoever comes after a baton's holder in its chain; nobody to whom it was offered before."""
    if baton.chain_id is None:
        return None
    been = [baton.sender_id, *baton.tried, baton.holder_id]
    return _next(uow, baton.channel_id, baton.chain_id, been)


def look_first_at(uow: UnitOfWork, person: Person, now: datetime) -> datetime:
    """When somebody who is offered a baton now had the time to take it, in UTC.

    That is two hours of their own working time, unless set otherwise.
    """
    return rules.look_at(person.working_time, now, uow.setting(TAKE_WITHIN))


def may_carry(uow: UnitOfWork, user_id: str, channel_id: str) -> Person | None:
    """Somebody to whom something of a channel can be handed over.

    They are in reach, and want to be written to. None: they cannot carry it.
    """
    person = in_reach(uow, user_id, channel_id)
    return person if person is not None and not attention.is_off(uow, user_id) else None


def in_reach(uow: UnitOfWork, user_id: str, channel_id: str) -> Person | None:
    """Somebody whose account is active, and who has not left the channel if it is private."""
    person = people.find(uow.session, uow.team_id, user_id) if user_id else None
    if person is None or not person.is_member:
        return None
    channel = channels.find(uow.session, uow.team_id, channel_id)
    is_closed = channel is None or channel.is_private
    is_in = not is_closed or channels.has_member(uow.session, uow.team_id, channel_id, user_id)
    return person if is_in else None


def _next(uow: UnitOfWork, channel_id: str, chain_id: UUID, been: Sequence[str]) -> Next | None:
    order = rules.after(chains.members(uow, chain_id), been)
    found = rules.next_of(_able(uow, channel_id, order), uow.now)
    return replace(found, chain_id=chain_id) if found is not None else None


def _able(uow: UnitOfWork, channel_id: str, user_ids: Sequence[str]) -> Iterator[Person]:
    found = (may_carry(uow, each, channel_id) for each in user_ids)
    return (each for each in found if each is not None)
