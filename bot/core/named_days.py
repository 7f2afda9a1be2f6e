"""Which weekdays and months a text names, in any of the languages whose calendars are known."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.claims import normal
from bot.core.claims import words as words_in
from bot.core.locales import calendar_names
from bot.core.patterns import regex

LANGUAGES: Final = ("en", "de", "pt", "es", "fr", "it", "nl", "ja", "zh-Hans", "zh-Hant", "ko")
NUMBERED_MONTH: Final = regex(r"(?<!\d)(1[0-2]|[1-9])[月월]")
"""A month that is a number, as East Asia writes it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RELATIVE: Final = {
    "yesterday": _words("yesterday gestern ontem ayer ieri gisteren 昨日 昨天 어제"),
    "today": _words("today heute hoje hoy aujourd'hui oggi vandaag 今日 今天 오늘"),
    "tomorrow": _words("tomorrow amanhã demain domani 明日 明天 내일"),
}
_MAYBE: Final = {"tomorrow": _words("morgen mañana"), "yesterday": _words("hier")}
"""Days in one language, and something else in that one or another."""
_ALSO_WORDS: Final = _words("march may mai mars august")
_UNSPACED: Final = regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD: Final = regex(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names for certain, and what it may name: that, too, and more."""

    certain: frozenset[str]
    possible: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Names:
    certain: Mapping[str, str]
    possible: Mapping[str, frozenset[str]]
    unspaced: re.Pattern[str]


def are_known_in(language: str) -> bool:
    """Whether a text in a language can be read for them."""
    return language in LANGUAGES


def in_text(text: str) -> Named:
    """The weekdays, months and days like "tomorrow" in a text, whatever it calls them."""
    names, folded = _names(), normal(text)
    hyphened = _WORD.findall(folded)
    found = {*hyphened, *(part for word in hyphened for part in word.split("-"))}
    found |= set(names.unspaced.findall(folded))
    certain = {names.certain[each] for each in found & names.certain.keys()}
    certain |= {f"m{month[1]}" for month in NUMBERED_MONTH.finditer(folded)}
    maybe = (names.possible[each] for each in found & names.possible.keys())
    return Named(frozenset(certain), frozenset(certain.union(*maybe)))


@lru_cache
def words() -> frozenset[str]:
    """Every word that may name one, as `claims.words` gives it."""
    names = _names()
    return frozenset(
        word
        for name in (*names.certain, *names.possible)
        for word in words_in(name.replace("-", " "))
    )


@lru_cache
def _names() -> _Names:
    certain = {normal(name): meaning for meaning, all_ in _RELATIVE.items() for name in all_}
    possible: dict[str, set[str]] = defaultdict(set)
    for meaning, maybe in _MAYBE.items():
        for name in maybe:
            possible[normal(name)].add(meaning)
    for language in LANGUAGES:
        full, short = calendar_names(language)
        for name, meaning in full.items():
            possible[normal(name)].add(meaning)
            possible[normal(name).partition("-")[0]].add(meaning)  # segunda(-feira)
            if name not in _ALSO_WORDS and not name[0].isdigit():
                certain[normal(name)] = meaning
        for name, meaning in short.items():
            if len(name) > 1:
                possible[normal(name)].add(meaning)
    unspaced = sorted((each for each in {*certain, *possible} if _UNSPACED.match(each)), key=len)
    longest_first = regex("|".join(map(re.escape, reversed(unspaced))))
    frozen = {name: frozenset(meanings) for name, meanings in possible.items()}
    return _Names(certain, frozen, longest_first)
