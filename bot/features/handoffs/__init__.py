"""Hand-offs: what one person stops with, the next one takes, like a baton round the sun."""

from datetime import timedelta

from bot.core.bot import Bot
from bot.core.events import (
    AskReopened,
    AskSettled,
    ChannelJoined,
    LeaveChanged,
    MemberLeft,
    MessageNotSent,
    MessageSent,
    PersonEnrolled,
    PersonLeft,
    SettingChanged,
    ZoneChanged,
)
from bot.core.revisions import changes_off
from bot.features.handoffs import jobs, scene
from bot.features.handoffs.listeners import (
    batons,
    blockers,
    chains,
    command,
    days,
    drafts,
    notes,
    relay,
    stand_ins,
    standups,
)
from bot.features.handoffs.messages import about
from bot.features.handoffs.messages import batons as baton_words
from bot.features.handoffs.messages import blockers as blocker_words
from bot.features.handoffs.messages import chains as chain_words
from bot.features.handoffs.messages import notes as note_words
from bot.features.handoffs.messages import prefilling as draft_words
from bot.features.handoffs.messages import stand_ins as stand_in_words
from bot.features.handoffs.messages import standups as standup_words
from bot.features.handoffs.modals import batons as baton_forms
from bot.features.handoffs.modals import blockers as blocker_forms
from bot.features.handoffs.modals import notes as note_forms
from bot.features.handoffs.modals import stand_ins as stand_in_forms
from bot.features.handoffs.modals import standups as standup_forms
from bot.features.handoffs.rules import days as day_rules
from bot.features.handoffs.rules import standup_keys
from bot.features.handoffs.rules import standups as standup_rules
from bot.features.handoffs.rules.relay import TAKE_WITHIN
from bot.features.handoffs.rules.stand_ins import OFFERED
from bot.features.handoffs.service import keeping
from bot.features.handoffs.service.carrying import state_of
from bot.features.handoffs.service.said import Said
from bot.features.handoffs.service.stand_ins import StandIns


def register(bot: Bot) -> None:
    """Plugs hand-offs into the house."""
    _carry(bot)
    _relay(bot)
    _write(bot)
    _prefill(bot)
    _block(bot)
    _stand_in(bot)
    _stand_up(bot)
    bot.keep(*keeping.KEPT)
    bot.play(scene.SCENE)


def _carry(bot: Bot) -> None:
    """Batons: handed over, taken, returned, passed on, done."""
    carrying = batons.Carrying(bot)
    for name in batons.BUTTONS:
        bot.on_button(name, carrying.press, state_of=state_of)
    bot.on_button(baton_words.DO, carrying.choose)
    bot.on_form(baton_forms.ASK_FORM, carrying.ask_back)
    bot.on_form(baton_forms.SEND_FORM, carrying.send_on)
    bot.on_form(baton_forms.AGAIN_FORM, carrying.offer_again)
    bot.on(AskSettled, batons.follow_answer)
    bot.on(AskReopened, batons.follow_reopening)
    bot.on(SettingChanged, batons.follow_off, wants=changes_off)
    bot.on(MessageNotSent, batons.not_posted, wants=batons.is_card)
    bot.every_tick(jobs.tell_of_batons)
    bot.every(timedelta(hours=6), jobs.freshen_cards)


def _relay(bot: Bot) -> None:
    """Chains, and who is next in them when nobody takes a baton."""
    bot.add_settings(TAKE_WITHIN)
    bot.on_subcommand("handoff", "chain", chains.answer_command, usage=chain_words.CHAIN_USAGE)
    bot.on_button(chain_words.UNDO, chains.undo)
    bot.every_tick(jobs.move_batons)
    bot.on(LeaveChanged, relay.follow_person)
    bot.on(ZoneChanged, relay.follow_person)
    bot.on(SettingChanged, relay.follow_setting, wants=relay.moves_batons)
    bot.on(PersonLeft, relay.follow_departure)
    bot.on(MemberLeft, relay.follow_departure)
    bot.add_to_digest(relay.handed_in_digest)
    bot.add_to_digest(relay.news_in_digest)
    bot.add_to_home(relay.on_board)


