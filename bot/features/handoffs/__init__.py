"""Hand-offs: what one person stops with, the next one takes, like a baton round the sun."""

from bot.core.bot import Bot
from bot.core.events import (
    AskReopened,
    AskSettled,
    ChannelJoined,
    LeaveChanged,
    MemberLeft,
    MessageSent,
    PersonEnrolled,
    PersonLeft,
    SettingChanged,
    ZoneChanged,
)
from bot.features.handoffs import (
    jobs,
    models,  # noqa: F401 - its tables
)
from bot.features.handoffs.listeners import blockers, standups
from bot.features.handoffs.messages import blockers as blocker_words
from bot.features.handoffs.messages import standups as standup_words
from bot.features.handoffs.modals import blockers as blocker_forms
from bot.features.handoffs.modals import standups as standup_forms
from bot.features.handoffs.rules import standup_keys
from bot.features.handoffs.rules import standups as standup_rules
from bot.features.handoffs.rules.relay import TAKE_WITHIN


def register(bot: Bot) -> None:
    """Plugs hand-offs into the house."""
    _carry(bot)
    _relay(bot)
    _write(bot)
    _block(bot)
    _stand_in(bot)
    _stand_up(bot)


def _carry(bot: Bot) -> None:
    """Batons: handed over, taken, returned, passed on, done."""


def _relay(bot: Bot) -> None:
    """Chains, and who is next in them when nobody takes a baton."""
    bot.add_settings(TAKE_WITHIN)


def _write(bot: Bot) -> None:
    """What is written at the end of a day."""


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


def _stand_up(bot: Bot) -> None:
    """Stand-ups in writing."""
    channels = standups.Standups(bot)
    bot.add_settings(*standup_rules.SETTINGS)
    bot.on(SettingChanged, standups.follow_setting, wants=standup_rules.moves_channel)
    bot.on(SettingChanged, standups.follow_times, wants=standup_rules.moves_people)
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
