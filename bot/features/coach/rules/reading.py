"""Reads a message once: every rule looks at what is found here, none at the text again."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.prose import prose

_WORDS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|\?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a message says in its author's own words, without quotes, code, mentions and links.

    `text` is Slack's; `words` are in lower case, in order, a question mark being one.
    """

    text: str
    own: str
    words: tuple[str, ...]


def read(text: str) -> Reading:
    """Reads Slack's text."""
    own = prose(text)
    return Reading(text, own, tuple(_WORDS.findall(own.lower())))
