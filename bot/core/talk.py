"""Who talks to whom in a conversation where several go on at once."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.patterns import regex
from bot.core.prose import prose, without_quotes_and_code

_MENTION: Final = regex(r"<@([^<>|]+)(?:\|([^<>]*))?>")
_VOCATIVE: Final = regex(
    (
        r"(?:(?:hi|hey|hello|thanks|thx|yes|no|ok|so|"
        r"and)[ ,]+)?@?([^\W\d_][\w.-]{1,24})\s?[:,](?=\s|$)"
    ),
    re.IGNORECASE,
)
_UNKNOWN: Final = regex(r"@?([A-Z][\w.-]{1,24})\s?:(?=\s|$)")
_AT: Final = regex(r"(?<!\S)@([\w.-]{2,25})")
_FIRST: Final = regex(
    r"@?([^\W\d_][\w.-]{1,24})\s+(?!(?:is|was|has|had|will|would|can|could|should|"
    r"does|did|might|may) (?!you\b)|(?:and|or|who|from|said|says|told|knows|already|"
    r"\w+(?:ing|ed|s))\b)"
)
_LAST: Final = regex(
    (
        r"(?:,|\b(?:thanks|thank you|thx|ty|merci|cheers|hi|hey|hello|thaanks|danke|"
        r"gracias))\s+@?(\w[\w.-]{1,24})\W*$"
    ),
    re.IGNORECASE,
)
_LABELS: Final = frozenset(
    [
        "note",
        "edit",
        "update",
        "re",
        "ps",
        "tldr",
        "example",
        "answer",
        "yes",
        "no",
        "ok",
        "option",
        "known",
        "workaround",
        "fyi",
        "then",
        "so",
        "reminder",
        "question",
        "also",
        "real",
        "closed",
        "error",
        "http",
        "https",
        "typeerror",
        "warning",
        "hint",
        "tip",
        "solution",
        "result",
        "summary",
        "first",
        "second",
        "version",
        "step",
        "status",
        "link",
        "source",
        "file",
    ]
)
_ROBOT: Final = regex(
    r"(?:^|[-_ .])(?:bot|app|webhook)$|^(?:slackbot|github|jenkins|pagerduty)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """One message: its number, who wrote it, Slack's text, and when, in seconds since 1970."""

    number: int
    user: str
    text: str
    at: float | None = None


def is_robot(user: str) -> bool:
    """Whether a name is a machine's."""
    return _ROBOT.search(user) is not None


def tells_of_itself(line: Line) -> bool:
    """Whether a message speaks of its author by name, as what is sent for them does."""
    words = prose(line.text).strip().casefold()
    return words.startswith(
        tuple(f"{line.user.casefold()} {verb} " for verb in ("is", "will", "has"))
    )


def spoken_to(text: str, people: Collection[str], *, names_first: bool = False) -> frozenset[str]:
    """Those whom a text speaks to: mentioned or called by name at its beginning or its end.

    A name in front that is nobody's of these counts, too, where people write names in front.
    """
    text = without_quotes_and_code(text).strip()
    found = set()
    for mention in _MENTION.finditer(text):
        found.add(next((each for each in people if _is_meant(mention, each)), mention[1]))
    names = [*_AT.findall(text)]
    if front := _VOCATIVE.match(text) or _FIRST.match(text):
        names.append(front[1])
    if last := _LAST.search(text[-60:]):
        names.append(last[1])
    found.update(each for name in names for each in people if _means(name, each))
    if (
        not found
        and names_first
        and (front := _UNKNOWN.match(text))
        and front[1].lower() not in _LABELS
    ):
        found.add(front[1])
    return frozenset(found)


def puts_names_first(lines: Sequence[Line], people: Collection[str]) -> bool:
    """Whether people in a conversation begin their messages with `Name:`."""
    return any(
        (found := _VOCATIVE.match(line.text)) is not None
        and any(_means(found[1], each) for each in people)
        for line in lines
    )


def _means(name: str, person: str) -> bool:
    return name.rstrip(".-").casefold() == person.casefold()


def _is_meant(mention: re.Match[str], person: str) -> bool:
    name = person.casefold()
    return name in {mention[1].casefold(), (mention[2] or "").casefold()} or (
        len(name) > 1 and re.fullmatch(r"u\d+" + re.escape(name), mention[1].casefold()) is not None
    )
