"""Makes the forms that need to know what was agreed on."""

from collections.abc import Sequence

from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import modals
from bot.features.asks.rules.shown import Words
from bot.features.asks.service import clocks


def composer(
    uow: UnitOfWork,
    words: Words,
    *,
    people: Sequence[str] = (),
    channel_id: str = "",
    is_urgent: bool = False,
    source: str = "",
    by: str = "",
) -> View:
    """The form that asks somebody, with the times to answer that hold in a channel."""
    return modals.composer(
        words,
        people=people,
        channel_id=channel_id,
        is_urgent=is_urgent,
        urgent=clocks.policy(uow, clocks.URGENT, channel_id),
        standard=clocks.policy(uow, clocks.STANDARD, channel_id),
        source=source,
        by=by,
    )
