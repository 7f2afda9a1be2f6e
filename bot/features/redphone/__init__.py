"""The red phone: the one thing that may interrupt, and goes on until a human presses a button."""

from bot.core.bot import Bot
from bot.core.events import (
    AttemptSettled,
    MessageHeldBack,
    MessageNotSent,
    MessageSent,
    MessageSlowed,
    PersonLeft,
)
from bot.features.redphone import jobs, scene
from bot.features.redphone.listeners import acknowledging, command, escalating, open_pages, reviews
from bot.features.redphone.messages import command as command_words
from bot.features.redphone.messages import controls, progress
from bot.features.redphone.messages import open_pages as open_page_words
from bot.features.redphone.messages import reviews as review_words
from bot.features.redphone.modals import acknowledging as acknowledging_forms
from bot.features.redphone.modals import pages as page_forms
from bot.features.redphone.rules import pages as page_rules
from bot.features.redphone.rules.acknowledging import UPDATE_EVERY
from bot.features.redphone.rules.auditing import AUDITED_EVERY
from bot.features.redphone.rules.escalating import LANE
from bot.features.redphone.service.standing import state_of


def register(bot: Bot) -> None:
    """Plugs the red phone into the house."""
    _page(bot)
    _escalate(bot)
    _rotate(bot)
    _reach_outside(bot)
    _acknowledge(bot)
    _run_incidents(bot)
    bot.play(scene.SCENE)


def _page(bot: Bot) -> None:
    """The form, whom it reaches, and what it says."""
    words = command_words
    bot.on_command(
        "redphone",
        command.answer_command,
        description=words.COMMAND_DESCRIPTION,
        usage=words.COMMAND_USAGE,
    )
    bot.on_message_shortcut(
        page_forms.FORM,
        command.open_on_message,
        name=words.SHORTCUT_NAME,
        description=words.SHORTCUT_DESCRIPTION,
    )
    bot.on_button(page_forms.WHOM, command.choose)
    bot.on_button(page_forms.PERSON_FIELD, command.choose)
    bot.on_button(page_forms.ASK_INSTEAD, command.Asking(bot).ask)
    bot.on_form(page_forms.FORM, command.submit)
    bot.on_form(page_forms.ANYWAY_FORM, command.submit_anyway)
    bot.on_button(progress.CALL_OFF, command.call_off)
    bot.add_to_digest(command.in_digest)
    bot.add_settings(page_rules.CRITERIA, page_rules.HUMAN_ROUTE)
    bot.benefit("redphone", words.BENEFIT)
    bot.explain("redphone", words.HELP)


def _escalate(bot: Bot) -> None:
    """Policies, the lane in which pages go on, and who watches that they do."""
    bot.in_lane(LANE, jobs.Pages(bot).step)
    bot.every(AUDITED_EVERY, jobs.Auditor().audit)
    bot.look_over(jobs.look_over)
    bot.on(MessageSent, escalating.sent, wants=escalating.is_ours)
    bot.on(MessageSlowed, escalating.slowed, wants=escalating.is_ours)
    bot.on(MessageNotSent, escalating.not_sent, wants=escalating.is_ours)
    bot.on(MessageHeldBack, escalating.not_sent, wants=escalating.is_ours)
    bot.on(AttemptSettled, escalating.settled, wants=escalating.is_ours)


def _rotate(bot: Bot) -> None:
    """Who is on call."""


def _reach_outside(bot: Bot) -> None:
    """People's own addresses, and the links that acknowledge."""


def _acknowledge(bot: Bot) -> None:
    """Who is on it, whether they still are, and whether it was an emergency."""
    bot.add_settings(UPDATE_EVERY)
    bot.on_button(controls.ACKNOWLEDGE, acknowledging.acknowledge)
    for name in acknowledging.BUTTONS:
        bot.on_button(name, acknowledging.press, state_of=state_of)
    bot.on_button(controls.MORE, acknowledging.choose)
    bot.on_form(acknowledging_forms.UPDATE_FORM, acknowledging.update)
    bot.on_form(acknowledging_forms.RESOLVE_FORM, acknowledging.resolve)
    bot.on_form(acknowledging_forms.INVITE_FORM, acknowledging.invite)
    bot.on_form(acknowledging_forms.HAND_OVER_FORM, acknowledging.hand_over)
    bot.on(PersonLeft, acknowledging.follow_departure)
    bot.on_subcommand("redphone", "open", open_pages.answer_command, usage=open_page_words.USAGE)
    bot.add_to_home(open_pages.board)
    bot.on_button(review_words.WAS, reviews.answer)
    bot.on_button(review_words.WAS_NOT, reviews.answer)
    bot.on_button(review_words.DO, reviews.choose)
    bot.add_to_digest(reviews.in_digest)
    bot.add_to_digest(reviews.tightened_in_digest)
    bot.every_tick(jobs.ask_for_reviews)


def _run_incidents(bot: Bot) -> None:
    """The card, the incident channel and the timeline."""
