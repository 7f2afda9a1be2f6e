"""Decisions: a registry that takes what was decided out of the threads."""

from datetime import timedelta

from bot.core.bot import Bot
from bot.core.events import (
    ChannelJoined,
    LeaveChanged,
    MemberLeft,
    MessageDeleted,
    MessageEdited,
    MessageNotSent,
    MessagePosted,
    MessageSent,
    PersonEnrolled,
    PersonLeft,
    ReactionAdded,
    SettingChanged,
    ZoneChanged,
)
from bot.core.revisions import changes_off
from bot.features.decisions import jobs, scene
from bot.features.decisions.listeners import (
    capture,
    changing,
    channels,
    closing,
    entries,
    offers,
    proposals,
    proposing,
    registry,
    reviewers,
    search,
    steps,
)
from bot.features.decisions.listeners import writes as records
from bot.features.decisions.messages import about, names
from bot.features.decisions.messages import capture as capture_words
from bot.features.decisions.messages import entries as entry_words
from bot.features.decisions.messages import offers as offer_words
from bot.features.decisions.messages import proposals as proposal_words
from bot.features.decisions.messages import search as search_words
from bot.features.decisions.messages import steps as step_words
from bot.features.decisions.modals import capture as capture_forms
from bot.features.decisions.modals import proposals as proposal_forms
from bot.features.decisions.modals import steps as step_forms
from bot.features.decisions.rules import entries as entry_rules
from bot.features.decisions.rules import offers as offer_rules
from bot.features.decisions.rules import workflow
from bot.features.decisions.rules.judge import judge
from bot.features.decisions.rules.proposals import DAYS
from bot.features.decisions.rules.writes import RECORD
from bot.features.decisions.service import conversations, days, keeping, notices, placing, writes
from bot.features.decisions.service.composing import Composing
from bot.features.decisions.service.exchange import Exchange


def register(bot: Bot) -> None:
    """Plugs the decision registry into the house."""
    bot.registry = Composing()
    _capture(bot)
    _look_up(bot)
    _change(bot)
    _search(bot)
    _record(bot)
    _propose(bot)
    _close(bot)
    _let_in(bot)
    _run_steps(bot)
    _offer(bot)
    _tell_channels(bot)
    bot.on(SettingChanged, capture.leave_alone, wants=changes_off)
    bot.on(MessageSent, capture.place, wants=placing.is_card)
    bot.keep(*keeping.KEPT)
    bot.benefit("decisions", about.BENEFIT)
    bot.explain("decisions", about.HELP)
    bot.judge("decisions", judge)
    bot.exchange("decisions", Exchange())
    bot.play(scene.SCENE)


def _capture(bot: Bot) -> None:
    entries = capture.Capturing(bot)
    bot.on_message_shortcut(
        capture_words.LOG,
        entries.pick,
        name=capture_words.LOG_NAME,
        description=capture_words.LOG_DESCRIPTION,
    )
    bot.on_subcommand("decision", "log", entries.type, usage=capture_words.LOG_USAGE)
    bot.on_form(capture_forms.FORM, capture.log_decision)
    bot.on_button(capture_forms.USE_DRAFT, capture.use_draft)
    bot.on(MessageDeleted, capture.follow_deletion)
    bot.every_tick(jobs.draft)


def _look_up(bot: Bot) -> None:
    bot.on_command(
        "decision",
        registry.answer_command,
        description=about.COMMAND_DESCRIPTION,
        usage=about.COMMAND_USAGE,
    )
    bot.on_subcommand("decision", "show", registry.show, usage=about.SHOW_USAGE)
    bot.on_subcommand("decision", "list", registry.list_some, usage=about.LIST_USAGE)
    bot.on_button(names.MORE, registry.more)
    bot.on_button(names.HISTORY, registry.history)
    bot.add_to_digest(registry.made_in_digest)
    bot.read_threads(conversations.kinds)
    bot.add_to_home(registry.board)
    bot.add_to_day(days.of_day)


