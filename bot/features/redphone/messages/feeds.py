"""What is said of the calendars of rotations."""

from typing import Final

NO_KEYS: Final = (
    "A calendar's address is a secret, and I have no key to keep it with. Whoever runs me makes "
    "one with `baton keys new` and sets it as BATON_ENCRYPTION_KEYS."
)
NOT_AN_ADDRESS: Final = "That is no address of a calendar. It begins with https:// and ends in .ics"
_WHY: Final = {
    "https": "its address does not begin with https://",
    "address": "its address is none that I can ask",
    "private": "its address leads into a private network, where I ask nobody",
    "name": "there is no server of that name",
    "redirects": "its server sends me from place to place",
    "slow": "its server takes too long",
    "connection": "its server does not answer",
    "server": "its server has a problem just now",
    "not-there": "its server says that there is no such calendar, or does not show it to me",
    "size": "it has more than a megabyte",
    "packing": "it is packed in a way that I do not read",
    "no-calendar": "what its server sends is no calendar",
    "too-often": "something in it repeats every hour or more often",
    "too-many": "there is too much in it",
    "keys": "its address cannot be decrypted any more; please enter it again",
}


def given(host: str) -> str:
    """A rotation takes its shifts from a calendar from now on."""
    return f"I take the shifts from a calendar at {host}. In a minute the schedule shows them."


def ended() -> str:
    """It takes them from none."""
    return "There is no calendar any more: those who take turns are on call."


def why(code: str) -> str:
    """Why a calendar cannot be read, as the end of a sentence."""
    return _WHY.get(code, "something went wrong")
