"""The red phone: the one thing that may interrupt, and goes on until a human presses a button."""

from datetime import timedelta

from bot.core.bot import Bot
from bot.core.events import (
    AttemptSettled,
    ChannelMade,
    LeaveChanged,
    MessageHeldBack,
    MessageNotSent,
    MessageSent,
    MessageSlowed,
    PersonLeft,
)
from bot.core.links import LinkEntry
from bot.core.workspaces import CHANNELS, PRIVATE_CHANNELS
from bot.features.redphone import jobs, scene
from bot.features.redphone.listeners import (
    acknowledging,
    addresses,
    cards,
    command,
    drills,
    escalating,
    feeds,
    incidents,
    open_pages,
    overrides,
    policies,
    postmortems,
    reviews,
    rotations,
)
from bot.features.redphone.messages import addresses as address_words
from bot.features.redphone.messages import cards as card_words
from bot.features.redphone.messages import command as command_words
from bot.features.redphone.messages import controls, progress
from bot.features.redphone.messages import drills as drill_words
from bot.features.redphone.messages import incidents as incident_words
from bot.features.redphone.messages import open_pages as open_page_words
from bot.features.redphone.messages import policies as policy_words
from bot.features.redphone.messages import postmortems as post_mortem_words
from bot.features.redphone.messages import reviews as review_words
from bot.features.redphone.messages import rotations as rotation_words
from bot.features.redphone.modals import acknowledging as acknowledging_forms
from bot.features.redphone.modals import addresses as address_forms
from bot.features.redphone.modals import pages as page_forms
from bot.features.redphone.modals import policies as policy_forms
from bot.features.redphone.modals import postmortems as post_mortem_forms
from bot.features.redphone.modals import rotations as rotation_forms
from bot.features.redphone.rules import cards as card_rules
from bot.features.redphone.rules import incidents as incident_rules
from bot.features.redphone.rules import pages as page_rules
from bot.features.redphone.rules.acknowledging import UPDATE_EVERY
from bot.features.redphone.rules.auditing import AUDITED_EVERY
from bot.features.redphone.rules.escalating import LANE
from bot.features.redphone.service import alarming, keeping
from bot.features.redphone.service import links as link_service
from bot.features.redphone.service.standing import state_of


def register(bot: Bot) -> None:
    """Plugs the red phone into the house."""
    _page(bot)
    _escalate(bot)
    _rotate(bot)
    _reach_outside(bot)
    _acknowledge(bot)
    _run_incidents(bot)
    bot.keep(*keeping.KEPT)
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
    bot.measure(alarming.measure)
    words = policy_words
    bot.on_subcommand(
        "redphone", "policy", policies.answer_command, usage=words.USAGE, by_role=True
    )
    bot.on_subcommand("redphone", "drill", drills.answer_command, usage=drill_words.USAGE)
    bot.on_button(words.EDIT, policies.open_level, by_role=True)
    bot.on_button(words.FOLLOW_USUAL, policies.follow_usual, by_role=True)
    bot.on_button(words.UNDO, policies.undo, by_role=True)
    bot.on_form(policy_forms.FORM, policies.save, by_role=True)
    bot.on(MessageSent, escalating.sent, wants=escalating.is_ours)
    bot.on(MessageSlowed, escalating.slowed, wants=escalating.is_ours)
    bot.on(MessageNotSent, escalating.not_sent, wants=escalating.is_ours)
    bot.on(MessageHeldBack, escalating.not_sent, wants=escalating.is_ours)
    bot.on(AttemptSettled, escalating.settled, wants=escalating.is_ours)


def _rotate(bot: Bot) -> None:
    """Who is on call."""
    typed = overrides.Typed(command.answer_command)
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
    bot.on_subcommand("redphone", "contact", addresses.contact, usage=address_words.USAGE)
    bot.on_button(address_words.ENTER, addresses.enter)
    bot.on_button(address_words.TYPE_CODE, addresses.type_code)
    bot.on_button(address_words.SEND_CODE, addresses.send_again)
    bot.on_button(address_words.TRY, addresses.try_out)
    bot.on_button(address_words.REMOVE, addresses.remove)
    bot.on_form(address_forms.ADDRESS_FORM, addresses.entered)
    bot.on_form(address_forms.CODE_FORM, addresses.confirm)
    bot.on_link(controls.ACKNOWLEDGE, LinkEntry(link_service.show, link_service.acknowledge))
    bot.on(AttemptSettled, addresses.settled, wants=addresses.is_lost)


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
    placing = cards.Placing(bot)
    bot.on_subcommand(
        "redphone", "channel", placing.answer_command, usage=card_words.CHANNEL_USAGE, by_role=True
    )
    bot.on_button(card_words.UNDO, placing.undo, by_role=True)
    bot.on(ChannelMade, incidents.made, wants=incidents.is_ours)
    bot.on(MessageNotSent, incidents.not_made, wants=incidents.is_ours)
    bot.on_button(incident_words.ARCHIVE, incidents.archive, state_of=state_of)
    bot.on_button(post_mortem_words.DECIDE, postmortems.Deciding(bot).decide)
    bot.on_button(post_mortem_words.WRITE, postmortems.write)
    bot.on_form(post_mortem_forms.FORM, postmortems.post)
    bot.look_over(jobs.look_over_channels)
    bot.needs(CHANNELS, incident_words.WITHOUT_CHANNELS)
    bot.needs(PRIVATE_CHANNELS, incident_words.WITHOUT_PRIVATE_CHANNELS)
    bot.add_settings(card_rules.CHANNEL, incident_rules.CHANNELS)
