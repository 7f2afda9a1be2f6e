"""What kind of clause it is: an ask that says little, a problem, something pointed at, or more."""

import re
from collections.abc import Collection, Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

from bot.features.coach.rules.answerability import asking, courtesy, pointing, trouble
from bot.features.coach.rules.answerability.clauses import Clause
from bot.features.coach.rules.languages import Language

LONGEST: Final = 24
"""Words: a clause of more says enough."""


class Kind(Enum):
    """What a clause does."""

    COURTESY = auto()
    FILLER = auto()  # waits, likes it not: says nothing of the matter
    TRIED = auto()  # "tried everything"
    ASK = auto()  # asks, but not what
    NEED = auto()  # "need help": an ask, unless it is a question
    HAVING = auto()  # has "a problem"
    STATE = auto()  # something does not work
    MATTER = auto()  # a document or a change that is not shown
    POINT = auto()  # this, it, any news
    ELSE = auto()  # "anyone else?"
    SHOULD = auto()  # somebody should
    CONTENT = auto()


class Told(NamedTuple):
    """The kind of a clause; `topic` are the words that say what an ask is about."""

    kind: Kind
    topic: str = ""


_DEICTIC: Final = re.compile(
    r"(?:(?:about|with|regarding|on|in|for|of) )?(?:this|that|it|these|those|them|him|the same|"
    r"the following)\b.*"
)
_INDEFINITE: Final = re.compile(
    r"(?:(?:about|with|regarding|on|in|for|of) )?(?:something|some|one|one thing|a thing|here|"
    r"an? (?:\w+ )?(?:problem|issue|error|bug|question|task|thing)|some (?:\w+ )?(?:problems|issues|"
    r"errors|questions|things|stuff)|my (?:problem|issue|question)|the (?:problem|issue))"
)
_ENGLISH: Final = (
    (Kind.COURTESY, courtesy.COURTESY),
    (Kind.ASK, asking.HELP),
    (Kind.ASK, asking.QUESTION),
    (Kind.ASK, asking.MOMENT),
    (Kind.ASK, asking.TALK),
    (Kind.ASK, asking.CALL_ME),
    (Kind.ASK, asking.KNOWS),
    (Kind.ASK, asking.TRIES),
    (Kind.NEED, asking.NEEDS),
    (Kind.HAVING, trouble.HAVING),
    (Kind.STATE, trouble.STATE),
    (Kind.MATTER, pointing.MATTER),
    (Kind.POINT, pointing.REFERS_BACK),
    (Kind.POINT, pointing.IDEA),
    (Kind.POINT, pointing.DO_IT),
    (Kind.POINT, pointing.HOW),
    (Kind.ELSE, trouble.ELSE),
    (Kind.TRIED, trouble.TRIED),
    (Kind.FILLER, pointing.WAITS),
    (Kind.FILLER, trouble.COMPLAINS),
    (Kind.SHOULD, trouble.SOMEBODY_SHOULD),
)
_OTHERS: Final = (
    (Kind.COURTESY, courtesy.COURTESY),
    (Kind.ASK, asking.OTHER_TONGUES),
    (Kind.POINT, pointing.OTHER_TONGUES),
)


def kind_of(clause: Clause, language: Language, names: Collection[str]) -> Told:
    """The kind of a clause; `names` are those of people around, in lower case."""
    if not clause.line:
        return Told(Kind.COURTESY)
    if language is Language.UNKNOWN or len(clause.words) > LONGEST:
        return Told(Kind.CONTENT)
    table = _ENGLISH if language is Language.ENGLISH else _OTHERS
    for rest in _readings(clause.line, names):
        if not rest:
            return Told(Kind.COURTESY)
        for kind, pattern in table:
            if found := pattern.fullmatch(rest):
                return _told(kind, found)
    return Told(Kind.CONTENT)


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
    if kind is Kind.ASK and _DEICTIC.fullmatch(topic):
        return Told(Kind.POINT)
    if _INDEFINITE.fullmatch(topic):
        topic = ""
    return Told(kind, topic)
