"""Decisions: a registry that takes what was decided out of the threads."""

from datetime import timedelta

from bot.core.bot import Bot
from bot.core.events import (
    LeaveChanged,
    MessageSent,
    PersonEnrolled,
    PersonLeft,
    SettingChanged,
    ZoneChanged,
)
from bot.features.decisions import jobs, scene
from bot.features.decisions.listeners import (
    capture,
    closing,
    proposals,
    proposing,
    registry,
    reviewing,
)
from bot.features.decisions.messages import about
from bot.features.decisions.messages import capture as capture_words
from bot.features.decisions.messages import closing as closing_words
from bot.features.decisions.messages import proposals as proposal_words
from bot.features.decisions.modals import capture as capture_forms
from bot.features.decisions.modals import proposals as proposal_forms
from bot.features.decisions.rules.judge import judge
from bot.features.decisions.rules.proposals import DAYS
from bot.features.decisions.service import keeping, notices, placing


def register(bot: Bot) -> None:
    """Plugs the decision registry into the house."""
    _capture(bot)
    _look_up(bot)
    _propose(bot)
    _close(bot)
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


def _propose(bot: Bot) -> None:
    bot.on_subcommand(
        "decision", "propose", proposing.answer_command, usage=proposal_words.PROPOSE_USAGE
    )
    bot.on_subcommand(
        "decision", "objections", reviewing.answer_objections, usage="objections words"
    )
    bot.on_global_shortcut(
        proposal_words.PROPOSE,
        proposing.open_form,
        name=proposal_words.PROPOSE_NAME,
        description=proposal_words.PROPOSE_DESCRIPTION,
    )
    for name, press in proposals.BUTTONS.items():
        bot.on_button(name, press)
    for name, submit in proposals.FORMS.items():
        bot.on_form(name, submit)
    bot.on_form(proposal_forms.FORM, proposing.propose)
    bot.on_button(proposal_words.SETTLE, proposals.open_settle, by_role=True)
    bot.on_form(proposal_forms.SETTLE_FORM, proposals.settle, by_role=True)
    bot.every(timedelta(hours=6), jobs.freshen_cards)
    bot.add_settings(DAYS)
    bot.add_to_digest(reviewing.waiting_in_digest)
    bot.add_to_digest(reviewing.concerns_in_digest)
    bot.add_to_digest(reviewing.news_in_digest)
    bot.add_to_home(reviewing.waiting_on_home)


def _close(bot: Bot) -> None:
    bot.every_tick(jobs.look_at_proposals)
    bot.every_tick(jobs.tell_of_proposals)
    bot.on(LeaveChanged, closing.follow_person)
    bot.on(ZoneChanged, closing.follow_person)
    bot.on(PersonEnrolled, closing.follow_person)
    bot.on(PersonLeft, closing.follow_departure)
    bot.on(SettingChanged, closing.follow_hours, wants=closing.moves_periods)
    bot.on(MessageSent, closing.card_is_out, wants=placing.is_card)
    bot.on_button(closing_words.AGAIN, closing.propose_again)
    bot.add_to_digest(closing.undecided_in_digest)
    bot.keep(notices.KEPT)
