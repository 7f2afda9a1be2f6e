"""Names that Slack takes for channels: lower-case letters, digits, - and _, 80 characters."""

import unicodedata
from typing import Final

from bot.core.patterns import regex

LONGEST: Final = 80
_OTHERS: Final = regex(r"[^a-z0-9_]+")


def named(*parts: str) -> str:
    """A name made of these, as far as they can stand in one; `parts` may be whole sentences.

    It is empty only if nothing of them can.
    """
    words = "-".join(parts).translate({0x2019: None, 0x27: None})
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return _within(_OTHERS.sub("-", plain).strip("-_"), LONGEST)


def numbered(name: str, number: int) -> str:
    """The `number`-th with this name; the first one has it as it is."""
    suffix = f"-{number}" if number > 1 else ""
    return _within(name, LONGEST - len(suffix)) + suffix


def _within(name: str, most: int) -> str:
    """Cut at a word where one ends near."""
    if len(name) <= most:
        return name
    word = name[: most + 1].rfind("-")
    return name[: word if word > most // 2 else most].rstrip("-_")
