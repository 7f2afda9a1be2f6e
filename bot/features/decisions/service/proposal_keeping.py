"""What is kept of people in proposals, and how it is given out and erased."""

from typing import Final

from bot.core.ids import new_id
from bot.core.keeping import Kept, Record, as_data
from bot.core.quotations import ERASED
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.messages import about
from bot.features.decisions.models import ConcernRow, ProposalRow, ReviewerRow
from bot.features.decisions.queries import proposals as queries
from bot.features.decisions.queries import registry
from bot.features.decisions.rules.proposals import NAMELESS
from bot.features.decisions.service import recording

_SHORT: Final = 16


def export(uow: UnitOfWork, user_id: str) -> list[Record]:
    """What somebody proposed, said as a reviewer, raised and settled."""
    proposed = queries.proposed_by(uow, user_id)
    reviewed = queries.reviewed_by(uow, user_id)
    raised = [each for each in queries.concerns_of(uow, user_id) if each.raiser_id == user_id]
    settled = [
        {"number": each.number, "settled": each.serial, "how": each.how}
        for each in queries.concerns_of(uow, user_id)
        if each.settled_by == user_id
    ]
    own = [
        *(as_data(each, leave_out={"proposer_id", "look_at"}) for each in proposed),
        *(as_data(each, leave_out={"user_id", "asked_on"}) for each in reviewed),
        *(as_data(each, leave_out={"raiser_id", "settled_by", "how"}) for each in raised),
    ]
    return [*own, *settled]


def erase(uow: UnitOfWork, user_id: str) -> int:
    """Takes somebody's name and words out of proposals; what they said still counts."""
    touched = [
        *(_unproposed(each, user_id) for each in queries.proposed_by(uow, user_id)),
        *(_unnamed(uow, each) for each in queries.reviewed_by(uow, user_id)),
        *(_unsaid(each, user_id) for each in queries.concerns_of(uow, user_id)),
    ]
    uow.session.flush()
    for number in sorted(set(touched)):
        row = registry.get(uow, number)
        if row is not None:
            recording.redraw(uow, row)
    return len(touched)


def _unproposed(row: ProposalRow, user_id: str) -> int:
    row.proposer_id = "" if row.proposer_id == user_id else row.proposer_id
    return row.number


def _unnamed(uow: UnitOfWork, row: ReviewerRow) -> int:
    """A reviewer who spoke goes on counting without a name; one who did not is none any more."""
    number = row.number
    if not row.vote:
        uow.session.delete(row)
        return number
    row.user_id = f"{NAMELESS}{new_id().hex[-_SHORT:]}"
    row.comment = ERASED if row.comment else ""
    return number


def _unsaid(row: ConcernRow, user_id: str) -> int:
    if row.raiser_id == user_id:
        row.raiser_id, row.name, row.words = "", ERASED, ERASED
    if row.settled_by == user_id:
        row.settled_by, row.how = "", ERASED
    return row.number


KEPT: Final = Kept(
    "proposals",
    about.PROPOSALS,
    about.KEPT_FOR,
    (ProposalRow, ReviewerRow, ConcernRow),
    export,
    erase,
    stays=about.REVIEWS_STAY,
)
