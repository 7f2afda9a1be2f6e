"""The forms of privacy."""

from typing import Final

from bot.core.blocks import checkboxes, choice_input, form, notice, section, sections
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.core.replies import View
from bot.features.privacy import messages
from bot.features.privacy.rules import Erased, Overview

FORM: Final = "privacy.confirm"
ALONE: Final = "alone"


def overview(overview: Overview) -> View:
    """What is kept of somebody."""
    more = mrkdwn("`/baton privacy export` sends it to you, `/baton privacy erase` deletes it.")
    return notice("Privacy", [*sections(messages.overview_text(overview)), section(more)])


def erase_form(overview: Overview, user_id: str) -> View:
    """Asks somebody whether they mean it."""
    warned = [mrkdwn(":warning: {told}", told=told) for told in overview.warnings]
    text = mrkdwn(
        "Everything I keep of you is deleted at once, and what quotes you says “(erased)” instead. "
        "What you asked for is taken back. This cannot be undone."
    )
    blocks = [section(each) for each in (*warned, text)]
    blocks += sections(_stays(overview.stays))
    if not overview.is_off:
        alone = {"yes": "Leave me alone from now on, too"}
        blocks.append(choice_input("Afterwards", checkboxes(ALONE, alone), optional=True))
    return form("Erase my data", FORM, blocks, submit="Erase everything", reference=user_id)


def erased(erased: Erased) -> View:
    """What was erased, and what stays."""
    counts = [
        mrkdwn("• {name}: {count}", name=name, count=count) for name, count in erased.counts.items()
    ]
    done = join("\n", [mrkdwn("*Erased*"), *(counts or [mrkdwn("There was nothing.")])])
    blocks = [*sections(done), *sections(_stays(erased.stays))]
    if erased.is_off:
        blocks.append(section(mrkdwn("That you want to be left alone stays, so that you are.")))
    return notice("Erased", blocks)


def _stays(sentences: tuple[str, ...]) -> Mrkdwn:
    lines = [mrkdwn("• {told}", told=told) for told in sentences]
    return join("\n", [mrkdwn("*What stays, and why*"), *lines])
