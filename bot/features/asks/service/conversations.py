"""What asks tell of conversations, for digests."""

from collections.abc import Sequence
from typing import Final

from bot.core.digests import ThreadKind
from bot.core.message_store import StoredMessage
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import queries
from bot.features.asks.rules.states import UNSETTLED, State

_SETTLED: Final = frozenset({State.ANSWERED, State.DECLINED, State.WENT_AHEAD})


def kinds(
    uow: UnitOfWork, conversations: Sequence[Sequence[StoredMessage]]
) -> Sequence[ThreadKind | None]:
    """Whether somebody waits for an answer in each conversation of a channel, or has it."""
    roots = [said[0].thread_root for said in conversations]
    states = queries.states_under(uow, conversations[0][0].channel_id, roots)
    return [_kind(states.get(root_ts, ())) for root_ts in roots]


def _kind(states: Sequence[State]) -> ThreadKind | None:
    if not UNSETTLED.isdisjoint(states):
        return ThreadKind.OPEN_QUESTION
    return None if _SETTLED.isdisjoint(states) else ThreadKind.SETTLED
