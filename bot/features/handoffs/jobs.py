"""What the clock does to hand-offs."""

from typing import Final

from bot.core.bot import Bot
from bot.features.handoffs.service import standups

BATCH: Final = 500


def look_at_standups(bot: Bot) -> None:
    """Opens and ends the stand-ups whose time has come."""
    with bot.reading() as (session, now):
        due = standups.due(session, now, BATCH)
    bot.each(due, standups.look)


def ask_for_standups(bot: Bot) -> None:
    """Asks everybody to write whose own time has come."""
    with bot.reading() as (session, now):
        due = standups.due_entries(session, now, BATCH)
    bot.each(due, standups.ask)
