"""What the clock does to decisions."""

from bot.core.bot import Bot
from bot.features.decisions.service import freshening


def freshen_cards(bot: Bot) -> None:
    """Draws the cards of open proposals anew before their buttons are too old to be pressed."""
    with bot.reading() as (session, _):
        found = freshening.open_anywhere(session)
    bot.each(found, freshening.freshen)
