"""What kind of clause it is: an ask that says little, a problem, something pointed at, or more."""

import re
from collections.abc import Collection, Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.answerability import asking, courtesy, pointing, trouble
from bot.features.coach.rules.answerability.clauses import Clause
from bot.features.coach.rules.vocabulary import flags_of

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
_TABLE: Final = (
    (Kind.COURTESY, vocabulary.COURTESY | vocabulary.MOMENT, courtesy.COURTESY),
    (Kind.ASK, vocabulary.HELP, asking.HELP),
    (Kind.ASK, vocabulary.HELP, asking.QUESTION),
    (Kind.ASK, vocabulary.MOMENT, asking.MOMENT),
    (Kind.ASK, vocabulary.CALL, asking.TALK),
    (Kind.ASK, vocabulary.CALL, asking.CALL_ME),
    (Kind.ASK, vocabulary.SOMEBODY, asking.KNOWS),
    (Kind.ASK, vocabulary.HELP, asking.TRIES),
    (Kind.NEED, vocabulary.HELP, asking.NEEDS),
    (Kind.HAVING, vocabulary.TROUBLE, trouble.HAVING),
    (Kind.STATE, vocabulary.TROUBLE, trouble.STATE),
    (Kind.MATTER, vocabulary.MATTER, pointing.MATTER),
    (Kind.POINT, vocabulary.REQUEST, pointing.REFERS_BACK),
    (Kind.POINT, vocabulary.OPINION, pointing.IDEA),
    (Kind.POINT, vocabulary.REQUEST, pointing.DO_IT),
    (Kind.POINT, vocabulary.ASKING, pointing.HOW),
    (Kind.ELSE, vocabulary.SOMEBODY | vocabulary.POINTING, trouble.ELSE),
    (Kind.TRIED, vocabulary.TROUBLE, trouble.TRIED),
    (Kind.FILLER, vocabulary.WAITING, pointing.WAITS),
    (Kind.FILLER, vocabulary.TROUBLE, trouble.COMPLAINS),
    (Kind.SHOULD, vocabulary.SOMEBODY, trouble.SOMEBODY_SHOULD),
    (Kind.ASK, vocabulary.FOREIGN, asking.OTHER_TONGUES),
    (Kind.POINT, vocabulary.FOREIGN, pointing.OTHER_TONGUES),
)
"""Kinds by pattern; one is tried only on a clause that has a word with one of its flags."""


def kind_of(clause: Clause, names: Collection[str] = ()) -> Told:
    """The kind of a clause; `names` are those of people around, in lower case."""
    if not clause.line:
        return Told(Kind.COURTESY)
    if len(clause.words) > LONGEST:
        return Told(Kind.CONTENT)
    flags = flags_of((*clause.line.split(), *clause.words))
    patterns = [(kind, pattern) for kind, needed, pattern in _TABLE if flags & needed]
    for rest in _readings(clause.line, names):
        if not rest:
            return Told(Kind.COURTESY)
        for kind, pattern in patterns:
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
