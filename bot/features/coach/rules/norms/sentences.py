"""A message's sentences, as the patterns of the norms look at them."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from bot.core.patterns import regex
from bot.features.coach.rules.reading import PHRASE, phrase_of

LONGEST: Final = 2_000
"""Characters that are looked at: of a longer text the first and the last half of that."""

_ENDS: Final = regex(r"(?<=[.!?\u2026])\s+|\n+")
_BLANKS: Final = regex(r"\s+")
_GAPS: Final = regex(
    r"(?<=\w)[^\S\n]{2,}(?=\w)|(?<=\w)[^\S\n]+(?=[.,:;!?)'])|(?<=\()[^\S\n]*(?=\))"
)
"""Where a mention, a link or code stood."""
_BEFORE_SIGNS: Final = regex(r" (?=[.,:;!?)])")
_HEAD: Final = 16
_QUOTED: Final = regex(
    r"[\"\u201c\u201e\u00ab][^\"\u201d\u201c\u00bb]{1,400}[\"\u201d\u201c\u00bb]"
)
_QUOTES: Final = '"\u201c\u201e\u00ab'
_APOSTROPHES: Final = "\u2018\u2019\u00b4"
_WIDE: Final = ("  ", "\t", " .", " ,", " :", " ;", " !", " ?", " )", "\u00a0")
"""What stands in a sentence only where something was left out, or was typed wide."""


class Sentence(NamedTuple):
    """A sentence: as the text has it, and in lower case without what somebody else said in it."""

    piece: str
    words: str

    @property
    def written(self) -> str:
        """As it was written, with an ellipsis where a mention, a link or code was left out."""
        return _BLANKS.sub(" ", _GAPS.sub(_ellipsis, self.piece))

    def phrase(self, shown: str = "") -> str:
        """What a hint quotes: the sentence; of one that is too long, from the words `shown` on."""
        written = self.written
        start = written.lower().find(shown[:_HEAD]) if len(written) > PHRASE else 0
        return phrase_of(written[start:] if start > PHRASE // 2 else written)


def first_phrase(sentences: Iterable[Sentence], *patterns: re.Pattern[str]) -> str:
    """What to quote of the first sentence in which one of the patterns stands; or nothing."""
    for sentence in sentences:
        for pattern in patterns:
            if found := pattern.search(sentence.words):
                return sentence.phrase(found[0])
    return ""


def first_of(own: str) -> str:
    """What to quote of a text whose beginning tells: its first sentence, without an arrow."""
    said = sentences_of(own.lstrip(" ^\n"))
    return said[0].phrase() if said else ""


@lru_cache(maxsize=16)  # several rules look at one message
def sentences_of(own: str) -> tuple[Sentence, ...]:
    """The sentences in an author's own words, in order."""
    half = LONGEST // 2
    text = own if len(own) <= LONGEST else f"{own[:half]}\n{own[-half:]}"
    pieces = (piece.strip() for piece in _ENDS.split(text))
    return tuple(Sentence(piece, _plain(piece)) for piece in pieces if piece)


def _ellipsis(gap: re.Match[str]) -> str:
    after = gap.string[gap.end() :][:1]
    if gap.string[gap.start() - 1] == "(":
        return "\u2026"
    if after in {".", "!"}:
        return ""
    return " \u2026 " if after.isalnum() else " \u2026"


def _plain(piece: str) -> str:
    words = piece.lower()
    for curly in _APOSTROPHES:
        words = words.replace(curly, "'")
    if any(map(words.__contains__, _QUOTES)):
        words = _QUOTED.sub(" ", words)
    if any(map(words.__contains__, _WIDE)):
        words = _BEFORE_SIGNS.sub("", _BLANKS.sub(" ", words))
    return words.strip()
