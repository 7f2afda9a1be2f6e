"""Enrolment: a channel that Baton joins is told what it does, and a workspace can pause it."""

from bot.core.bot import Bot
from bot.core.events import ChannelJoined
from bot.features.enrolment import listeners, messages, scene


def register(bot: Bot) -> None:
    """Plugs enrolment into the house."""
    bot.on(ChannelJoined, listeners.welcome)
    bot.on_subcommand("baton", "pause", listeners.pause, usage="pause", by_role=True)
    bot.on_subcommand("baton", "resume", listeners.resume, usage="resume", by_role=True)
    bot.on_button(messages.PAUSE, listeners.pause, by_role=True)
    bot.on_button(messages.RESUME, listeners.resume, by_role=True)
    bot.add_to_home(listeners.board)
    bot.explain("enrolment", messages.HELP)
    bot.play(scene.SCENE)
