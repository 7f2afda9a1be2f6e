"""What decisions tell of conversations, for digests."""

from collections.abc import Sequence
from typing import Final

from bot.core.digests import ThreadKind
from bot.core.message_store import StoredMessage
from bot.core.talk import Line
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import registry as queries
from bot.features.decisions.rules.weighing import deciding_message

LAST: Final = 60
"""So many messages of a conversation are looked through for one that settles it."""


def kinds(
    uow: UnitOfWork, conversations: Sequence[Sequence[StoredMessage]]
) -> Sequence[ThreadKind | None]:
    """Whether each conversation of a channel is settled: a decision is logged, or was said."""
    roots = [said[0].thread_root for said in conversations]
    logged = queries.decided_in(uow, conversations[0][0].channel_id, roots)
    return [
        ThreadKind.SETTLED if root_ts in logged or _settles(said) else None
        for root_ts, said in zip(roots, conversations, strict=True)
    ]


def _settles(said: Sequence[StoredMessage]) -> bool:
    """Whether several people talked, and one of the messages settles something."""
    if len({each.user_id for each in said}) == 1:
        return False
    lines = [Line(number, each.user_id, each.text) for number, each in enumerate(said[-LAST:])]
    return deciding_message(lines) is not None