def _write(bot: Bot) -> None:
    """What is written at the end of a day."""
    writing = notes.Notes(bot)
    bot.add_settings(*day_rules.SETTINGS)
    bot.on(PersonEnrolled, days.follow_person)
    bot.on(ZoneChanged, days.follow_person)
    bot.on(LeaveChanged, days.follow_person)
    bot.on(SettingChanged, days.follow_setting, wants=day_rules.moves_endings)
    bot.every_tick(jobs.offer_notes)
    bot.on_command(
        "handoff",
        command.Typed(writing).answer_command,
        description=about.COMMAND_DESCRIPTION,
        usage=about.COMMAND_USAGE,
    )
    bot.on_button(note_words.WRITE, writing.write)
    bot.on_button(note_words.NOTHING, notes.say_nothing)
    bot.on_button(note_words.UNDO_NOTHING, notes.undo_nothing)
    bot.on_form(note_forms.DAY_FORM, writing.write_day)
    bot.on_form(note_forms.ITEMS_FORM, writing.write_items)
    bot.on_form(note_forms.ONE_FORM, writing.hand_over_one)
    bot.benefit("handoffs", about.BENEFIT)
    bot.explain("handoffs", about.HELP)


def _prefill(bot: Bot) -> None:
    """What that begins with."""
    bot.add_to_day(Said(bot.digest_sources.threads).of_day)
    bot.every_tick(jobs.draft_days)
    bot.on_button(draft_words.USE_DRAFT, drafts.use)


def _block(bot: Bot) -> None:
    """Who cannot go on without whom."""
    blocking = blockers.Blocking(bot)
    bot.on_subcommand("handoff", "blocked", blocking.note, usage=blocker_words.BLOCKED_USAGE)
    bot.on_subcommand("handoff", "blockers", blocking.show, usage=blocker_words.LIST_USAGE)
    bot.on_form(blocker_forms.FORM, blocking.submit)
    bot.on_button(blocker_words.UNBLOCK, blocking.close)
    bot.on_button(blocker_words.AGAIN, blocking.again)
    bot.on(AskSettled, blockers.follow_end)
    bot.on(AskReopened, blockers.follow_reopening)
    bot.on(PersonLeft, blocking.follow_departure)
    bot.add_to_digest(blocking.in_digest)
    bot.add_to_digest(blocking.over_in_digest)
    bot.add_to_home(blocking.board)


def _stand_in(bot: Bot) -> None:
    """Who stands in for people on leave."""
    bot.stand_ins = StandIns()
    bot.add_settings(OFFERED)
    bot.on_subcommand("handoff", "stand-in", stand_ins.command, usage=stand_in_words.USAGE)
    bot.on(LeaveChanged, stand_ins.follow_leave)
    bot.on(ZoneChanged, stand_ins.follow_leave)
    bot.on_button(stand_in_words.NAME, stand_ins.open_form)
    bot.on_button(stand_in_words.TAKE_BACK, stand_ins.take_back)
    bot.on_button(stand_in_words.CANNOT, stand_ins.cannot)
    bot.on_form(stand_in_forms.FORM, stand_ins.submit)
    bot.every_tick(jobs.offer_before_leave)
    bot.add_to_digest(stand_ins.in_digest)
    bot.add_to_home(stand_ins.board)


def _stand_up(bot: Bot) -> None:
    """Stand-ups in writing."""
    channels = standups.Standups(bot)
    bot.add_settings(*standup_rules.SETTINGS)
    bot.on(SettingChanged, standups.follow_setting, wants=standup_rules.moves_channel)
    bot.on(SettingChanged, standups.follow_times, wants=standup_rules.moves_people)
    bot.on(SettingChanged, standups.follow_off, wants=changes_off)
    bot.on(ChannelJoined, standups.follow_channel)
    bot.on(ZoneChanged, standups.follow_person)
    bot.on(LeaveChanged, standups.follow_person)
    bot.on(PersonEnrolled, standups.follow_person)
    bot.on(PersonLeft, standups.follow_person)
    bot.on(MemberLeft, standups.follow_person)
    bot.on(MessageSent, standups.place, wants=standup_keys.is_of_thread)
    bot.on_subcommand(
        "handoff", "standup", channels.answer_command, usage=standup_words.USAGE, by_role=True
    )
    bot.on_button(standup_words.WRITE, standups.open_form)
    bot.on_button(standup_words.SKIP, standups.skip)
    bot.on_button(standup_words.UNSKIP, standups.take_back_skip)
    bot.on_button(standup_words.DECLINE, standups.decline)
    bot.on_button(standup_words.JOIN, standups.join)
    bot.on_button(standup_words.UNDO, channels.undo, by_role=True)
    bot.on_form(standup_forms.FORM, channels.write)
    bot.every_tick(jobs.look_at_standups)
    bot.every_tick(jobs.ask_for_standups)
