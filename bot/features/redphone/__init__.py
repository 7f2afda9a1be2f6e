"""The red phone: the one thing that may interrupt, and goes on until a human presses a button."""

from datetime import timedelta

from bot.core.bot import Bot
from bot.core.events import LeaveChanged, MessageNotSent, PersonLeft
from bot.features.redphone import jobs, scene
from bot.features.redphone.listeners import feeds, overrides, pages, rotations
from bot.features.redphone.messages import pages as page_words
from bot.features.redphone.messages import rotations as rotation_words
from bot.features.redphone.modals import pages as page_forms
from bot.features.redphone.modals import rotations as rotation_forms
from bot.features.redphone.rules import pages as page_rules
from bot.features.redphone.service import pages as page_service


def register(bot: Bot) -> None:
    """Plugs the red phone into the house."""
    _page(bot)
    _escalate(bot)
    _rotate(bot)
    _reach_outside(bot)
    _acknowledge(bot)
    _run_incidents(bot)
    bot.keep(*page_service.KEPT)
    bot.play(scene.SCENE)


def _page(bot: Bot) -> None:
    """The form, whom it reaches, and what it says."""
    bot.on_command(
        "redphone",
        pages.answer_command,
        description=page_words.COMMAND_DESCRIPTION,
        usage=page_words.COMMAND_USAGE,
    )
    bot.on(MessageNotSent, pages.not_sent)
    bot.on_form(page_forms.FORM, pages.page)
    bot.on_button(page_words.ACKNOWLEDGE, pages.acknowledge)
    bot.add_to_digest(pages.pages_in_digest)
    bot.add_settings(page_rules.CRITERIA)
    bot.benefit("redphone", page_words.BENEFIT)
    bot.explain("redphone", page_words.HELP)


def _escalate(bot: Bot) -> None:
    """Policies, the lane in which pages go on, and who watches that they do."""
    bot.in_lane(jobs.LANE, jobs.Pages(bot).step)


def _rotate(bot: Bot) -> None:
    """Who is on call."""
    typed = overrides.Typed(pages.answer_command)
    bot.on_subcommand("redphone", "schedule", typed.schedule, usage=rotation_words.SCHEDULE_USAGE)
    bot.on_subcommand("redphone", "oncall", typed.on_call, usage=rotation_words.ON_CALL_USAGE)
    bot.on_button(rotation_words.NEW, rotations.new)
    bot.on_button(rotation_words.CHANGE, rotations.change)
    bot.on_button(rotation_words.DELETE, rotations.delete)
    bot.on_button(rotation_words.RESTORE, rotations.restore)
    bot.on_form(rotation_forms.FORM, rotations.save)
    bot.on_button(rotation_words.SWAP, overrides.open_form)
    bot.on_button(rotation_words.TAKE_BACK, overrides.take_back)
    bot.on_form(rotation_forms.SWAP_FORM, overrides.submit)
    bot.on_button(rotation_words.CALENDAR, feeds.open_form)
    bot.on_form(rotation_forms.CALENDAR_FORM, feeds.submit)
    bot.on(LeaveChanged, rotations.follow_leave)
    bot.on(PersonLeft, rotations.follow_departure)
    bot.every_tick(jobs.look_at_rotations)
    bot.every_tick(jobs.read_calendars)
    bot.every(timedelta(hours=1), jobs.forget_rotations)
    bot.add_to_home(rotations.board)
    bot.add_to_digest(rotations.in_digest)


def _reach_outside(bot: Bot) -> None:
    """People's own addresses, and the links that acknowledge."""


def _acknowledge(bot: Bot) -> None:
    """Who is on it, whether they still are, and whether it was an emergency."""


def _run_incidents(bot: Bot) -> None:
    """The card, the incident channel and the timeline."""
