"""What somebody has, and what they handed over."""

from collections.abc import Sequence

from bot.core.blocks import Message
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sifted, sift
from bot.features.handoffs.messages import lists as messages
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.shown import BatonShown
from bot.features.handoffs.service import cards


def of(uow: UnitOfWork, user_id: str) -> Message:
    """What is with somebody now, and what they handed over that others have."""
    held = queries.open_of_holder(uow, user_id)
    sent = [each for each in queries.open_of_sender(uow, user_id) if each.holder_id != user_id]
    return messages.both(_seen(uow, user_id, held), _seen(uow, user_id, sent), user_id)


def _seen(uow: UnitOfWork, user_id: str, rows: Sequence[HandoffBatonRow]) -> Sifted[BatonShown]:
    found = sift(uow, user_id, rows, channel_of=lambda each: each.channel_id)
    return Sifted(tuple(cards.shows(uow, found.seen)), found.held_back)
