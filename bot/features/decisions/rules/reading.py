"""Reads each message of a conversation once: what it does."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from bot.core.talk import Line, is_robot
from bot.features.decisions.rules import accepting, courses, lookalikes
from bot.features.decisions.rules.acts import COMMITTING, Act
from bot.features.decisions.rules.deciding import MARKED, OUTSPOKEN
from bot.features.decisions.rules.proposing import PROPOSING, SUGGESTING
from bot.features.decisions.rules.signs import Sign, Words
from bot.features.decisions.rules.speech import Speech

ALL: Final = frozenset(Act)

_Search = Callable[[str], re.Match[str] | None]


class _Signs:
    """The signs of several acts, found by the words that they need."""

    def __init__(self, signs: Mapping[Act, tuple[Sign, ...]]) -> None:
        self._signs = signs
        pairs = [(act, each) for act, which in signs.items() for each in which]
        self._always = [(act, each.pattern.search) for act, each in pairs if not each.needs]
        self._needing: dict[str, list[tuple[Act, _Search]]] = {}
        for act, each in pairs:
            for stem in each.needs:
                self._needing.setdefault(stem, []).append((act, each.pattern.search))
        self._stems = frozenset(self._needing)

    def of(self, wanted: frozenset[Act]) -> "_Signs":
        """The signs of these acts alone."""
        return _Signs({act: which for act, which in self._signs.items() if act in wanted})

    def in_(self, words: Words) -> set[Act]:
        """The acts of which there is a sign in the words."""
        said, stems = words
        found = {act for act, search in self._always if search(said)}
        tried = set()
        for stem in stems & self._stems:
            for act, search in self._needing[stem]:
                if act not in found and search not in tried:
                    tried.add(search)
                    if search(said):
                        found.add(act)
        return found


_COURSES: Final = _Signs(
    {
        Act.MINUTES: (MARKED,),
        Act.RULES: OUTSPOKEN,
        Act.CALLS: (courses.CALLING,),
        Act.TELLS: (courses.TELLING,),
        Act.WE_WILL: (courses.WE_WILL,),
        Act.I_WILL: (courses.I_WILL,),
        Act.DOES: (courses.DOING,),
        Act.BECOMES: (courses.BECOMING,),
        Act.CONCLUDES: (courses.THEN,),
    }
)
"""Looked for in each sentence that asks nothing."""
_TOLD: Final = _Signs(
    {
        Act.STATES: (lookalikes.STATING,),
        Act.COUNTS: (lookalikes.COUNTING,),
        Act.TURNS: (lookalikes.TURNING,),
    }
)
_FIRST: Final = _Signs(
    {
        Act.GRANTS: (accepting.GRANTING,),
        Act.AGREES: (accepting.AGREEING,),
        Act.SAYS_YES: (accepting.SAYING_YES,),
        Act.CARRIES_OUT: (accepting.CARRYING_OUT,),
        Act.THANKS: (accepting.JUST_THANKS,),
    }
)
"""Looked for in the first two sentences, as far as they ask nothing."""
_ANYWHERE: Final = _Signs(
    {
        Act.NODS: (accepting.NODDING,),
        Act.CONCEDES: (accepting.CONCEDING,),
        Act.LEADS_IN: (accepting.LEADING_IN,),
        Act.OBJECTS: (accepting.OBJECTING,),
        Act.TAKES_BACK: (accepting.TAKING_BACK,),
        Act.PROPOSES: PROPOSING,
        Act.SUGGESTS: SUGGESTING,
        Act.REPORTS: (lookalikes.REPORTING,),
        Act.SUPPOSES: lookalikes.SUPPOSING,
        Act.CONDITIONAL: (lookalikes.HYPOTHESISING,),
        Act.WAITS: (lookalikes.WAITING,),
        Act.JOKES: (lookalikes.JOKING,),
        Act.CHATS: (lookalikes.CHATTING,),
        Act.SEEKS_HELP: (lookalikes.HELPING,),
    }
)
_SPOILING: Final = (lookalikes.REPORTING, lookalikes.HYPOTHESISING)


class _Reader:
    """Finds the acts that are wanted."""

    def __init__(self, wanted: frozenset[Act]) -> None:
        self._wanted = wanted
        sorts = (_ANYWHERE, _FIRST, _TOLD, _COURSES)
        self._anywhere, self._first, self._told, self._courses = [each.of(wanted) for each in sorts]

    def acts(self, speech: Speech) -> frozenset[Act]:
        """What a message does."""
        acts = self._anywhere.in_(speech.whole)
        acts.update(*map(self._first.in_, speech.beginning), *map(self._told_in, speech.told))
        if speech.is_choice:
            acts.add(Act.PROPOSES)
        if speech.is_decorated:
            acts.add(Act.CHATS)
        return self._wanted & acts

    def _told_in(self, sentence: Words) -> set[Act]:
        """What a sentence does that asks nothing: a report or a condition commits nobody."""
        acts = self._told.in_(sentence)
        commits = self._courses.in_(sentence)
        if Act.CONCLUDES in commits and courses.EMPTY_THEN.occurs(sentence):
            commits.remove(Act.CONCLUDES)
        if (commits or Act.DEFERS in self._wanted) and _defers(sentence):
            return {*acts, Act.DEFERS}
        if commits and any(each.occurs(sentence) for each in _SPOILING):
            return acts
        return acts | commits


_reader: Final = lru_cache(_Reader)


def _defers(sentence: Words) -> bool:
    return not sentence.said.startswith("if ") and lookalikes.DEFERRING.occurs(sentence)


class Heard(NamedTuple):
    """What one message does; `matter` are the words that say what it is about.

    `commits` tells whether it commits somebody to a course.
    """

    number: int
    place: int
    user: str
    is_robot: bool
    is_human: bool
    length: int
    matter: frozenset[str]
    asks: bool
    acts: frozenset[Act]
    commits: bool

    def does(self, *acts: Act) -> bool:
        """Whether it does any of these."""
        return not self.acts.isdisjoint(acts)

    def shares_matter_with(self, other: "Heard") -> bool:
        """Whether both are about the same, as far as words tell."""
        return not self.matter.isdisjoint(other.matter)


def hear_all(lines: Sequence[Line]) -> list[Heard]:
    """Reads each message of a conversation."""
    people = frozenset(line.user.casefold() for line in lines)
    return [_hear(line, place, people) for place, line in enumerate(lines)]


def acts_in(text: str, user: str, wanted: frozenset[Act] = ALL) -> frozenset[Act]:
    """What a message does by itself, of what is `wanted`; nothing else is looked for."""
    return _reader(wanted).acts(Speech.of(text, frozenset({user.casefold()})))


def _hear(line: Line, place: int, people: frozenset[str]) -> Heard:
    speech = Speech.of(line.text, people)
    acts = _reader(ALL).acts(speech)
    return Heard(
        number=line.number,
        place=place,
        user=line.user,
        is_robot=is_robot(line.user),
        is_human=not is_robot(line.user) and bool(speech.said),
        length=speech.length,
        matter=speech.matter,
        asks=speech.asks,
        acts=acts,
        commits=not acts.isdisjoint(COMMITTING),
    )
