"""What people read or hear about a page outside of Slack.

How to answer, and that it is a drill, is said by whoever hands it over (`bot/pagers`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.render import clean
from bot.features.redphone.rules.policies import Way

SHORT: Final = 64
"""So long is what happens in an SMS, which is 160 characters with the link that follows."""
SPOKEN: Final = 200
SUBJECT: Final = 120
_CUT: Final = "..."  # an ellipsis of one sign would more than double the price of an SMS


@dataclass(frozen=True, slots=True)
class Told:
    """A page, as it is told outside of Slack; `by` is who is on it, empty: nobody."""

    caller: str
    kind: str
    what: str
    impact: str
    paged_at: datetime
    by: str = ""
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A line, and more of it where there is room."""

    subject: str
    text: str = ""


def paged(told: Told, way: Way) -> Words:
    """Somebody is needed now."""
    needed = f"{_caller(told)} needs you now: {_line(told)}"
    match way:
        case Way.SMS:
            return Words(_fitting(needed, SHORT))
        case Way.VOICE:
            return Words(_fitting(needed, SPOKEN))
        case Way.EMAIL:
            return Words(_fitting(needed, SUBJECT), _facts(told))
        case _:
            return Words(_fitting(f"{_caller(told)} pages: {_line(told)}", SUBJECT), _facts(told))


def taken(told: Told) -> Words:
    """Somebody is on it."""
    return _brief(f"{told.by or 'Somebody'} is on it: {_line(told)}")


def resolved(told: Told) -> Words:
    """It is over."""
    return Words(_fitting(f"It is over: {_line(told)}", SUBJECT), clean(told.resolution))


def exhausted(told: Told) -> Words:
    """Everybody was tried."""
    return _brief(f"Nobody answered the page of {_caller(told)}: {_line(told)}")


def stuck(told: Told) -> Words:
    """A page does not go on."""
    return _brief(f"Baton does not get on with the page of {_caller(told)}: {_line(told)}")


def goes_on(told: Told) -> Words:
    """It does again."""
    return _brief(f"Baton goes on with the page of {_caller(told)}: {_line(told)}")


def _facts(told: Told) -> str:
    lines = [
        f"What is happening: {clean(told.what)}",
        f"What it hurts: {clean(told.impact)}" if told.impact else "",
        f"Kind: {clean(told.kind)}" if told.kind else "",
        f"Paged by {_caller(told)} at {told.paged_at:%Y-%m-%d %H:%M} UTC.",
        "It goes on until somebody is on it.",
    ]
    return "\n".join(filter(None, lines))


def _brief(line: str) -> Words:
    return Words(_fitting(line, SUBJECT))


def _caller(told: Told) -> str:
    return told.caller or "Somebody"


def _line(told: Told) -> str:
    """What is happening, in one line."""
    return " ".join(clean(told.what).split())


def _fitting(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - len(_CUT)].rstrip()}{_CUT}"
