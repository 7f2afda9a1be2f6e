"""Takes out of a line what opens a door or reaches somebody: tokens, keys, passwords, addresses.

Shapes are a net below other rules: a secret from the settings is known by its value, and what
people wrote is not given to a log at all.
"""

import re
from collections.abc import Iterable
from typing import Final

from bot.core.patterns import regex

HIDDEN: Final = "…"
SHORTEST_SECRET: Final = 6
"""What is shorter stands in many lines by chance."""

_NAMES: Final = (
    r"(?i)\b([\w-]*(?:authorization|secret|password|passwd|token|api[_-]?key|routing_key)"
    r"\"?\s*[:=]\s*\"?)"
)
_SHAPES: Final = tuple(
    (regex(pattern), shown)
    for pattern, shown in (
        (r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", "\ufffd"),  # nobody writes over a line
        (r"(://)[^/\s@]*:[^/\s@]*@", r"\1…@"),
        (r"(hooks\.slack\.com/)[^\s\"'<>]+", r"\1…"),
        (r"(/l/)[0-9a-f]{8,}", r"\1…"),  # see `links`
        (r"(?i)\bx(?:ox[a-z]|app)(?:[-.][a-z0-9-]+)+", HIDDEN),
        (r"(?i)\bsk-[a-z0-9_-]{6,}", HIDDEN),
        (r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}", r"\1 …"),
        (_NAMES + r"(?!…|bearer|basic)[^\s\"',;&})\]]+", r"\1…"),
        (r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=", HIDDEN),  # a key of 32 bytes, as `baton keys new`
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", HIDDEN),
        (r"(?<![\w+])\+\d(?:[\s()./-]{0,2}\d){6,14}(?!\w)", HIDDEN),
        (r"(?<![\w.:-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w.:-])", HIDDEN),
    )
)


class Redactor:
    """Knows the shapes, and these secrets by their value."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted({each for each in secrets if len(each) >= SHORTEST_SECRET}, key=len)
        longest_first = "|".join(map(re.escape, reversed(known)))
        self._known = regex(longest_first) if known else None

    def __call__(self, text: str) -> str:
        """The text without them."""
        if self._known:
            text = self._known.sub(HIDDEN, text)
        for shape, shown in _SHAPES:
            text = shape.sub(shown, text)
        return text
