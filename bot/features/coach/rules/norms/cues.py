"""Cues: turns of phrase with a reason, each behind the words without which it cannot stand."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.core.patterns import regex
from bot.features.coach.rules.norms.sentences import Sentence


class Cue(NamedTuple):
    """A turn of phrase: why it tells something, words of which it has at least one, its pattern."""

    why: str
    keys: frozenset[str]
    pattern: re.Pattern[str]


def keys(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(text.split())


def cue(why: str, words: str, *patterns: str) -> Cue:
    """A cue of any of these patterns, which are for words in lower case."""
    return Cue(why, keys(words), any_of(*patterns))


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern for any of these."""
    return regex("|".join(f"(?:{each})" for each in patterns))


def all_keys(*cues: Cue) -> frozenset[str]:
    """The words of which a text has at least one if any of these cues stands in it."""
    return frozenset().union(*(each.keys for each in cues))


def hits(
    sentences: Sequence[Sentence], vocabulary: frozenset[str], *cues: Cue
) -> Iterator[tuple[Sentence, str]]:
    """The sentences in which one of the cues stands, and its words there, in order."""
    near = [
        (each.keys & vocabulary, each.pattern)
        for each in cues
        if not each.keys.isdisjoint(vocabulary)
    ]
    for sentence in sentences if near else ():
        for own, pattern in near:
            has_key = any(map(sentence.words.__contains__, own))
            if has_key and (found := pattern.search(sentence.words)):
                yield sentence, found[0]


def stands(sentences: Sequence[Sentence], *patterns: re.Pattern[str]) -> bool:
    """Whether one of the patterns stands anywhere."""
    return any(pattern.search(each.words) for each in sentences for pattern in patterns)
