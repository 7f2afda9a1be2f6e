"""Decisions: a registry that takes what was decided out of the threads."""

from bot.core.bot import Bot
from bot.core.events import (
    MessageEdited,
    MessageNotSent,
    MessagePosted,
    MessageSent,
    ReactionAdded,
)
from bot.features.decisions import jobs, scene
from bot.features.decisions.listeners import capture, entries, offers, registry, steps
from bot.features.decisions.messages import about
from bot.features.decisions.messages import capture as capture_words
from bot.features.decisions.messages import entries as entry_words
from bot.features.decisions.messages import offers as offer_words
from bot.features.decisions.messages import steps as step_words
from bot.features.decisions.modals import capture as capture_forms
from bot.features.decisions.modals import steps as step_forms
from bot.features.decisions.rules import entries as entry_rules
from bot.features.decisions.rules import offers as offer_rules
from bot.features.decisions.rules import workflow
from bot.features.decisions.rules.judge import judge
from bot.features.decisions.service import keeping, placing


def register(bot: Bot) -> None:
    """Plugs the decision registry into the house."""
    _capture(bot)
    _look_up(bot)
    _let_in(bot)
    _run_steps(bot)
    _offer(bot)
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


def _let_in(bot: Bot) -> None:
    bot.on(ReactionAdded, entries.hear_reaction)
    bot.on(MessagePosted, entries.hear_request, wants=entry_rules.may_ask_to_log)
    bot.on_button(entry_words.OPEN, entries.open_form)
    bot.add_settings(entry_rules.REACTION)


def _run_steps(bot: Bot) -> None:
    bot.on_step(workflow.STEP, steps.start)
    bot.on_button(step_words.LOOK, steps.open_form)
    bot.on_button(step_words.NO_DECISION, steps.refuse)
    bot.on_form(step_forms.FORM, steps.log_decision)
    bot.on(MessageSent, steps.card_out, wants=placing.is_card)
    bot.on(MessageNotSent, steps.not_sent, wants=workflow.may_be_waited_for)
    bot.every_tick(jobs.look_at_steps)


def _offer(bot: Bot) -> None:
    choosing = offers.Choosing(bot)
    bot.on(MessagePosted, offers.watch_thread, wants=offer_rules.may_settle)
    bot.on(MessageEdited, offers.watch_thread, wants=offer_rules.may_settle)
    bot.on_button(offer_words.NO_DECISION, offers.refuse)
    bot.on_button(offer_words.STOP, choosing.stop)
    bot.on_button(offer_words.AGAIN, choosing.again)
    bot.every_tick(jobs.look_at_threads)
    bot.add_to_digest(offers.unrecorded_in_digest)
    bot.add_settings(offer_rules.OFFERS, offer_rules.OFFER_ME)
