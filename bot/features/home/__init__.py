"""App Home and help: everything that concerns somebody on one page, and how it all works."""

from bot.core.bot import Bot
from bot.core.events import HomeOpened, MessagePosted
from bot.features.home import listeners, messages, rules, scene


def register(bot: Bot) -> None:
    """Plugs App Home and help into the house."""
    home = listeners.Home(bot)
    bot.on(HomeOpened, home.show)
    bot.on(MessagePosted, home.explain, wants=rules.is_to_baton)
    bot.on_command(
        "baton",
        home.answer_command,
        description=messages.COMMAND_DESCRIPTION,
        usage=messages.COMMAND_USAGE,
    )
    bot.play(scene.SCENE)
