"""When the comment period of a proposal is over."""

from datetime import datetime, timedelta

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import ProposalRow
from bot.features.decisions.queries import proposals as queries
from bot.features.decisions.rules.proposals import ProposalState


def reckon(uow: UnitOfWork, number: int) -> datetime:
    """Computes anew when a proposal can close at the earliest, and has it looked at then."""
    proposal = queries.get(uow, number)
    if proposal is None:
        raise ValueError(f"there is no proposal {number}")
    proposal.closes_at = proposal.changed_at + timedelta(days=proposal.days)
    proposal.look_at = proposal.closes_at
    return proposal.closes_at


def refuses_votes(uow: UnitOfWork, proposal: ProposalRow) -> bool:
    """Whether the comment period of a proposal is over."""
    return proposal.state != ProposalState.OPEN or proposal.closes_at < uow.now
