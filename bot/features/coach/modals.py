"""The coach's forms."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import (
    MAX_INPUT,
    Block,
    choice_input,
    context,
    form,
    notice,
    people_input,
    section,
    sections,
    select,
    text_input,
)
from bot.core.render import Mrkdwn, Quote, mrkdwn
from bot.core.replies import View
from bot.features.coach.messages.names import CONTEXT_FORM
from bot.features.coach.rules.hint_reference import HintReference
from bot.features.coach.rules.template import Parts

CONTEXT: Final = "context"
KIND: Final = "kind"
PROPOSAL: Final = "proposal"
QUESTION: Final = "question"
WHOM: Final = "whom"
BY: Final = "by"
KINDS: Final = {"blocker": "Blocker: I cannot go on without it", "update": "Update: for your eyes"}
MOST_PEOPLE: Final = 10


def add_context(reference: HintReference, words: str, parts: Parts, people: Sequence[str]) -> View:
    """The form that completes a message, with what it says already."""
    quote = section(mrkdwn("You wrote:\n{quote}", quote=Quote(words)))
    context_hint = "What it is about, what you saw and tried, with a link."
    by_hint = "In your time, e.g. Thursday 2 pm, or tomorrow noon. Empty: the usual time."
    blocks: list[Block] = [
        quote,
        _text(CONTEXT, "Context, with a link", _with_links(parts), context_hint),
        choice_input(
            "Blocker or update?", select(KIND, KINDS, placeholder="Neither"), optional=True
        ),
        _text(PROPOSAL, "What do you propose?", parts.proposal, "Then a yes is an answer."),
        _text(QUESTION, "What do you need?", parts.question, "So that a yes or a line does it."),
        people_input(
            WHOM, "From whom?", initial=people[:MOST_PEOPLE], most=MOST_PEOPLE, optional=True
        ),
        text_input(BY, "By when?", initial=parts.by, hint=by_hint, optional=True, max_length=100),
        context(mrkdwn("It is posted in the thread of your message, in your name.")),
    ]
    return form("Add context", CONTEXT_FORM, blocks, submit="Post", reference=str(reference))


def told(title: str, text: Mrkdwn) -> View:
    """What came of a form."""
    return notice(title, sections(text))


def _with_links(parts: Parts) -> str:
    missing = [link for link in parts.links if link not in parts.context]
    return " ".join([parts.context, *missing]).strip()


def _text(name: str, label: str, text: str, hint: str) -> Block:
    return text_input(
        name, label, initial=text[:MAX_INPUT], hint=hint, optional=True, multiline=True
    )
