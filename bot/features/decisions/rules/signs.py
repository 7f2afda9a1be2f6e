"""Signs: turns of phrase that say something for or against a decision."""

import re
from typing import Final, NamedTuple

from bot.core.patterns import regex

_STEM: Final = 4
_WORDS: Final = regex(r"[^\W\d_]+(?:'[^\W\d_]+)?|\?|[+-][1+]")


class Words(NamedTuple):
    """Words in lower case, and the first four letters of each, by which signs are sorted out."""

    said: str
    stems: frozenset[str]

    @classmethod
    def of(cls, said: str) -> "Words":
        """Reads them once, for all signs."""
        return cls(said, frozenset([word[:_STEM] for word in _WORDS.findall(said)]))


class Sign(NamedTuple):
    """A turn of phrase: what it is called, why it tells something, and its pattern.

    Where no word begins with any of `needs`, the pattern is not looked for, which makes it quick;
    none: always.
    """

    name: str
    why: str
    pattern: re.Pattern[str]
    needs: frozenset[str]

    def occurs(self, words: Words) -> bool:
        """Whether it stands anywhere in the words."""
        if self.needs and self.needs.isdisjoint(words.stems):
            return False
        return self.pattern.search(words.said) is not None


def sign(name: str, why: str, pattern: str, needs: str = "") -> Sign:
    """A sign whose pattern is for words in lower case; one of the words it needs must be there."""
    stems = frozenset(word[:_STEM] for word in needs.split())
    return Sign(name, why, regex(pattern), stems)
