"""How much a text says, by its words: most of those of an ask nobody can act on say nothing."""

from collections.abc import Collection
from typing import Final, NamedTuple

from bot.core.patterns import regex
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
_COURTESIES: Final = regex(
    rf"\b(?:(?:if|when|whenever|once) (?:you|anyone|someone|possible)(?: {_FREE})*|let me know|"
    r"(?:thanks |thank you )?in advance|no rush|no hurry|at the moment|at all|"
    r"as soon as possible|sorry (?:for|to) \w+(?: you)?)(?!\S)"
)
"""If you have a minute: no circumstance."""
_OFF: Final = regex(r"\b(?:is|are|look|looks|seem|seems|feel|feels) off\b")
_THINK: Final = regex(r"\bwhat (?:do )?you(?: all)? think\b")
_NUMBER: Final = regex(r"\d(?!\d*\s?(?:sec|min|hour|day|week|month))")
_VOCATIVE: Final = regex(r"\s*@?([A-Z][\w'-]+)\s?[,:]\s")
_PLEASE: Final = frozenset({"please", "pls", "plz", "plss"})


class Measured(NamedTuple):
    """A text in the plain spelling, and what its words without greeting and courtesies weigh.

    `length`: so many words; `things` of them are things of which there are many; `cues` are those
    that any of the words has, and what follows from them.
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
    return Measured(line, weight, len(words), things, _with_derived(cues, line, reading))


def _is_called(word: str, reading: Reading) -> bool:
    called = _VOCATIVE.match(reading.own)
    return called is not None and called[1].lower() == word


def _with_derived(cues: int, line: str, reading: Reading) -> int:
    """Cues, and those that no single word gives."""
    found = cues
    if reading.questions:
        found |= Cue.MARK
    if not _PLEASE.isdisjoint(reading.words) or line.startswith("help me "):
        found |= Cue.PLEASE
    if found & Cue.NOT and found & Cue.RUNS:
        found |= Cue.BROKEN
    if found & (Cue.BROKEN | Cue.DEFECT) or (found & Cue.NOT and found & Cue.WORKS):
        found |= Cue.FAILS
    is_own = found & Cue.MARK and found & (Cue.SELF | Cue.WHY | Cue.HOW)
    if is_own or found & (Cue.PLEASE | Cue.CAN):
        found |= Cue.WANTS
    return found
