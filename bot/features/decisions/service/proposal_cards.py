"""A proposal as its card shows it."""

from bot.core import people
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
    asked = [each for each in reviewers if _counts(uow, each)]
    concerns = tuple(concern(each) for each in queries.concerns(uow, row.number))
    waits = any(each.state is ConcernState.OPEN for each in concerns)
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
        asked=tuple(sorted(map(_name_of, asked))),
        spoken=sum(bool(each.vote) for each in asked),
        concerns=concerns,
        reason="" if is_open else queries.reason_of(uow, row.number),
        is_held_open=is_open and waits and row.opened_at < row.closes_at <= uow.now,
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


def _counts(uow: UnitOfWork, row: ReviewerRow) -> bool:
    """Whether somebody's agreement counts: that of who has no account any more does not."""
    if is_nameless(row.user_id):
        return bool(row.vote)
    person = people.find(uow.session, uow.team_id, row.user_id)
    return person is not None and person.is_member


def _name_of(row: ReviewerRow) -> str:
    return "" if is_nameless(row.user_id) else row.user_id


def _review(row: ReviewerRow, material: int) -> Review:
    return Review(
        user_id=_name_of(row),
        vote=Vote(row.vote),
        comment=row.comment,
        is_older=(row.voted_on or 0) < material,
    )
