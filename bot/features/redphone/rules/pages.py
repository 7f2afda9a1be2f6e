"""What somebody wants of the red phone."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.core.agreement.kinds import Lines
from bot.core.agreement.setting import Layer, Setting

CRITERIA: Final = Setting[tuple[str, ...]](
    "redphone.criteria",
    Lines(10, 120),
    (
        "Customers cannot use the product",
        "Data is being lost or leaked",
        "Somebody is in danger",
    ),
    (Layer.WORKSPACE,),
    "Incident criteria",
    "What the red phone is for, a line each; shown to whoever is about to page somebody",
)
KEPT_DAYS: Final = 365
_ON_CALL: Final = frozenset({"oncall", "on-call"})
_PERSON: Final = re.compile(r"<@(\w+)(?:\|[^>]*)?>")


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


@dataclass(frozen=True, slots=True)
class Told:
    """A page as one of its two people reads of it later, in their own time and `locale`.

    `address` is what they got about it. `taken_at` is when the other was on it; None: nobody was.
    `what` is None where it is not kept, or not to be shown any more.
    """

    other_id: str
    is_caller: bool
    what: str | None
    address: str
    paged_at: datetime
    taken_at: datetime | None
    locale: str


def parse(text: str) -> Request:
    """Reads `oncall`, `oncall @person` and `help`; everything else is what is happening."""
    verb, *whom = text.split() or [""]
    people = [found[1] for found in map(_PERSON.fullmatch, whom) if found]
    if verb.lower() in _ON_CALL and (len(whom) <= 1 or len(people) == len(whom)):
        if not whom:
            return Request("who")
        if len(people) == 1:
            return Request("set", user_id=people[0])
        return Request("unclear", text=" ".join(whom))
    if text.lower() == "help":
        return Request("help")
    return Request("page", text=text)
