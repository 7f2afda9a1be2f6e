"""The batons that digests and boards tell of; decided by who reads them, when they do."""

from collections.abc import Sequence
from datetime import datetime

from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, sift
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import lists as queries
from bot.features.handoffs.rules.items import State
from bot.features.handoffs.rules.shown import BatonShown
from bot.features.handoffs.service import cards


def with_person(uow: UnitOfWork, user_id: str) -> Sifted[BatonShown]:
    """What somebody has or is to take, what is to be taken first."""
    rows = queries.held_by(uow, user_id)
    return _shown(uow, user_id, sorted(rows, key=lambda each: each.state != State.OFFERED))


def from_person(uow: UnitOfWork, user_id: str) -> Sifted[BatonShown]:
    """What somebody handed over and others have by now, the oldest first."""
    rows = queries.sent_by(uow, user_id)
    return _shown(uow, user_id, [each for each in rows if each.holder_id != user_id])


def news_for(uow: UnitOfWork, user_id: str, since: datetime) -> Sifted[BatonShown]:
    """What somebody handed over and others took, moved or finished since then."""
    return _shown(uow, user_id, queries.moved_since(uow, user_id, since))


def _shown(uow: UnitOfWork, reader_id: str, rows: Sequence[HandoffBatonRow]) -> Sifted[BatonShown]:
    if not rows:
        return Sifted()
    found = sift(uow, reader_id, rows, channel_of=lambda each: each.channel_id)
    return Sifted(tuple(cards.shows(uow, found.seen)), found.held_back)
