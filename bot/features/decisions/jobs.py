"""What the clock does to decisions."""

from typing import Final

from bot.core.bot import Bot
from bot.features.decisions.service import reminding

BATCH: Final = 100


def remind(bot: Bot) -> None:
    """Reminds owners of the reviews that come."""
    with bot.reading() as (session, now):
        due = reminding.due(session, now, BATCH)
    bot.each(due, reminding.look)
