"""Signs: turns of phrase that say something for or against a decision, and how much."""

import re
from typing import Final, NamedTuple

_STEM: Final = 4
_WORDS: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\?")


class Words(NamedTuple):
    """Words in lower case, and the first four letters of each, by which signs are sorted out."""

    said: str
    stems: frozenset[str]

    @classmethod
    def of(cls, said: str) -> "Words":
        """Reads them once, for all signs."""
        return cls(said, frozenset([word[:_STEM] for word in _WORDS.findall(said)]))


class Sign(NamedTuple):
    """A turn of phrase: what it is called, why it tells something, how much, and its pattern.

    Weights are in the unit in which `weighing` counts; 2 alone is about a decision. Where no word
    begins with any of `needs`, the pattern is not looked for, which makes it quick; none: always.
    """

    name: str
    why: str
    weight: float
    pattern: re.Pattern[str]
    needs: frozenset[str]

    def occurs(self, words: Words) -> bool:
        """Whether it stands anywhere in the words."""
        if self.needs and self.needs.isdisjoint(words.stems):
            return False
        return self.pattern.search(words.said) is not None

    def weight_in(self, words: Words) -> float:
        """Its weight, if it stands in the words; else 0."""
        return self.weight if self.occurs(words) else 0.0


class Signs:
    """Several signs, of which the heaviest counts."""

    def __init__(self, *signs: Sign) -> None:
        self._signs = sorted(signs, key=lambda each: -each.weight)
        self._always = tuple(place for place, each in enumerate(self._signs) if not each.needs)
        self._places: dict[str, tuple[int, ...]] = {}
        for place, each in enumerate(self._signs):
            for stem in each.needs:
                self._places[stem] = (*self._places.get(stem, ()), place)

    def weight_in(self, words: Words) -> float:
        """The weight of the heaviest that stands in the words; 0 if none does."""
        places = set(self._always)
        for stem in words.stems:
            places.update(self._places.get(stem, ()))
        for place in sorted(places):
            if self._signs[place].pattern.search(words.said):
                return self._signs[place].weight
        return 0.0


def sign(name: str, why: str, weight: float, pattern: str, needs: str = "") -> Sign:
    """A sign whose pattern is for words in lower case; one of the words it needs must be there."""
    stems = frozenset(word[:_STEM] for word in needs.split())
    return Sign(name, why, weight, re.compile(pattern), stems)
