"""The form that names a stand-in."""

from typing import Final

from bot.core.blocks import form, notice, person_input, sections, text_input
from bot.core.render import Mrkdwn
from bot.core.replies import View

FORM: Final = "handoffs.stand_in_form"
WHO: Final = "who"
UNTIL: Final = "until"
_WHO_SEES: Final = "Whoever asks you something while you are away sees who it is."
_WHEN: Final = "E.g. Friday, or 24 Dec. Empty: until your next leave is over."


def name(stand_in_id: str = "") -> View:
    """Asks who stands in, and until when."""
    blocks = [
        person_input(WHO, "Who stands in for you?", initial=stand_in_id or None, hint=_WHO_SEES),
        text_input(UNTIL, "Until when?", optional=True, max_length=100, hint=_WHEN),
    ]
    return form("Name a stand-in", FORM, blocks, submit="Name them")


def told(text: Mrkdwn) -> View:
    """What came of it."""
    return notice("Stand-in", sections(text))
