"""Who may do what with a decision: whoever may see it, since the registry is the team's."""

from bot.core.render import plain
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.decisions.messages import lists
from bot.features.decisions.models import DecisionRow
from bot.features.decisions.queries import proposals
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.registry import Status


class Refused(Exception):
    """Somebody cannot do this; the sentence tells them why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def opened(
    uow: UnitOfWork, reader_id: str, number: int, *, lock: bool = False
) -> DecisionRow | None:
    """The decision with this number, if there is one that the reader may see."""
    row = queries.get(uow, number, lock=lock)
    return row if row is not None and may_see(uow, reader_id, row.channel_id) else None


def is_put_to_vote(uow: UnitOfWork, row: DecisionRow) -> bool:
    """Whether a decision is proposed, and can be voted on; what was imported cannot."""
    return row.status == Status.PROPOSED and proposals.get(uow, row.number) is not None


def to_change(uow: UnitOfWork, reader_id: str, number: int) -> DecisionRow:
    """The decision, for somebody who changes it, held until that is done. Raises Refused."""
    row = opened(uow, reader_id, number, lock=True)
    if row is None:
        raise Refused(plain(lists.unknown(number).text))
    return row
