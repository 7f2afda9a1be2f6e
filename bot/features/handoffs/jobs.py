"""What the clock does to hand-offs."""

from typing import Final

from bot.core.bot import Bot
from bot.features.handoffs.service import days

BATCH: Final = 1_000


def offer_notes(bot: Bot) -> None:
    """Offers everybody whose day ends now to write their hand-off."""
    with bot.reading() as (session, now):
        due = days.due(session, now, BATCH)
    bot.each(due, days.look)
