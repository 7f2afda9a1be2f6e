"""What the clock does for hand-offs."""

from typing import Final

from bot.core.bot import Bot
from bot.features.handoffs.service import moving

BATCH: Final = 100


def move_batons(bot: Bot) -> None:
    """Reminds of batons that nobody took yet, and sends them on."""
    with bot.reading() as (session, now):
        due = moving.due(session, now, BATCH)
    bot.each(due, moving.Mover(bot.digests, bot.asks).look)
