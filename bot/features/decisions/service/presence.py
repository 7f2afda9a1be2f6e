"""Who can take part in a proposal now, and who answers for it."""

from collections.abc import Sequence

from bot.core import channels, people
from bot.core.people import Person
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import DecisionRow, ProposalRow


def has_baton(uow: UnitOfWork, channel_id: str) -> bool:
    """Whether Baton is in a channel: elsewhere nobody can press anything."""
    channel = channels.find(uow.session, uow.team_id, channel_id)
    return channel is not None and channel.is_member


def in_reach(uow: UnitOfWork, user_id: str, channel_id: str) -> Person | None:
    """Somebody with a working account who has not left a private channel, as far as is known."""
    person = people.find(uow.session, uow.team_id, user_id) if user_id else None
    if person is None or not person.is_member:
        return None
    channel = channels.find(uow.session, uow.team_id, channel_id)
    is_closed = channel is not None and channel.is_private and channel.is_member
    is_in = not is_closed or channels.has_member(uow.session, uow.team_id, channel_id, user_id)
    return person if is_in else None


def may_steer(uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow, user_id: str) -> bool:
    """Whether somebody may change, withdraw or repeat a proposal.

    Its proposer may; once they are gone the decision's owner, and every admin.
    """
    if proposal.proposer_id == user_id:
        return True
    if in_reach(uow, proposal.proposer_id, row.channel_id) is not None:
        return False
    person = in_reach(uow, user_id, row.channel_id)
    return person is not None and (person.is_admin or row.owner_id == user_id)


def stewards(uow: UnitOfWork, row: DecisionRow, proposal: ProposalRow) -> Sequence[str]:
    """Who is told of a proposal as its proposer: they, else the owner, else the admins there."""
    for each in (proposal.proposer_id, row.owner_id):
        if in_reach(uow, each, row.channel_id) is not None:
            return [each]
    inside = sorted(channels.members(uow.session, uow.team_id, row.channel_id))
    there = (people.find(uow.session, uow.team_id, each) for each in inside)
    return [each.user_id for each in there if each and each.is_member and each.is_admin]
