"""How much a text says, by its words: most of those of an ask nobody can act on say nothing."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from bot.features.coach.rules.answerability.clauses import plainly
from bot.features.coach.rules.answerability.common_words import KNOWN, SPECIFIC, THING, Cue
from bot.features.coach.rules.answerability.courtesy import without_greeting
from bot.features.coach.rules.answerability.wording import any_of
from bot.features.coach.rules.reading import Reading

_FREE: Final = any_of(
    """
all guys have has get gets got can could are is know knows want would do don't mind find a an the
some time minute sec moment chance free around back here there online available spare bit of not so
it like help something anything any idea able to today please
"""
)
_COURTESIES: Final = re.compile(
    rf"\b(?:(?:if|when|whenever|once) (?:you|anyone|someone|possible)(?: {_FREE})*|let me know|"
    r"(?:thanks |thank you )?in advance|no rush|no hurry|at the moment|at all|"
    r"as soon as possible|sorry (?:for|to) \w+(?: you)?)(?!\S)"
)
"""If you have a minute: no circumstance."""
_OFF: Final = re.compile(r"\b(?:is|are|look|looks|seem|seems|feel|feels) off\b")
_THINK: Final = re.compile(r"\bwhat (?:do )?you(?: all)? think\b")
_NUMBER: Final = re.compile(r"\d(?!\d*\s?(?:sec|min|hour|day|week|month))")
_VOCATIVE: Final = re.compile(r"\s*@?([A-Z][\w'-]+)\s?[,:]\s")
_PLEASE: Final = frozenset({"please", "pls", "plz", "plss"})


class Measured(NamedTuple):
    """A text in the plain spelling, and what its words without greeting and courtesies weigh.

    `length`: so many words; `things` of them are things of which there are many; `cues` are those of any of the words.
    """

    line: str
    weight: int
    length: int
    things: int
    cues: int


def measure(reading: Reading, names: Collection[str]) -> Measured:
    """Weighs the words of a text; `names` are those of people around, in lower case."""
    line = _THINK.sub("thoughts", _OFF.sub("is wrong", plainly(reading.words)))
    rest, is_greeted = without_greeting(line)
    words = _COURTESIES.sub("", rest).split()
    if words and words[0] not in KNOWN and (is_greeted or _is_called(words[0], reading)):
        words.pop(0)
    weight = things = cues = 0
    for word in words:
        if word not in names:
            weighs, gives = KNOWN.get(word, (SPECIFIC, 0))
            weight += weighs
            things += weighs == THING
            cues |= gives
    if _NUMBER.search(reading.own):
        weight += SPECIFIC
    return Measured(line, weight, len(words), things, cues | _derived(cues, reading))


def _is_called(word: str, reading: Reading) -> bool:
    called = _VOCATIVE.match(reading.own)
    return called is not None and called[1].lower() == word


def _derived(cues: int, reading: Reading) -> int:
    found = Cue.NONE
    if "?" in reading.vocabulary:
        found |= Cue.MARK
    if not _PLEASE.isdisjoint(reading.vocabulary):
        found |= Cue.PLEASE
    if cues & Cue.NOT and cues & Cue.RUNS:
        found |= Cue.FAILS | Cue.BROKEN
    if cues & Cue.CAN or found & Cue.PLEASE or (found & Cue.MARK and cues & (Cue.SELF | Cue.WHY | Cue.HOW)):
        found |= Cue.WANTS
    if cues & Cue.DEFECT or (cues & Cue.NOT and cues & Cue.WORKS):
        found |= Cue.FAILS
    return int(found)
