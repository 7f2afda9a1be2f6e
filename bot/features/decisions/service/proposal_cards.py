"""A proposal as its card shows it."""

from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.models import ConcernRow, ProposalRow, ReviewerRow
from bot.features.decisions.queries import proposals as queries
from bot.features.decisions.rules.proposals import (
    Concern,
    ConcernState,
    Proposal,
    ProposalState,
    Result,
    Review,
    Vote,
    is_nameless,
)


def shown(uow: UnitOfWork, number: int, version: int) -> Proposal | None:
    """The proposal of this decision as it is now; None: it was never proposed."""
    row = queries.get(uow, number)
    return of_row(uow, row, version) if row is not None else None


def of_row(uow: UnitOfWork, row: ProposalRow, version: int) -> Proposal:
    """A proposal as it is now."""
    material = queries.material_version(uow, row.number)
    reviewers = queries.reviewers(uow, row.number)
    spoken = [each for each in reviewers if each.vote]
    state = ProposalState(row.state)
    is_open = state is ProposalState.OPEN
    return Proposal(
        number=row.number,
        version=version,
        proposer_id=row.proposer_id,
        options=tuple(row.options.splitlines()),
        is_lazy=row.is_lazy,
        state=state,
        result=Result(row.result),
        closes_at=row.closes_at,
        reviews=tuple(_review(each, material) for each in spoken),
        silent=len(reviewers) - len(spoken),
        concerns=tuple(concern(each) for each in queries.concerns(uow, row.number)),
        reason="" if is_open else queries.reason_of(uow, row.number),
    )


def concern(row: ConcernRow) -> Concern:
    """A concern as it is shown."""
    return Concern(
        serial=row.serial,
        name=row.name,
        words=row.words,
        raiser_id=row.raiser_id,
        state=ConcernState(row.state),
        settled_by=row.settled_by,
        how=row.how,
    )


def _review(row: ReviewerRow, material: int) -> Review:
    return Review(
        user_id="" if is_nameless(row.user_id) else row.user_id,
        vote=Vote(row.vote),
        comment=row.comment,
        is_older=(row.voted_on or 0) < material,
    )
