"""What the clock does for batons that nobody took in time."""

from typing import Final

from bot.core.bot import Bot
from bot.features.handoffs.service import moving

BATCH: Final = 100


def move_batons(bot: Bot) -> None:
    """Reminds people of batons that they could take, and sends on what nobody took."""
    with bot.reading() as (session, now):
        due = moving.due(session, now, BATCH)
    bot.each(due, moving.Mover(bot.digests, bot.asks).look)
