"""What the words of a message ask for, by rules: no model, English and a little of its neighbours."""

import re
from typing import Final

from bot.core.prose import prose

_QUESTION: Final = re.compile(r"\?(?=[\s\"')\].!?]|$)")
_REQUEST: Final = re.compile(
    r"\b(?:(?:can|could|would|will) you|please|i need you to|let me know|have a look at)\b",
    re.IGNORECASE,
)
_URGENT: Final = re.compile(
    r"\b(?:urgent(?:ly)?|asap|right now|immediately|is down|are down|emergency)\b", re.IGNORECASE
)
_NOT_URGENT: Final = re.compile(
    r"\b(?:no(?:t| need to)?|isn't|nothing) (?:\w+ )?(?:urgent|rush|hurry)\b", re.IGNORECASE
)
_CHASER: Final = re.compile(
    r"any (?:updates?|news|progress|luck)|ping|bump|following up|follow up|(?:gentle |friendly )?reminder"
    r"|did you (?:see|get|have a chance)|have you (?:had a chance|seen)|still waiting|hello\?|\?{2,}",
    re.IGNORECASE,
)
_LONGEST_CHASER: Final = 80


def expects_reply(text: str) -> bool:
    """Whether somebody's own words, quotes and code left out, ask for something."""
    words = prose(text)
    return bool(_QUESTION.search(words) or _REQUEST.search(words))


def sounds_urgent(text: str) -> bool:
    """Whether a message presses: something is broken or blocked now, or due the same day."""
    words = prose(text)
    return bool(_URGENT.search(words)) and not _NOT_URGENT.search(words)


def is_chaser(text: str) -> bool:
    """Whether a message only asks where an answer stays: `any update?`, or a bare second ping."""
    words = " ".join(prose(text).split())
    if not words.strip("?!. "):
        return True
    return len(words) <= _LONGEST_CHASER and bool(_CHASER.search(words))
