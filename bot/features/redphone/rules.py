"""What somebody wants of the red phone."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.render import mentions_in

_ON_CALL: Final = re.compile(r"on-?call(?:\s+(\S+))?\s*", re.IGNORECASE)


class State(StrEnum):
    """Where a page stands."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody typed behind /redphone."""

    verb: str
    text: str = ""
    user_id: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One use of the red phone; `local_now` is the time of the person it is shown to."""

    id: str
    caller_id: str
    paged_id: str
    what: str
    local_now: datetime


def parse(text: str) -> Request:
    """Reads `oncall`, `oncall @person` and `help`; everything else is what is happening."""
    on_call = _ON_CALL.fullmatch(text)
    if on_call and on_call[1]:
        mentioned = mentions_in(on_call[1])
        if len(mentioned) == 1:
            return Request("set", user_id=mentioned[0])
        return Request("unclear", text=on_call[1])
    if on_call:
        return Request("who")
    if text.lower() == "help":
        return Request("help")
    return Request("page", text=text)
