"""How what somebody typed behind /decision is read."""

import re
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"(?:d-?)?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody typed behind /decision."""

    verb: str
    number: int | None = None


def parse(text: str) -> Request:
    """Reads `show D-17`, `list`; a bare number is shown, anything else gets help."""
    verb, _, rest = text.strip().partition(" ")
    verb = verb.lower()
    number = number_in(rest.strip() if verb == "show" else verb)
    if number is not None:
        return Request("show", number=number)
    return Request("list") if verb == "list" else Request("help")


def number_in(text: str) -> int | None:
    """The number of a decision, written `D-17`, `d17` or `17`; None: it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None
