"""The red phone: the one thing that may interrupt, and goes on until a human presses a button."""

from bot.core.bot import Bot
from bot.core.events import MessageNotSent
from bot.features.redphone import jobs, scene
from bot.features.redphone.listeners import pages
from bot.features.redphone.messages import pages as page_words
from bot.features.redphone.modals import pages as page_forms
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
