"""Lists of decisions, and what a search found."""

from typing import Final

from bot.core.blocks import Block, Message, context, section, sections
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.core.visibility import Sifted, held_back
from bot.features.decisions.messages.cards import line
from bot.features.decisions.rules.registry import Decision, name_of

MADE: Final = "Decided"


def listed(decisions: Sifted[Decision]) -> Message:
    """The newest decisions."""
    return _listed(mrkdwn("The newest decisions:"), decisions) or Message(
        mrkdwn("No decisions yet. Pick _Log a decision_ from the menu of a message to start.")
    )


def unknown(number: int) -> Message:
    """There is no such decision, or none the reader may see."""
    return Message(mrkdwn("I found no decision {name} that you can open.", name=name_of(number)))


def help_text() -> Message:
    """What /decision can do."""
    return Message(
        mrkdwn(
            "`/decision find words` finds decisions, `/decision show D-1` shows one, "
            "`/decision list` the newest. To log one, pick _Log a decision_ from the menu "
            "of the message that settles it."
        )
    )


def home(newest: Sifted[Decision]) -> list[Block]:
    """The part of decisions of somebody's App Home."""
    title = mrkdwn("*Decisions*")
    lines = [line(decision) for decision in newest.seen[:5]] or [mrkdwn("None so far.")]
    note = [context(held_back(newest.held_back))] if newest.held_back else []
    return [section(join("\n", [title, *lines])), *note]


def _listed(intro: Mrkdwn, decisions: Sifted[Decision]) -> Message | None:
    """What was found, and how much was held back; None if neither."""
    lines = [intro, *map(line, decisions.seen)] if decisions.seen else []
    note = [held_back(decisions.held_back)] if decisions.held_back else []
    if not lines and not note:
        return None
    blocks = sections(join("\n", lines)) if lines else []
    return Message(join("\n", [*lines, *note]), [*blocks, *map(context, note)])
