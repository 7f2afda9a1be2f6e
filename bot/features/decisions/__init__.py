"""Decisions: a registry that takes what was decided out of the threads."""

from bot.core.bot import Bot
from bot.core.events import MessageSent
from bot.features.decisions import jobs, scene
from bot.features.decisions.listeners import capture, registry
from bot.features.decisions.listeners import writes as records
from bot.features.decisions.messages import about
from bot.features.decisions.messages import capture as capture_words
from bot.features.decisions.modals import capture as capture_forms
from bot.features.decisions.rules.judge import judge
from bot.features.decisions.rules.writes import RECORD
from bot.features.decisions.service import keeping, placing, writes


def register(bot: Bot) -> None:
    """Plugs the decision registry into the house."""
    _capture(bot)
    _look_up(bot)
    _record(bot)
    bot.on(MessageSent, capture.place, wants=placing.is_card)
    bot.keep(*keeping.KEPT)
    bot.explain("decisions", about.HELP)
    bot.judge("decisions", judge)
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


def _record(bot: Bot) -> None:
    bot.add_settings(RECORD)
    bot.every_tick(jobs.write)
    bot.add_to_digest(records.troubles_in_digest)
    bot.look_over(jobs.look_over)
    bot.operate("decisions record", writes.status)
    bot.operate("decisions record again", writes.record_again)
    bot.keep(*writes.KEPT)
