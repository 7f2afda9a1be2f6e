"""What leads in to a decision in talk, and does not belong to its title."""

import re
from typing import Final

from bot.core.patterns import regex
from bot.features.decisions.rules.registry import prefilled_title

_LEAD: Final = regex(
    r"(?:(?:ok(?:ay)?|alright|all right|right|great|good|fine|cool|perfect|yes|so|then|"
    r"decided|decision|agreed)\b(?:[,:.!]+\s+|\s*[\u2013\u2014-]+\s+|\s+(?=so\b|then\b))|"
    r"(?:so|then)\s+)+(?=\S)",
    re.IGNORECASE,
)


def title_of(said: str) -> str:
    """The first sentence of what was said, without what leads in to it, as a title."""
    said = " ".join(said.split())
    title = prefilled_title(_LEAD.sub("", said, count=1) if _LEAD.match(said) else said)
    return title[:1].upper() + title[1:]


def is_all(title: str, said: str) -> bool:
    """Whether a title says all that was said, but for what leads in to it."""
    return title == title_of(said) and not title.endswith("\u2026") and _is_end(title, said)


def _is_end(title: str, said: str) -> bool:
    return " ".join(said.split()).rstrip(" .!").casefold().endswith(title.casefold())