def _change(bot: Bot) -> None:
    bot.on_subcommand("decision", "amend", changing.open_amend, usage=about.AMEND_USAGE)
    bot.on_subcommand(
        "decision", "supersede", changing.supersede_typed, usage=about.SUPERSEDE_USAGE
    )
    bot.on_subcommand("decision", "deprecate", changing.open_deprecate, usage=about.DEPRECATE_USAGE)
    bot.on_subcommand("decision", "review", changing.open_review, usage=about.REVIEW_USAGE)
    for name, press in changing.BUTTONS.items():
        bot.on_button(name, press)
    for name, submit in changing.FORMS.items():
        bot.on_form(name, submit)
    bot.every_tick(jobs.remind)


def _search(bot: Bot) -> None:
    bot.on_subcommand("decision", "find", search.find, usage=about.FIND_USAGE)
    bot.on_button(search_words.MORE, search.show_more)


def _record(bot: Bot) -> None:
    bot.add_settings(RECORD)
    bot.every_tick(jobs.write)
    bot.add_to_digest(records.troubles_in_digest)
    bot.look_over(jobs.look_over)
    bot.operate("decisions record", writes.status)
    bot.operate("decisions record again", writes.record_again)
    bot.keep(*writes.KEPT)


def _propose(bot: Bot) -> None:
    bot.on_subcommand(
        "decision", "propose", proposing.answer_command, usage=proposal_words.PROPOSE_USAGE
    )
    bot.on_subcommand(
        "decision", "objections", reviewers.answer_objections, usage="objections words"
    )
    bot.on_global_shortcut(
        proposal_words.PROPOSE,
        proposing.open_form,
        name=proposal_words.PROPOSE_NAME,
        description=proposal_words.PROPOSE_DESCRIPTION,
    )
    for name, press in proposals.BUTTONS.items():
        bot.on_button(name, press, by_role=name in proposals.STEERING)
    for name, submit in proposals.FORMS.items():
        bot.on_form(name, submit, by_role=name in proposals.STEERING)
    bot.on_form(proposal_forms.FORM, proposing.propose)
    bot.on(MessageNotSent, proposing.card_not_sent, wants=placing.is_card)
    bot.on_button(proposal_words.SETTLE, proposals.open_settle, by_role=True)
    bot.on_form(proposal_forms.SETTLE_FORM, proposals.settle, by_role=True)
    bot.every(timedelta(hours=6), jobs.freshen_cards)
    bot.add_settings(DAYS)
    bot.add_to_digest(reviewers.waiting_in_digest)
    bot.add_to_digest(reviewers.closing_in_digest)
    bot.add_to_digest(reviewers.concerns_in_digest)
    bot.add_to_digest(reviewers.news_in_digest)
    bot.add_to_home(reviewers.board)


def _close(bot: Bot) -> None:
    bot.every_tick(jobs.look_at_proposals)
    bot.every_tick(jobs.tell_of_proposals)
    bot.on(LeaveChanged, closing.follow_person)
    bot.on(ZoneChanged, closing.follow_person)
    bot.on(PersonEnrolled, closing.follow_person)
    bot.on(PersonLeft, closing.follow_departure)
    bot.on(MemberLeft, closing.follow_departure)
    bot.on(ChannelJoined, closing.follow_return)
    bot.on(SettingChanged, closing.follow_hours, wants=closing.moves_periods)
    bot.on(MessageSent, closing.card_is_out, wants=placing.is_card)
    bot.on_button(proposal_words.AGAIN, closing.propose_again, by_role=True)
    bot.add_to_digest(closing.undecided_in_digest)
    bot.keep(notices.KEPT)


def _let_in(bot: Bot) -> None:
    bot.on(ReactionAdded, entries.hear_reaction)
    bot.on(MessagePosted, entries.hear_request, wants=entry_rules.may_ask_to_log)
    bot.on_button(entry_words.OPEN, entries.Opening(bot).open_form)
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


def _tell_channels(bot: Bot) -> None:
    bot.add_to_channel_digest(channels.made)
    bot.add_to_channel_digest(channels.open_now)
    bot.add_to_channel_digest(channels.unrecorded)
