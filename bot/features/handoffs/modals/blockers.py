"""The form that notes who cannot go on without whom."""

from collections.abc import Sequence
from typing import Final

from bot.core.blocks import Message, context, form, notice, people_input, sections, text_input
from bot.core.render import mrkdwn
from bot.core.replies import View

FORM: Final = "handoffs.blocked_form"
WHO: Final = "blockers"
WHAT: Final = "what"
LONGEST: Final = 1_000


def blocked(channel_id: str, people: Sequence[str] = (), what: str = "") -> View:
    """Asks whom somebody waits for, and what for; `people` are ids."""
    asked = mrkdwn("I ask them in your name, and remind them when it is due.")
    blocks = [
        people_input(WHO, "Who blocks you?", initial=people),
        text_input(
            WHAT,
            "What do you need from them?",
            initial=what,
            multiline=True,
            max_length=LONGEST,
        ),
        context(asked),
    ]
    return form("I am blocked", FORM, blocks, submit="Note it", reference=channel_id)


def told(message: Message) -> View:
    """What came of it."""
    return notice("Noted", sections(message.text))
