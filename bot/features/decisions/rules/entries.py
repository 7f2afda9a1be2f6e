"""The ways to log a decision that cannot open a form: a reaction, and a word to Baton."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.core.agreement.kinds import Kind, Plain
from bot.core.agreement.setting import Layer, Setting
from bot.core.events import ChannelKind, MessagePosted
from bot.core.patterns import regex
from bot.core.week import Unreadable

FRESH: Final = timedelta(days=1)
"""What arrives later than that is not answered."""
WORTH_READING: Final = timedelta(hours=1)
"""An answer that could not be shown for so long finds nobody there."""

_LONGEST: Final = 100
_NAME: Final = regex(r"[\w+'-]+")
_NOTHING: Final = frozenset({"", "none", "off", "no"})
_IN_CHANNELS: Final = frozenset({ChannelKind.PUBLIC, ChannelKind.PRIVATE})
_LOG: Final = (
    r"[\s,:]*(?:please\s+)?"
    r"log\s+(?:(?:this|it|that)(?:\s+as)?(?:\s+an?|\s+the)?(?:\s+decision)?|"
    r"(?:the\s+|an?\s+)?decision)(?:,?\s+(?:please|thanks|thank\s+you))?\s*(?:$|[.,:;!)\u2013\u2014])"
)
_TO_BATON: Final = regex(rf"\s*<@(?P<who>[A-Z0-9]+)(?:\|[^<>]*)?>{_LOG}", re.IGNORECASE)
_REQUEST: Final = regex(rf"^\s*@[^\n]{{1,80}}?{_LOG}", re.IGNORECASE)


@dataclass(frozen=True)
class Emoji(Kind[str]):
    """The name of an emoji; empty: none."""

    def read(self, given: object) -> str:
        """Takes `memo`, `:memo:` and `none`. Raises Unreadable."""
        if given is False:
            return ""
        name = str(given).strip().lower().strip(":").partition("::")[0]
        if name in _NOTHING:
            return ""
        if len(name) > _LONGEST or _NAME.fullmatch(name) is None:
            raise Unreadable("Write the name of one emoji, like :memo:, or none.")
        return name

    def plain(self, value: str) -> Plain:
        """As people write it."""
        return f":{value}:" if value else "none"


REACTION: Final = Setting[str](
    "decisions.reaction",
    Emoji(),
    "decision",
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Reaction that logs a decision",
    "The name of an emoji; whoever reacts with it gets a button that opens the form. none: no "
    "reaction does",
)


def may_ask_to_log(event: MessagePosted) -> bool:
    """Whether a message in a channel may tell Baton to log something."""
    return event.kind in _IN_CHANNELS and asked_to_log(event.text) is not None


def without_request(said: str) -> str:
    """What somebody wrote behind "@Baton log this:", as people read it; all of it if nothing."""
    rest = _REQUEST.sub("", said, count=1).strip()
    return rest or said


def asked_to_log(text: str) -> str | None:
    """Who is told to log something at the beginning of a text, as an id; None: nobody."""
    found = _TO_BATON.match(text)
    return found["who"].upper() if found else None
