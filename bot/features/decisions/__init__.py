"""Decisions: a registry that takes what was decided out of the threads."""

from bot.core.bot import Bot
from bot.core.events import MessageSent
from bot.features.decisions import scene
from bot.features.decisions.listeners import capture, registry
from bot.features.decisions.messages import about
from bot.features.decisions.messages import capture as capture_words
from bot.features.decisions.modals import capture as capture_forms
from bot.features.decisions.rules.judge import judge
from bot.features.decisions.service import keeping, placing
from bot.features.decisions.service.exchange import Exchange


def register(bot: Bot) -> None:
    """Plugs the decision registry into the house."""
    _capture(bot)
    _look_up(bot)
    bot.on(MessageSent, capture.place, wants=placing.is_card)
    bot.keep(*keeping.KEPT)
    bot.explain("decisions", about.HELP)
    bot.judge("decisions", judge)
    bot.exchange("decisions", Exchange())
    bot.play(scene.SCENE)


def _capture(bot: Bot) -> None:
    bot.on_message_shortcut(
        capture_words.LOG,
        capture.open_form,
        name=capture_words.LOG_NAME,
        description=capture_words.LOG_DESCRIPTION,
    )
    bot.on_form(capture_forms.FORM, capture.log_decision)


def _look_up(bot: Bot) -> None:
    bot.on_command(
        "decision",
        registry.answer_command,
        description=about.COMMAND_DESCRIPTION,
        usage=about.COMMAND_USAGE,
    )
    bot.add_to_digest(registry.made_in_digest)
    bot.add_to_home(registry.newest_on_home)
