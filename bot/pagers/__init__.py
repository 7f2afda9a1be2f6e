"""Ways to reach people outside of Slack: e-mail, phone, PagerDuty, webhooks."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.core import attempts
from bot.core.attempts import CALLER
from bot.core.bot import Bot
from bot.core.ports import Pager
from bot.pagers.caller import Caller, Leftovers
from bot.settings import Settings

HOUR: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=31)
"""How long it is known what became of an attempt."""


def configured(_settings: Settings) -> list[Pager]:
    """The pagers that the settings name, in a fixed order."""
    return []


def register(bot: Bot, settings: Settings) -> None:
    """Sets the pagers of the settings up, and has what is queued for them be called."""
    bot.in_lane(CALLER, Leftovers(bot).step)
    bot.every(HOUR, forget_old)
    for pager in configured(settings):
        add(bot, pager)


def add(bot: Bot, pager: Pager) -> None:
    """Sets a pager up; it has a lane of its own, so that a slow one holds up no other."""
    bot.outside.pagers = (*bot.outside.pagers, pager)
    bot.house = replace(bot.house, pagers=(*bot.house.pagers, pager.name))
    bot.in_lane(attempts.lane_of(pager.name), Caller(bot, pager).step)


def forget_old(bot: Bot) -> None:
    """Deletes what is known of attempts that were over long ago."""
    with bot.database.transaction() as session:
        attempts.forget_old(session, before=bot.clock.now() - KEPT_FOR)
