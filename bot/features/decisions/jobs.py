"""What the clock does to decisions."""

from typing import Final

from bot.core.bot import Bot
from bot.features.decisions.service import closing, notices

BATCH: Final = 100


def look_at_proposals(bot: Bot) -> None:
    """Asks reviewers, and closes the proposals whose comment period is over."""
    with bot.reading() as (session, now):
        due = closing.due(session, now, BATCH)
    bot.each(due, closing.Closer(bot.digests).look)


def tell_of_proposals(bot: Bot) -> None:
    """Tells people what became of proposals."""
    with bot.reading() as (session, now):
        due = notices.due(session, now, BATCH)
    bot.each(due, notices.Teller(bot.digests).send)
