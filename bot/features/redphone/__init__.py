"""The red phone: the one thing that may interrupt, and goes to whoever is on call."""

from bot.core.bot import Bot
from bot.core.events import MessageNotSent
from bot.features.redphone import listeners, messages, modals, rules, scene, service


def register(bot: Bot) -> None:
    """Plugs the red phone into the house."""
    bot.on_command(
        "redphone",
        listeners.answer_command,
        description=messages.COMMAND_DESCRIPTION,
        usage=messages.COMMAND_USAGE,
    )
    bot.on(MessageNotSent, listeners.not_sent)
    bot.on_form(modals.FORM, listeners.page)
    bot.on_button(messages.ACKNOWLEDGE, listeners.acknowledge)
    bot.add_to_digest(listeners.pages_in_digest)
    bot.add_to_home(listeners.board)
    bot.add_settings(rules.CRITERIA)
    bot.keep(*service.KEPT)
    bot.benefit("redphone", messages.BENEFIT)
    bot.explain("redphone", messages.HELP)
    bot.play(scene.SCENE)
