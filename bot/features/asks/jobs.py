"""What the clock does to asks."""

from typing import Final

from bot.core.bot import Bot
from bot.features.asks import service

BATCH: Final = 100


def nudge_overdue(bot: Bot) -> None:
    """Reminds of every ask whose time has passed."""
    with bot.reading() as (session, now):
        due = service.to_nudge(session, now, BATCH)
    bot.each(due, service.nudge)
