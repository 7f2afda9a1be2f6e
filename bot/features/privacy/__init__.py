"""Privacy: everybody sees, gets and erases what is kept of them, and can switch Baton off."""

from bot.core.bot import Bot
from bot.features.privacy import listeners, messages, modals, scene


def register(bot: Bot) -> None:
    """Plugs privacy into the house."""
    privacy = listeners.Privacy(bot)
    bot.on_subcommand("baton", "privacy", privacy.answer_command, usage=messages.USAGE)
    for verb in ("off", "on"):
        bot.on_subcommand("baton", verb, privacy.switch, usage="")
    bot.on_button(messages.SHOW, privacy.show)
    bot.on_button(messages.EXPORT, privacy.export)
    bot.on_button(messages.ERASE, privacy.open_form)
    bot.on_form(modals.FORM, privacy.erase)
    bot.add_to_home(listeners.board)
    bot.explain("privacy", messages.HELP)
    bot.play(scene.SCENE)
