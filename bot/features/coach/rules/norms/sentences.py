"""A message's sentences, as the patterns of the norms look at them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.features.coach.rules.reading import PHRASE, phrase_of

LONGEST: Final = 2_000
"""Characters that are looked at: of a longer text the first and the last half of that."""

_ENDS: Final = re.compile(r"(?<=[.!?\u2026])\s+|\n+")
_BLANKS: Final = re.compile(r"\s+")
_GAPS: Final = re.compile(
    r"(?<=\w)[^\S\n]{2,}(?=\w)|(?<=\w)[^\S\n]+(?=[.,:;!?)'])|(?<=\()[^\S\n]*(?=\))"
)
"""Where a mention, a link or code stood."""
_BEFORE_SIGNS: Final = re.compile(r" (?=[.,:;!?)])")
_HEAD: Final = 16
_QUOTED: Final = re.compile(
    r"[\"\u201c\u201e\u00ab][^\"\u201d\u201c\u00bb]{1,400}[\"\u201d\u201c\u00bb]"
)
_STRAIGHT: Final = str.maketrans("\u2018\u2019\u00b4", "'''")


class Sentence(NamedTuple):
    """A sentence: as it was written, and in lower case without what somebody else said in it.

    As written it has an ellipsis where a mention, a link or code was left out.
    """

    written: str
    words: str

    def phrase(self, shown: str = "") -> str:
        """What a hint quotes: the sentence; of one that is too long, from the words `shown` on."""
        start = self.written.lower().find(shown[:_HEAD]) if len(self.written) > PHRASE else 0
        return phrase_of(self.written[start:] if start > PHRASE // 2 else self.written)


def first(sentences: Sequence[Sentence], *patterns: re.Pattern[str]) -> Sentence | None:
    """The first sentence in which one of the patterns stands."""
    return next((each for each, _ in hits(sentences, *patterns)), None)


def first_phrase(sentences: Sequence[Sentence], *patterns: re.Pattern[str]) -> str:
    """What to quote of the first sentence in which one of the patterns stands; or nothing."""
    return next((each.phrase(found[0]) for each, found in hits(sentences, *patterns)), "")


def hits(
    sentences: Sequence[Sentence], *patterns: re.Pattern[str]
) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Each place where one of the patterns stands, and its sentence."""
    for sentence in sentences:
        for pattern in patterns:
            if found := pattern.search(sentence.words):
                yield sentence, found


@lru_cache(maxsize=16)  # several rules look at one message
def sentences_of(own: str) -> tuple[Sentence, ...]:
    """The sentences in an author's own words, in order."""
    half = LONGEST // 2
    text = own if len(own) <= LONGEST else f"{own[:half]}\n{own[-half:]}"
    pieces = (piece.strip() for piece in _ENDS.split(text))
    return tuple(Sentence(_written(piece), _plain(piece)) for piece in pieces if piece)


def _written(piece: str) -> str:
    return _BLANKS.sub(" ", _GAPS.sub(_ellipsis, piece))


def _ellipsis(gap: re.Match[str]) -> str:
    after = gap.string[gap.end() :][:1]
    if gap.string[gap.start() - 1] == "(":
        return "\u2026"
    if after in {".", "!"}:
        return ""
    return " \u2026 " if after.isalnum() else " \u2026"


def _plain(piece: str) -> str:
    words = _QUOTED.sub(" ", piece.lower().translate(_STRAIGHT))
    return _BEFORE_SIGNS.sub("", _BLANKS.sub(" ", words)).strip()
