"""Hand-offs: what one person stops with, the next one takes, like a baton round the sun."""

from bot.core.bot import Bot
from bot.core.events import LeaveChanged, ZoneChanged
from bot.features.handoffs import models  # noqa: F401 - its tables
from bot.features.handoffs.listeners import stand_ins
from bot.features.handoffs.messages import stand_ins as stand_in_messages
from bot.features.handoffs.modals import stand_ins as stand_in_modals
from bot.features.handoffs.rules import stand_ins as stand_in_rules
from bot.features.handoffs.service.stand_ins import StandIns


def register(bot: Bot) -> None:
    """Plugs hand-offs into the house."""
    _carry(bot)
    _relay(bot)
    _write(bot)
    _block(bot)
    _stand_in(bot)
    _stand_up(bot)


def _carry(bot: Bot) -> None:
    """Batons: handed over, taken, returned, passed on, done."""


def _relay(bot: Bot) -> None:
    """Chains, and who is next in them when nobody takes a baton."""


def _write(bot: Bot) -> None:
    """What is written at the end of a day."""


def _block(bot: Bot) -> None:
    """Who cannot go on without whom."""


def _stand_in(bot: Bot) -> None:
    """Who stands in for people on leave."""
    bot.stand_ins = StandIns()
    bot.add_settings(stand_in_rules.OFFERED)
    bot.on_subcommand("handoff", "stand-in", stand_ins.command, usage=stand_in_messages.USAGE)
    bot.on(LeaveChanged, stand_ins.follow_leave)
    bot.on(ZoneChanged, stand_ins.follow_leave)
    bot.on_button(stand_in_messages.NAME, stand_ins.open_form)
    bot.on_button(stand_in_messages.TAKE_BACK, stand_ins.take_back)
    bot.on_button(stand_in_messages.CANNOT, stand_ins.cannot)
    bot.on_form(stand_in_modals.FORM, stand_ins.submit)
    bot.every_tick(stand_ins.offer)
    bot.add_to_digest(stand_ins.in_digest)
    bot.add_to_home(stand_ins.board)


def _stand_up(bot: Bot) -> None:
    """Stand-ups in writing."""
