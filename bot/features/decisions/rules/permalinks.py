"""Reads the address of a message, as Slack's "Copy link" gives it."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.patterns import regex

_MESSAGE: Final = regex(
    r"(?P<site>https?://[\w.:-]+/)archives/(?P<channel>[CDG][A-Z0-9]{2,30})/"
    r"p(?P<seconds>\d{10})(?P<rest>\d{6})(?:\?(?P<query>[^\s<>|]*))?"
)
_ROOT: Final = regex(r"(?:^|[?&])thread_ts=(\d{10}\.\d{6})(?:&|$)")

_POINTING_WORDS: Final = """
please pls thanks thank you the one this that these it here is at in from of see message thread
decision log as a link
"""
_POINTING: Final = frozenset(_POINTING_WORDS.split())
"""Words that say no more than the link that they stand beside."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message stands; `root_ts` is its own unless the address names its thread."""

    site: str
    channel_id: str
    ts: str
    root_ts: str


def is_link(text: str) -> bool:
    """Whether somebody typed an address, and not words."""
    return bool(re.match(r"<?https?://", text.strip()))


def read(text: str) -> Address | None:
    """The message that an address leads to; None: it leads to none."""
    bare = text.strip().strip("<>").partition("|")[0]
    found = _MESSAGE.fullmatch(bare.replace("&amp;", "&"))
    return None if found is None else _address(found)


def first_in(text: str) -> Address | None:
    """The first message that a text links to; None: it links to none."""
    found = _MESSAGE.search(text.replace("&amp;", "&"))
    return None if found is None else _address(found)


def without(text: str) -> str:
    """A text without its links to messages."""
    return " ".join(_MESSAGE.sub(" ", text).replace("<>", " ").split())


def words_beside(text: str) -> str:
    """What a text says besides its links to messages; empty if that only points to them."""
    words = without(text)
    return "" if _POINTING.issuperset(re.findall(r"\w+", words.casefold())) else words


def _address(found: re.Match[str]) -> Address:
    ts = f"{found['seconds']}.{found['rest']}"
    root = _ROOT.search(found["query"] or "")
    return Address(found["site"], found["channel"], ts, root[1] if root else ts)
