"""Why something cannot be done, each in a sentence; the same reason always in the same words."""

from typing import Final

from bot.core.blocks import Message
from bot.core.render import mrkdwn

UNKNOWN: Final = "I do not know of that any more."
PAUSED: Final = "I am paused in this workspace, so nothing can be handed over just now."
YOURSELF: Final = "That is you. Please pick somebody else."
YOURSELF_WAITED_FOR: Final = "That is you. Please pick whom you wait for."
NOT_A_MEMBER: Final = "Only full members of this workspace can do that. Please pick somebody else."
YOU_NO_MEMBER: Final = "Only full members of this workspace can do that."
IS_OFF: Final = "I may not write to them. Please pick somebody else."
NOT_THERE: Final = "I am not in that channel. Invite me there with /invite, or pick another one."
NOT_YOURS: Final = "You are not in that channel. Join it first, or pick another one."
NO_WORDS: Final = "Please write a few words."
NO_WHAT_FOR: Final = "Please write what you need from them."
NOBODY_PICKED: Final = "Please pick whom you wait for."
NOBODY_NEXT: Final = (
    "Nobody is next: there is no chain here, or nobody is left in it. Please pick a person."
)


def said(sentence: str) -> Message:
    """One sentence."""
    return Message(mrkdwn("{sentence}", sentence=sentence))


def not_in_channel(name: str) -> str:
    """Whoever was picked cannot see it."""
    return f"{name} cannot open that channel. Invite them there first, or pick somebody else."


def is_away(name: str) -> str:
    """Whoever was picked does not start soon."""
    return f"{name} is away. Please pick somebody else, or whoever is next in the chain."
