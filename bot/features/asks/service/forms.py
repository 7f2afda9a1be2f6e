"""Makes the forms that need to know what was agreed on."""

from collections.abc import Sequence

from bot.core import message_store
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork
from bot.features.asks import modals
from bot.features.asks.rules.shown import Words
from bot.features.asks.service import clocks


def as_it_came(uow: UnitOfWork, place: str, user_id: str) -> str:
    """What somebody wrote at a place (channel and `ts`, joined by a bar), as Slack has it.

    Empty if it is not theirs.
    """
    channel_id, _, ts = place.partition("|")
    message = message_store.find(uow.session, uow.team_id, channel_id, ts)
    return message.text if message is not None and message.user_id == user_id else ""


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
