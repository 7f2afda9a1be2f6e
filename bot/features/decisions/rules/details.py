"""What a thread says in passing: who takes it on, when to look again, whether it can be undone."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from bot.core.patterns import regex
from bot.features.decisions.rules.registry import tags_in

_TAKES_ON: Final = regex(
    r"\b(?:i'?ll|i will|on it|will do|i can (?:do|take)|i(?:'m| am) on it|i take|leave it to me|"
    r"ich (?:mache|übernehme)|je m'en occupe|yo me encargo)\b",
    re.IGNORECASE,
)
_NO_WAY_BACK: Final = regex(
    r"\b(?:irreversible|one[- ]way door|no way back|point of no return|(?:can'?t|cannot|can not|"
    r"hard to|impossible to) (?:be )?(?:undo|undone|go back|reversed?|revert))\b",
    re.IGNORECASE,
)
_WAY_BACK: Final = regex(
    r"\b(?:reversible|two[- ]way door|easy to (?:undo|revert|change|roll back)|(?:can|could) "
    r"(?:always |easily |still )*(?:change (?:it |this )?(?:back|later)|go back|undo|revert|"
    r"roll back|switch back))\b",
    re.IGNORECASE,
)
_AGAIN: Final = regex(
    r"\b(?:revisit|review|re-?evaluate|look (?:at|into) (?:it|this|that) again|check again|"
    r"come back to (?:it|this)|see again)\b[^.?!\n]{0,40}?\bin (?P<many>\d{1,2}|an?|one|two|three|"
    r"four|six|twelve) (?P<unit>day|week|month|quarter|year)s?\b",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "twelve": 12,
}  # fmt: skip
_UNITS: Final = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}
_TAG: Final = regex(r"(?<![\w<#/&])#([a-z][\w-]{1,38})\b", re.IGNORECASE)
_MINUTES: Final = """
agreed action actions info idea topic vote startvote endvote decision decided link undo todo agree
accepted rejected help meetingname startmeeting endmeeting
"""
_NO_TAGS: Final = frozenset(_MINUTES.split())


def takes_on(said: str) -> bool:
    """Whether somebody says that they do it."""
    return _TAKES_ON.search(_straight(said)) is not None


def is_reversible(said: str) -> bool | None:
    """Whether a text says that something can be undone, or cannot; None: neither."""
    said = _straight(said)
    if _NO_WAY_BACK.search(said):
        return False
    return True if _WAY_BACK.search(said) else None


def review_day(said: str, day: date) -> date | None:
    """The day meant by words like "let's revisit this in three months" that were said on `day`."""
    found = _AGAIN.search(said)
    if found is None:
        return None
    word = found["many"].lower()
    many = int(word) if word.isdecimal() else _NUMBERS[word]
    later: date = day + many * _UNITS[found["unit"].lower()]
    return later


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The words that people marked with a #, but for the commands of those who keep minutes."""
    words = (word.lower() for text in texts for word in _TAG.findall(text))
    return tags_in(" ".join(word for word in words if word not in _NO_TAGS))


def _straight(said: str) -> str:
    return said.replace("\u2019", "'")
