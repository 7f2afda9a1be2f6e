"""What the decision registry says."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Block, Message, context, section, sections
from bot.core.quotations import SOMEBODY
from bot.core.render import Link, Mention, Mrkdwn, Quote, join, mrkdwn
from bot.core.visibility import Sifted, held_back
from bot.features.decisions.rules.registry import TEXT_LENGTH, Decision

LOG: Final = "decisions.log"
LOG_NAME: Final = "Log a decision"
LOG_DESCRIPTION: Final = "Record what was decided here in the decision registry"
COMMAND_DESCRIPTION: Final = "Find and show decisions"
COMMAND_USAGE: Final = "find words | show D-1 | list"
HELP: Final = (
    "*Decisions.* Pick _Log a decision_ from the menu of a message to record what was decided; "
    "it gets a number and a card in the thread. `/decision find words`, `/decision show D-1` "
    "and `/decision list` bring it back. The record stays until it is changed, also when the "
    "message is edited or deleted; if its author has their data erased, the quote goes."
)
KEEPS: Final = "Decisions that you logged, or in which you are quoted"
KEPT_FOR: Final = "as long as I am installed"
NUMBERS: Final = "How many decisions there are"
STAYS: Final = (
    "Decisions stay as they were recorded, without your name; where your message is quoted in one, "
    "“(erased)” stands instead."
)
MADE: Final = "Decided"


def card(decision: Decision) -> Message:
    """The card in the thread."""
    text = mrkdwn(
        "Logged as {link}: {title}",
        link=Link(decision.permalink, decision.name),
        title=decision.title,
    )
    return Message(text, _laid_out(decision))


def shown(decision: Decision) -> Message:
    """One decision in full."""
    text = mrkdwn("{name}: {title}", name=decision.name, title=decision.title)
    return Message(text, _laid_out(decision))


def found(decisions: Sifted[Decision], words: Sequence[str]) -> Message:
    """What a search found."""
    intro = mrkdwn("Decisions with “{words}”, the newest first:", words=" ".join(words))
    return _listed(intro, decisions) or nothing_found(words)


def nothing_found(words: Sequence[str]) -> Message:
    """A search found nothing the reader may see."""
    return Message(
        mrkdwn(
            "I found no decision with “{words}” that you can open. "
            "Fewer words find more; `/decision list` shows the newest.",
            words=" ".join(words),
        )
    )


def no_title() -> str:
    """Under the field of the form."""
    return "Please write in a few words what was decided."


def listed(decisions: Sifted[Decision]) -> Message:
    """The newest decisions."""
    return _listed(mrkdwn("The newest decisions:"), decisions) or Message(
        mrkdwn("No decisions yet. Pick _Log a decision_ from the menu of a message to start.")
    )


def unknown(number: int) -> Message:
    """There is no such decision, or none the reader may see."""
    return Message(mrkdwn("I found no decision {name} that you can open.", name=f"D-{number}"))


def help_text() -> Message:
    """What /decision can do."""
    return Message(
        mrkdwn(
            "`/decision find words` finds decisions, `/decision show D-1` shows one, "
            "`/decision list` the newest. To log one, pick _Log a decision_ from the menu "
            "of the message that settles it."
        )
    )


def already_logged(decision: Decision) -> Message:
    """This thread has its decision."""
    return Message(
        mrkdwn(
            "This thread is already logged as {link}: {title}",
            link=Link(decision.permalink, decision.name),
            title=decision.title,
        )
    )


def invite_me_first() -> Message:
    """Nobody could be shown what is logged here, because nobody can tell who may see it."""
    return Message(
        mrkdwn(
            "I am not in this conversation, so nobody would find the decision again. "
            "Please invite me first."
        )
    )


def not_yours() -> str:
    """The form was opened by somebody else, or long ago."""
    return "This form is no longer good. Please open it again from the message's menu."


def line(decision: Decision) -> Mrkdwn:
    """One line about a decision."""
    return mrkdwn(
        "*{name}* {link}, logged by {owner}",
        name=decision.name,
        link=Link(decision.permalink, decision.title),
        owner=_owner(decision),
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


def _laid_out(decision: Decision) -> list[Block]:
    title = mrkdwn(
        ":pushpin: *{link}: {title}*",
        link=Link(decision.permalink, decision.name),
        title=decision.title,
    )
    blocks = [section(title)]
    if decision.text != decision.title:
        blocks += sections(mrkdwn("{text}", text=Quote(decision.text, TEXT_LENGTH)))
    if decision.reason:
        blocks += sections(mrkdwn("*Why:* {reason}", reason=decision.reason))
    footer = mrkdwn("Logged by {owner}", owner=_owner(decision))
    return [*blocks, context(footer)]


def _owner(decision: Decision) -> Mention | str:
    return Mention(decision.owner_id) if decision.owner_id else SOMEBODY
