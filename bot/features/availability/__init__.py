"""Availability: when people work, are away, or want to be left to their work."""

from bot.core.bot import Bot
from bot.features.availability import listeners, messages, scene


def register(bot: Bot) -> None:
    """Plugs availability into the house."""
    availability = listeners.Availability(bot)
    bot.on_subcommand("baton", "away", availability.go_away, usage=messages.AWAY_USAGE)
    bot.on_subcommand("baton", "back", availability.come_back, usage=messages.BACK_USAGE)
    bot.on_subcommand("baton", "focus", availability.set_focus, usage=messages.FOCUS_USAGE)
    bot.on_button(messages.CANCEL, availability.cancel)
    bot.add_to_home(listeners.board)
    bot.benefit("availability", messages.BENEFIT)
    bot.explain("availability", messages.HELP)
    bot.play(scene.SCENE)
