"""What somebody who is new is told instead of a first hint."""

from bot.core.agreement.switches import off_button
from bot.core.blocks import Message, actions, button, context, section
from bot.core.render import join, mrkdwn
from bot.features.coach.messages.names import COMPOSE
from bot.features.coach.rules.settings import HINTS


def welcome() -> Message:
    """What a good ask looks like, with one from the form."""
    intro = mrkdwn(
        ":wave: Welcome! Here people work at different hours, so the best messages can be answered "
        "without asking back: *what it is about*, with a link; *what you need*, from whom; *by "
        "when*; and, if you have one, *what you propose*. Then a yes is an answer."
    )
    example = mrkdwn(
        "*Context*  The signup page has been timing out since yesterday, log: (link)\n"
        "*Proposal*  I would set the pool size to 20\n"
        "*Question*  @Ana, can you look at it?\n"
        "*By when*  Thursday noon"
    )
    later = mrkdwn(
        "I may tell you, and only you, what a message of yours still needs. The form below asks "
        "for these parts, and keeps track of the answer."
    )
    elements = [
        button("Ask with the form", COMPOSE, style="primary"),
        off_button(HINTS, "No hints for me"),
    ]
    text = join("\n", [intro, example, later])
    return Message(text, [section(intro), section(example), context(later), actions(elements)])


def no_form() -> Message:
    """There is nobody who keeps track of asks."""
    return Message(mrkdwn("There is no form for that here: write it as a message, please."))
