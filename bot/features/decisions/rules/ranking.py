"""Which of the decisions with certain words comes first; the same for both databases.

The databases only tell which decisions have the words, the newest first. What follows is decided
here: where a word stands, whether it is the whole word, and whether the decision still holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.features.decisions.rules.registry import Fields, Status, name_of
from bot.features.decisions.rules.words import may_begin, words_of

IN_TITLE: Final = 16
IN_TAGS: Final = 10
IN_TEXT: Final = 4
IN_FORCE: Final = frozenset({Status.ACCEPTED, Status.PROPOSED})

_BAR: Final = "|"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A decision that may be what somebody looks for; `title` and `text` as `indexed` made them."""

    number: int
    channel_id: str
    status: str
    title: str
    text: str


def indexed(number: int, fields: Fields) -> tuple[str, str]:
    """What a decision is found by: its name, title and, behind a bar, tags; and all its words."""
    title = words_of(f"{name_of(number)} {fields.title}")
    tags = words_of(" ".join(fields.tags))
    said = (fields.text, fields.context, fields.alternatives, fields.objections)
    text = words_of("\n".join((*title, *tags, *said)))
    return " ".join((*title, _BAR, *tags)), " ".join(text)


def has_words(candidate: Candidate, words: Iterable[str]) -> bool:
    """Whether every word stands in a decision, or begins one that does."""
    return _stand_in(candidate.text, words)


def has_in_title(candidate: Candidate, words: Iterable[str]) -> bool:
    """Whether every word stands in the title or the tags."""
    return _stand_in(candidate.title, words)


def ranked(candidates: Iterable[Candidate], words: Sequence[str]) -> list[Candidate]:
    """The best first: title over tags over text, whole words over begun ones, newer over older.

    One that does not hold any more counts half.
    """
    return sorted(candidates, key=lambda each: (-points(each, words), -each.number))


def points(candidate: Candidate, words: Iterable[str]) -> int:
    """How well a decision fits the words."""
    title, _, tags = candidate.title.partition(_BAR)
    places = ((IN_TITLE, title), (IN_TAGS, tags), (IN_TEXT, candidate.text))
    spaced = [(worth, f" {words} ") for worth, words in places]
    found = sum(max(_worth(worth, text, word) for worth, text in spaced) for word in words)
    return found * 2 if candidate.status in IN_FORCE else found


def _worth(worth: int, text: str, word: str) -> int:
    if f" {word} " in text:
        return worth
    return worth // 2 if may_begin(word) and f" {word}" in text else 0


def _stand_in(text: str, words: Iterable[str]) -> bool:
    spaced = f" {text} "
    return all((f" {word}" if may_begin(word) else f" {word} ") in spaced for word in words)
