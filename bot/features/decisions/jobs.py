"""What the clock does to decisions."""

from typing import Final

from bot.core.bot import Bot
from bot.features.decisions.service import closing, freshening, notices

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


def freshen_cards(bot: Bot) -> None:
    """Draws the cards of open proposals anew before their buttons are too old to be pressed."""
    with bot.reading() as (session, _):
        found = freshening.open_anywhere(session)
    bot.each(found, freshening.freshen)
