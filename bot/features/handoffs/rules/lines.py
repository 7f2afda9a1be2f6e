"""Lines as people type them: one for each thing, with or without a bullet."""

from typing import Final

from bot.core.patterns import regex
from bot.core.render import clean

_BULLET: Final = regex(r"\s*(?:(?:[-*\u2022\u2013]|\d{1,2}[.)])\s+)*")


def bare(line: str) -> str:
    """A line without its bullet, and with single blanks."""
    text = " ".join(clean(line).split())
    bullet = _BULLET.match(f"{text} ")
    return text[bullet.end() :].strip() if bullet else text
