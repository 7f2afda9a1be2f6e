"""The terms of the full-text index: a word together with its workspace and where it stands.

The index of each database holds terms, not words. So what a search touches is its own workspace's,
however many there are, and the list of those with a word in their title is short. The index is
kept by the database itself, from `search_title`, `search_text` and the channel (migration 0022).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.features.decisions.rules.words import may_begin


class Of(StrEnum):
    """What a term tells of; the signs are in no word, and part no word in either index."""

    TEXT = "·"
    TITLE = "•"
    CHANNEL = "†"


@dataclass(frozen=True, slots=True)
class Term:
    """A word that stands somewhere, or a channel; `is_begun`: the beginning of a word will do."""

    of: Of
    word: str
    is_begun: bool = False

    def within(self, team_id: str) -> str:
        """The term as the index has it, without what would end a quoted one."""
        return f"{team_id}{self.of}{self.word}".translate(_NO_QUOTES)


Query: TypeAlias = Sequence[Sequence[Term]]
"""Of each group one term has to be there."""

_NO_QUOTES = str.maketrans("", "", "\"'\\")


def each_of(words: Sequence[str], of: Of) -> Query:
    """Every word, or one that begins with it."""
    return [[Term(of, word, may_begin(word))] for word in words]


def one_of(words: Collection[str], of: Of) -> Query:
    """One of the words, as it is."""
    return [[Term(of, word) for word in sorted(words)]]


def begun(stems: Collection[str], of: Of) -> Sequence[Term]:
    """One of the words that begin so."""
    return [Term(of, stem, may_begin(stem)) for stem in sorted(stems)]
