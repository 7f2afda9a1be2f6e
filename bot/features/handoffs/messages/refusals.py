"""Why something cannot be handed over, each in a sentence."""

from typing import Final

UNKNOWN: Final = "I do not know of that any more."
PAUSED: Final = "I am paused in this workspace, so nothing can be handed over just now."
YOURSELF: Final = "That is you. Pick somebody else, or whoever is next in the chain."
NOT_A_MEMBER: Final = "Only full members of this workspace can hand things over and carry them on."
IS_OFF: Final = "I may not write to them. Please pick somebody else."
NOT_THERE: Final = "I am not in that channel. Invite me there with /invite, or pick another one."
NOT_YOURS: Final = "You are not in that channel. Join it first, or pick another one."
NO_WORDS: Final = "Please write a few words."
NOBODY_NEXT: Final = (
    "Nobody is next: there is no chain here, or nobody is left in it. Please pick a person."
)


def not_in_channel(name: str) -> str:
    """Whoever was picked cannot see it."""
    return f"{name} cannot open that channel. Invite them there first, or pick somebody else."


def is_away(name: str) -> str:
    """Whoever was picked does not start soon."""
    return f"{name} is away. Please pick somebody else, or whoever is next in the chain."
