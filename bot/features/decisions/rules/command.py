"""How the numbers of decisions are read in what somebody typed."""

import re
from typing import Final

from bot.core.patterns import regex

_NUMBER: Final = regex(
    r"(?<![\w.-])(?:d[\s\u2010-\u2015\u2212-]{0,2}|#)?(\d{1,9})(?!\w|[.-]\w)", re.IGNORECASE
)
_BETWEEN: Final = frozenset({"by", "with", "to", "and"})
_NO_WORD: Final = regex(r"[\W_]+")


def number_in(text: str) -> int | None:
    """The first number of a decision, written like `D-17`, `d 17`, `#17` or `17.`; None: none."""
    found = _NUMBER.search(text)
    return int(found[1]) if found else None


def begins_with_number(text: str) -> bool:
    """Whether the number of a decision comes before any other word."""
    found = _NUMBER.search(text)
    return found is not None and not _words(text[: found.start()])


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers of decisions in `D-3 D-17`, `D-3 by D-17` or `D-3 -> D-17`; none if it says more.

    What changes something is not guessed from a sentence.
    """
    numbers = tuple(int(number) for number in _NUMBER.findall(text))
    words = set(_words(_NUMBER.sub(" ", text))) - {"please"}
    return numbers if not words or (len(numbers) > 1 and words <= _BETWEEN) else ()


def _words(text: str) -> list[str]:
    return _NO_WORD.sub(" ", text.replace("&gt;", " ").casefold()).split()
