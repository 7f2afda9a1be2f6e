"""The red phone: the one thing that may interrupt, and goes on until a human presses a button."""

from bot.core.bot import Bot
from bot.core.events import ChannelMade, MessageNotSent
from bot.features.redphone import jobs, scene
from bot.features.redphone.listeners import cards, incidents, pages, postmortems
from bot.features.redphone.messages import cards as card_words
from bot.features.redphone.messages import incidents as incident_words
from bot.features.redphone.messages import pages as page_words
from bot.features.redphone.messages import postmortems as post_mortem_words
from bot.features.redphone.modals import pages as page_forms
from bot.features.redphone.modals import postmortems as post_mortem_forms
from bot.features.redphone.rules import cards as card_rules
from bot.features.redphone.rules import incidents as incident_rules
from bot.features.redphone.rules import pages as page_rules
from bot.features.redphone.service import pages as page_service
from bot.features.redphone.service import standing


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
    bot.add_to_home(pages.board)
    bot.add_settings(page_rules.CRITERIA)
    bot.benefit("redphone", page_words.BENEFIT)
    bot.explain("redphone", page_words.HELP)


def _escalate(bot: Bot) -> None:
    """Policies, the lane in which pages go on, and who watches that they do."""
    bot.in_lane(jobs.LANE, jobs.Pages(bot).step)


def _rotate(bot: Bot) -> None:
    """Who is on call."""


def _reach_outside(bot: Bot) -> None:
    """People's own addresses, and the links that acknowledge."""


def _acknowledge(bot: Bot) -> None:
    """Who is on it, whether they still are, and whether it was an emergency."""


def _run_incidents(bot: Bot) -> None:
    """The card, the incident channel and the timeline."""
    placing = cards.Placing(bot)
    bot.on_subcommand(
        "redphone", "channel", placing.answer_command, usage=card_words.CHANNEL_USAGE, by_role=True
    )
    bot.on_button(card_words.UNDO, placing.undo, by_role=True)
    bot.on(ChannelMade, incidents.made, wants=incidents.is_ours)
    bot.on(MessageNotSent, incidents.not_made, wants=incidents.is_ours)
    bot.on_button(incident_words.ARCHIVE, incidents.archive, state_of=standing.state_of)
    bot.on_button(post_mortem_words.DECIDE, postmortems.Deciding(bot).decide)
    bot.on_button(post_mortem_words.WRITE, postmortems.write)
    bot.on_form(post_mortem_forms.FORM, postmortems.post)
    bot.add_settings(card_rules.CHANNEL, incident_rules.CHANNELS)
