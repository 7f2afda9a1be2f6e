"""What somebody wants of `/handoff`."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.patterns import regex
from bot.core.render import mentions_in

_LEADING: Final = regex(r"(?:to\s+)?<@\w+(?:\|[^<>]*)?>[\s,:]*", re.IGNORECASE)
_VERBS: Final = frozenset({"list", "help"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed behind /handoff; `text` is Slack's."""

    verb: str
    user_id: str = ""
    text: str = ""


def parse(text: str) -> Wish:
    """Reads `list`, `help`, nothing (the note of the day), and a person with or without words.

    What has no person in front is unclear.
    """
    words = text.strip()
    if not words:
        return Wish("write")
    if words.lower() in _VERBS:
        return Wish(words.lower())
    whom = _LEADING.match(words)
    if whom is None:
        return Wish("unclear", text=words)
    rest = words[whom.end() :].strip()
    return Wish("one", mentions_in(whom[0])[0], rest)
