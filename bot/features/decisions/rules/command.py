"""How what somebody typed behind /decision is read."""

import re
from dataclasses import dataclass
from typing import Final

_NUMBER: Final = re.compile(r"(?:d-?)?(\d{1,9})", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody typed behind /decision."""

    verb: str
    words: tuple[str, ...] = ()
    number: int | None = None


def parse(text: str) -> Request:
    """Reads `find words`; a bare number is shown, anything else gets help."""
    verb, _, rest = text.strip().partition(" ")
    if verb.lower() == "find" and words_of(rest):
        return Request("find", words=words_of(rest))
    number = number_in(verb)
    return Request("help") if number is None else Request("show", number=number)


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of decisions in a text of nothing else; none if there is anything else."""
    found = [number_in(word) for word in text.replace(",", " ").split()]
    return tuple(number for number in found if number is not None) if None not in found else ()


def number_in(text: str) -> int | None:
    """The number of a decision, written `D-17`, `d17` or `17`; None: it is none."""
    found = _NUMBER.fullmatch(text.strip())
    return int(found[1]) if found else None


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, each once."""
    return tuple(dict.fromkeys(_WORD.findall(text.lower())))
