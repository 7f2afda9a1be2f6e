"""What the clock does for hand-offs."""

from typing import Final

from bot.core.bot import Bot
from bot.features.handoffs.service import days, freshening, leaving, moving, standups, telling

BATCH: Final = 100
DAYS: Final = 1_000
"""So many days end at once: most people of a zone stop at the same hour."""


def move_batons(bot: Bot) -> None:
    """Reminds of batons that nobody took yet, and sends them on."""
    with bot.reading() as (session, now):
        due = moving.due(session, now, BATCH)
    bot.each(due, moving.Mover(bot.digests, bot.asks).look)


def tell_of_batons(bot: Bot) -> None:
    """Tells people of what was handed over to them, or came back."""
    with bot.reading() as (session, now):
        due = telling.due(session, now, BATCH)
    bot.each(due, telling.Teller(bot.digests).tell)


def freshen_cards(bot: Bot) -> None:
    """Draws the cards of open batons anew before their buttons are too old to be pressed."""
    with bot.reading() as (session, _):
        found = freshening.open_anywhere(session)
    bot.each(found, freshening.freshen)


def offer_notes(bot: Bot) -> None:
    """Offers everybody whose day ends now to write their hand-off."""
    with bot.reading() as (session, now):
        due = days.due(session, now, DAYS)
    bot.each(due, days.look)


def offer_before_leave(bot: Bot) -> None:
    """Offers those who are about to be away to hand over, and to name who stands in."""
    with bot.reading() as (session, now):
        due = leaving.due(session, now, BATCH)
    bot.each(due, leaving.offer)


def look_at_standups(bot: Bot) -> None:
    """Opens and ends the stand-ups whose time has come."""
    with bot.reading() as (session, now):
        due = standups.due(session, now, BATCH)
    bot.each(due, standups.look)


def ask_for_standups(bot: Bot) -> None:
    """Asks everybody to write whose own time has come."""
    with bot.reading() as (session, now):
        due = standups.due_entries(session, now, BATCH)
    bot.each(due, standups.ask)
