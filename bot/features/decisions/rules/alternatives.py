"""The options that were put up and not taken, and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.cues import sentences
from bot.core.patterns import regex

_CHOICE: Final = regex(r"^(.+?)\s(?:or|vs\.?|versus|oder|ou)\s(.+?)\?", re.IGNORECASE)
_INSTEAD: Final = regex(
    r"\b(?:instead of|rather than|and not|statt|anstatt|plutôt que)\s+(.+?)(?=[.,;:!?)]|$)",
    re.IGNORECASE,
)
_AGAINST: Final = regex(
    r"\b(?:not|no|never|too|against|expensive|slow\w*|risk\w*|one more|another|problem\w*|down|"
    r"costs?|hard|lose|loses|break\w*|without|cannot|only|but|however|nicht|zu|trop|pas)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_FUNCTION_WORDS: Final = """
a an the we i you it is are do does should shall can could would will may might let let's lets use
take go with to for on in at of by our my your this that these those or either keep have pick choose
want prefer be as so then and than now maybe rather better just if when because not no yes try run
stay sollen wollen wir nehmen
"""
_NO_NAME: Final = frozenset(_FUNCTION_WORDS.split())
_WORD: Final = regex(r"[^\W_]+(?:[.'\u2019-][^\W_]+)*")
_LONGEST: Final = 3


@dataclass(frozen=True, slots=True)
class Rejected:
    """An option that was not taken: in which message it is named, and what speaks against it."""

    option: str
    named_in: int
    why: str = ""
    why_in: int | None = None


def rejected(before: Sequence[str], decision: str) -> list[Rejected]:
    """The options in what was said before a decision that it does not take, in order."""
    taken = _words(_INSTEAD.sub(" ", decision))
    named: dict[str, Rejected] = {}
    for place, said in enumerate(before):
        for sentence in sentences(said):
            options = options_in(sentence)
            if not any(_words(each) <= taken for each in options):
                continue
            for each in options:
                if not _words(each) <= taken:
                    named.setdefault(each.casefold(), Rejected(each, place))
    for found in _INSTEAD.finditer(decision):
        option = _beginning(found[1])
        if option and option.casefold() not in named:
            named[option.casefold()] = Rejected(option, len(before))
    return [_with_reason(each, before) for each in named.values()]


def options_in(sentence: str) -> list[str]:
    """What a question offers to choose from: Redis, Postgres of "Redis or Postgres for it?"."""
    found = _CHOICE.match(sentence)
    if found is None:
        return []
    *listed, last = found[1].split(",")
    options = [*(_end(each) for each in listed), _end(last), _beginning(found[2])]
    kept = list(dict.fromkeys(each for each in options if each))
    return kept if len(kept) > 1 else []


def _with_reason(each: Rejected, before: Sequence[str]) -> Rejected:
    wanted = _words(each.option)
    for place, said in enumerate(before):
        for sentence in sentences(said):
            is_told = wanted <= _words(sentence) and not sentence.rstrip().endswith("?")
            if is_told and _AGAINST.search(sentence):
                return Rejected(each.option, each.named_in, sentence, place)
    return each


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text)) - _NO_NAME


def _end(text: str) -> str:
    """The words at the end that may be what an option is called."""
    kept: list[str] = []
    for word in reversed(_WORD.findall(text)):
        if word.casefold() in _NO_NAME or len(kept) == _LONGEST:
            break
        kept.insert(0, word)
    return " ".join(kept)


def _beginning(text: str) -> str:
    """The words at the beginning that may be what an option is called."""
    kept: list[str] = []
    for word in _WORD.findall(text):
        if word.casefold() in _NO_NAME:
            if kept or word.casefold() not in {"a", "an", "the", "to", "with"}:
                break
            continue
        kept.append(word)
        if len(kept) == _LONGEST:
            break
    return " ".join(kept)
