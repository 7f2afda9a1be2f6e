"""Hand-offs: what one person stops with, the next one takes, like a baton round the sun."""

from bot.core.bot import Bot
from bot.features.handoffs import models  # noqa: F401 - its tables
from bot.features.handoffs.service.said import Said


def register(bot: Bot) -> None:
    """Plugs hand-offs into the house."""
    _carry(bot)
    _relay(bot)
    _write(bot)
    _prefill(bot)
    _block(bot)
    _stand_in(bot)
    _stand_up(bot)


def _carry(bot: Bot) -> None:
    """Batons: handed over, taken, returned, passed on, done."""


def _relay(bot: Bot) -> None:
    """Chains, and who is next in them when nobody takes a baton."""


def _write(bot: Bot) -> None:
    """What is written at the end of a day."""


def _prefill(bot: Bot) -> None:
    """What that begins with."""
    bot.add_to_day(Said(bot.digest_sources.threads).of_day)


def _block(bot: Bot) -> None:
    """Who cannot go on without whom."""


def _stand_in(bot: Bot) -> None:
    """Who stands in for people on leave."""


def _stand_up(bot: Bot) -> None:
    """Stand-ups in writing."""
