"""How the numbers of decisions are read in what somebody typed."""

import re
from typing import Final

_NUMBER: Final = re.compile(r"(?:d-?)?(\d{1,9})", re.IGNORECASE)


def number_in(text: str) -> int | None:
    """The number of a decision, written `D-17`, `d17` or `17`; None: it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of decisions in a text of nothing else; none if there is anything else."""
    found = [number_in(word) for word in text.replace(",", " ").split()]
    return tuple(number for number in found if number is not None) if None not in found else ()
