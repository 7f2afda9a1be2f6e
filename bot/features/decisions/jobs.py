"""What the clock does for decisions."""

from typing import Final

from bot.core.bot import Bot
from bot.features.decisions.service import offers, steps

BATCH: Final = 100


def look_at_threads(bot: Bot) -> None:
    """Looks at the threads that may have settled something a while ago."""
    with bot.reading() as (session, now):
        due = offers.due(session, now, BATCH)
    bot.each(due, offers.look)


def look_at_steps(bot: Bot) -> None:
    """Asks owners who could not be asked before, and ends what waited for too long."""
    with bot.reading() as (session, now):
        due = steps.due(session, now, BATCH)
    bot.each(due, steps.look)
