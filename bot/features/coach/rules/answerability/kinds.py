"""What kind of clause it is: an ask for help or for time, a courtesy, or more than that."""

import re
from collections.abc import Collection, Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from bot.core.patterns import regex
from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.answerability import asking, courtesy, reaching
from bot.features.coach.rules.answerability.clauses import Clause
from bot.features.coach.rules.answerability.wording import any_of
from bot.features.coach.rules.vocabulary import flags_of

LONGEST: Final = 24
"""Words: a clause of more says enough."""


class Kind(Enum):
    """What a clause does."""

    COURTESY = auto()
    ASK = auto()  # asks, but not what
    TALK = auto()  # wants to talk
    CONTENT = auto()


class Told(NamedTuple):
    """The kind of a clause; `topic` are the words that say what an ask is about."""

    kind: Kind
    topic: str = ""


_THIS: Final = regex(
    f"(?:{any_of('about with regarding on in for of')} )?"
    rf"{any_of('this that it these those them him the_same the_following')}\b.*"
)
_THINGS: Final = any_of("problem issue error bug question task thing")
_INDEFINITE: Final = regex(
    f"(?:{any_of('about with regarding on in for of')} )?(?:{any_of('something some one here')}|"
    rf"{any_of('a an one the my')} (?:\w+ )?{_THINGS}|some (?:\w+ )?(?:{_THINGS}s|stuff))"
)
_TABLE: Final = (
    (Kind.COURTESY, vocabulary.COURTESY | vocabulary.MOMENT, courtesy.COURTESY),
    (Kind.ASK, vocabulary.HELP, asking.HELP),
    (Kind.ASK, vocabulary.HELP, asking.QUESTION),
    (Kind.ASK, vocabulary.MOMENT, reaching.MOMENT),
    (Kind.TALK, vocabulary.CALL, reaching.TALK),
)
"""Kinds by pattern; one is tried only on a clause that has a word with one of its flags."""


def kind_of(clause: Clause, names: Collection[str] = ()) -> Told:
    """The kind of a clause; `names` are those of people around, in lower case."""
    if not clause.line:
        return Told(Kind.COURTESY)
    if len(clause.words) > LONGEST:
        return Told(Kind.CONTENT)
    patterns = _patterns(flags_of(clause.line.split()))
    for rest in _readings(clause.line, names):
        if not rest:
            return Told(Kind.COURTESY)
        for kind, pattern in patterns:
            if found := pattern.fullmatch(rest):
                return _told(kind, found)
    return Told(Kind.CONTENT)


@lru_cache(maxsize=4_096)
def _patterns(flags: int) -> Sequence[tuple[Kind, re.Pattern[str]]]:
    return [(kind, pattern) for kind, needed, pattern in _TABLE if flags & needed]


def _readings(line: str, names: Collection[str]) -> Iterator[str]:
    """A clause without its greeting and known names; after a greeting without two more words."""
    rest, is_greeted = courtesy.without_greeting(line)
    words = rest.split()
    while words and words[0] in names:
        words.pop(0)
    yield " ".join(words)
    if is_greeted:
        yield " ".join(words[1:])
        if len(words) > 1:
            yield " ".join(words[2:])


def _told(kind: Kind, found: re.Match[str]) -> Told:
    topic = next((group.strip() for group in found.groups() if group), "")
    return Told(kind, "" if _THIS.fullmatch(topic) or _INDEFINITE.fullmatch(topic) else topic)
