"""The deadline in what somebody wrote, as in "can you look by Thursday at 2 PM?".

What is vague is meant in the author's own working time: a day ends with its last window.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.deadlines.phrases import Phrase, plain, whole
from bot.core.deadlines.reading import LONGEST, instants
from bot.core.deadlines.sentences import deadlines_in
from bot.core.patterns import regex
from bot.core.prose import BLANK, own_words
from bot.core.week import Unreadable
from bot.core.working_time import WorkingTime

_PAIRS: Final = ("()", "[]", "**", "__", '""', "\u201c\u201d")
_UNKNOWN: Final = (
    "I do not know when that is; write it like Thursday 2 pm, tomorrow or 2026-12-24 10:00."
)
_OVER: Final = "That is over already; write a time that is still to come."
_FAR: Final = "That is more than a year from now; write an earlier day, please."
_COURTESY: Final = regex(r"[\W_]*(?:(?:please|pls|thanks|thx|thank you)[\W_]*)*$", re.IGNORECASE)
_HANGING: Final = " \t,;:-\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is wanted: an instant in UTC, and the phrase as it was written."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A phrase that can be read in several ways: two or more instants in UTC, in order."""

    words: str
    choices: tuple[datetime, ...]


def find(
    text: str, *, written: datetime, author: WorkingTime, reader: WorkingTime | None = None
) -> Deadline | Ambiguous | None:
    """The deadline that an author's own words set, quotes and code left out.

    Of several the first in a sentence that asks for something counts. "Your time" is the reader's;
    without a reader nobody knows when that is. What is over, or more than 400 days off, is none.
    """
    told = []
    for found in deadlines_in(plain(own_words(text))):
        words = _as_written(text, found.phrase)
        said = instants(found.phrase.when, written=written, author=author, reader=reader)
        deadline = _of(words, _to_come(said, written))
        if deadline is not None and found.is_asked:
            return deadline
        if deadline is not None:
            told.append(deadline)
    if not told:
        return None
    return _of(told[0].words, tuple(sorted({at for each in told for at in _choices(each)})))


def why_not(
    text: str, *, written: datetime, author: WorkingTime, reader: WorkingTime | None = None
) -> str:
    """Why `find` finds none in a text that begins or ends with one; empty if it does not.

    A sentence, as `read` would raise it.
    """
    for found in deadlines_in(plain(own_words(text))):
        phrase = found.phrase
        rest = _COURTESY.sub("", text[phrase.end :])
        if not phrase.introduction.endswith("by") or (rest and text[: phrase.start].strip()):
            continue
        said = instants(phrase.when, written=written, author=author, reader=reader)
        if not _to_come(said, written):
            return _refusal(said, written)
    return ""


def without(text: str, words: str) -> str:
    """The text without the phrase that was found in it, and without what then hangs loose."""
    start = _place(text, words)
    if start < 0 or not words:
        return text
    left, right = text[:start].rstrip(), text[start + len(words) :].lstrip()
    spaces = text[len(left) : start] + text[start + len(words) : len(text) - len(right)]
    between = "\n" if "\n" in spaces else " "
    while left and right and left[-1] + right[0] in _PAIRS:
        left, right = left[:-1].rstrip(), right[1:].lstrip()
    if not right or not right[0].isalnum():
        left = left.rstrip(_HANGING)
    if not left:
        return right.lstrip(_HANGING)
    return left + ("" if not right or right[0] in ".,;:!?)" else between) + right


def read(
    text: str, *, written: datetime, author: WorkingTime, reader: WorkingTime | None = None
) -> Deadline | Ambiguous:
    """Reads a field that is a deadline and nothing else: `Thursday 2 pm`. Raises Unreadable."""
    when = whole(plain(text))
    said = instants(when, written=written, author=author, reader=reader) if when else ()
    deadline = _of(text.strip(), _to_come(said, written))
    if deadline is None:
        raise Unreadable(_refusal(said, written))
    return deadline


def _refusal(said: tuple[datetime, ...], written: datetime) -> str:
    if not said:
        return _UNKNOWN
    return _OVER if max(said) <= written else _FAR


def _as_written(text: str, phrase: Phrase) -> str:
    """The phrase's words, and the end of the emphasis that begins in them."""
    words = text[phrase.start : phrase.end]
    following = text[phrase.end : phrase.end + 1]
    return words + following if following in set("*_") and words.count(following) % 2 else words


def _to_come(said: tuple[datetime, ...], written: datetime) -> tuple[datetime, ...]:
    return tuple(at for at in said if written < at <= written + timedelta(days=LONGEST))


def _of(words: str, choices: tuple[datetime, ...]) -> Deadline | Ambiguous | None:
    if not choices:
        return None
    return Deadline(choices[0], words) if len(choices) == 1 else Ambiguous(words, choices)


def _choices(found: Deadline | Ambiguous) -> tuple[datetime, ...]:
    return (found.at,) if isinstance(found, Deadline) else found.choices


def _place(text: str, words: str) -> int:
    """Where the words stand, in the author's own words if they do."""
    own = own_words(text)
    places = [found.start() for found in re.finditer(re.escape(words), text)]
    own_places = [place for place in places if BLANK not in own[place : place + len(words)]]
    return next(iter(own_places + places), -1)
