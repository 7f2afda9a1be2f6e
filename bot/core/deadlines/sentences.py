"""The sentence around a phrase: whether it asks for something, and whether it sets a deadline."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.core.deadlines.phrases import CLOSING, Phrase, When, phrases_in
from bot.core.patterns import regex

MOST: Final = 8
"""A text with more deadlines than this is a list of dates; the rest is not looked at."""
_NEAR: Final = 80  # characters in which a word before the phrase can still govern it
_ENDS: Final = regex(r"[.!?\u2026](?=\s|$)|\n")
_ASKS: Final = regex(r"\?|\b(?:please|pls|plz|(?:can|could|would) you|needs?)\b")
_OTHER: Final = r"(?!(?:needs?|please|can|could|would|should|must|will)\b)[\w']+"
_REPORTED: Final = regex(
    r"\b(?:(?:was|were)(?! (?:hoping|wondering|thinking)\b)|wasn't|weren't|had|hadn't"
    r"|finished|shipped|completed|delivered|merged|fixed|did(?! you (?:need|want)\b)|didn't)"
    rf"(?: {_OTHER}){{0,4}} ?$"
)
_DENIED: Final = regex(rf"\b(?:not|never|cannot|nobody|\w+n't)(?: {_OTHER}){{0,5}} ?$")
_LASTS: Final = regex(
    r"\b(?:away|out|off|ooo|leave|holiday|vacation|pto|busy|free|unavailable|open|closed|valid|sick"
    r"|blocked|travel+ing|meetings?|offline|online|here|around|asleep|working)"
    r"(?: [\w']+){0,3} ?$"
)
_VISITS: Final = regex(r"\b(?:st[ao]nd|stood|drop|stop|swing|come|pass)(?:ping|ing|s)? ?$")
_MEASURES: Final = regex(
    r"(?:[0-9]|\b(?:up|down|off)) ?$"
    r"|\b(?:increas|decreas|reduc|rais|lower|bump|grow|grew|multipl|divid|scal|shrink|cut|exceed"
    r"|improv|drop|off|differ)(?:e|es|ed|ing|s|ped|y|ied)?(?: [\w'/-]+){0,4} ?$"
)
_BARE: Final = regex(r"[0-9/]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase that sets a deadline, and whether its sentence asks for something."""

    phrase: Phrase
    is_asked: bool


def deadlines_in(words: str) -> Iterator[Found]:
    """The phrases in plain words that set a deadline, in order."""
    ends = [found.end() for found in _ENDS.finditer(words)]
    for number, phrase in enumerate(phrases_in(words)):
        if number == MOST:
            return
        before = bisect_right(ends, phrase.start)
        after = bisect_left(ends, phrase.end)
        start = ends[before - 1] if before else 0
        stop = ends[after] if after < len(ends) else len(words)
        is_asked = _ASKS.search(words, start, stop) is not None
        if _sets_deadline(phrase, words[max(start, phrase.start - _NEAR) : phrase.start], is_asked):
            yield Found(phrase, is_asked)


def _sets_deadline(phrase: Phrase, before: str, is_asked: bool) -> bool:  # noqa: FBT001
    introduction = phrase.introduction.rstrip(": ")
    if introduction in {"in", "within", CLOSING} and not is_asked:
        return False
    others = [_REPORTED]
    if introduction in {"before", "until", "till"}:
        others.append(_DENIED)
    if introduction in {"until", "till"}:
        others.append(_LASTS)
    if introduction == "by":
        others.append(_VISITS)
    if _is_bare(phrase.when):
        others.append(_MEASURES)
    return not any(other.search(before) for other in others)


def _is_bare(when: When) -> bool:
    """Whether nothing but a number was said, which may as well be an amount."""
    return when in {When(clock=when.clock), When(date=when.date)} and bool(
        _BARE.fullmatch(when.clock or when.date)
    )
