"""What the clock does to asks."""

from typing import Final

from bot.core.bot import Bot
from bot.features.asks.service import alarm, notices, scheduling

BATCH: Final = 100


def ring(bot: Bot) -> None:
    """Looks at every clock that says so."""
    with bot.reading() as (session, now):
        due = alarm.to_ring(session, now, BATCH)
    bot.each(due, alarm.Alarm(bot.digests).ring)


def tell(bot: Bot) -> None:
    """Tells people what is to be told by now."""
    with bot.reading() as (session, now):
        due = notices.due(session, now, BATCH)
    bot.each(due, notices.Teller(bot.digests).send)


def let_out(bot: Bot) -> None:
    """Lets go out what was scheduled for by now."""
    with bot.reading() as (session, now):
        due = scheduling.due(session, now, BATCH)
    bot.each(due, scheduling.look_at)
