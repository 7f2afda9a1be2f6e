"""Decisions: a registry that takes what was decided out of the threads."""

from bot.core.bot import Bot
from bot.features.decisions import listeners, messages, modals, scene, service
from bot.features.decisions.rules.judge import judge


def register(bot: Bot) -> None:
    """Plugs the decision registry into the house."""
    bot.on_message_shortcut(
        messages.LOG,
        listeners.open_form,
        name=messages.LOG_NAME,
        description=messages.LOG_DESCRIPTION,
    )
    bot.on_form(modals.FORM, listeners.log_decision)
    bot.on_command(
        "decision",
        listeners.answer_command,
        description=messages.COMMAND_DESCRIPTION,
        usage=messages.COMMAND_USAGE,
    )
    bot.add_to_digest(listeners.made_in_digest)
    bot.add_to_home(listeners.newest_on_home)
    bot.keep(*service.KEPT)
    bot.explain("decisions", messages.HELP)
    bot.judge("decisions", judge)
    bot.play(scene.SCENE)
