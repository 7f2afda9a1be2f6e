"""What the clock does for the coach."""

from typing import Final

from bot.core.bot import Bot
from bot.features.coach.service import hinting, long_talks

BATCH: Final = 100


def look(bot: Bot) -> None:
    """Looks at the messages whose authors had time to complete them."""
    with bot.reading() as (session, now):
        due = hinting.due(session, now, BATCH)
    bot.each(due, hinting.look)


def look_for_long_talks(bot: Bot) -> None:
    """Looks for two people who have written back and forth for long."""
    with bot.reading() as (session, now):
        busy = long_talks.busy(session, now)
    bot.each(busy, long_talks.propose_to_talk)
