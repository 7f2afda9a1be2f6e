"""Which message somebody means by a link to it."""

import re
from typing import Final

from bot.features.decisions.rules.registry import Place

_MESSAGE: Final = re.compile(
    r"https?://[^\s<>|]+/archives/(?P<channel>[A-Z0-9]{5,20})/p(?P<at>\d{10})(?P<serial>\d{6})"
    r"(?:\?[^\s<>|]*?thread_ts=(?P<root>\d{10}\.\d{6}))?"
)


def place_in(text: str) -> Place | None:
    """The message and its thread that a text links to, the first one; None: it links to none."""
    found = _MESSAGE.search(text.replace("&amp;", "&"))
    if found is None:
        return None
    ts = f"{found['at']}.{found['serial']}"
    return Place(found["channel"], ts, found["root"] or ts)


def without_links(text: str) -> str:
    """A text without its links to messages."""
    return " ".join(_MESSAGE.sub(" ", text).replace("<>", " ").split())
