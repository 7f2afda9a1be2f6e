"""Reads each message of a conversation once: what it is a sign of, and how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.talk import Line, is_robot
from bot.features.decisions.rules.accepting import (
    AGREEING,
    CARRYING_OUT,
    CONCLUDING,
    GRANTING,
    JUST_THANKS,
    OBJECTING,
    SAYING_YES,
    TAKING_BACK,
)
from bot.features.decisions.rules.courses import COURSES, EMPTY_THEN, THEN
from bot.features.decisions.rules.deciding import OUTSPOKEN
from bot.features.decisions.rules.lookalikes import (
    CHATTING,
    DEFERRING,
    HELPING,
    HYPOTHESISING,
    INSTRUCTING,
    JOKING,
    QUOTING,
    RECALLING,
    REPORTING,
    SUPPOSING,
    WAITING,
    WEIGHING_UP,
)
from bot.features.decisions.rules.proposing import PROPOSING
from bot.features.decisions.rules.signs import Sign, Signs, Words
from bot.features.decisions.rules.speech import Speech

_DECIDING: Final = Signs(*OUTSPOKEN, *COURSES)
_BOTH: Final = 0.4
"""What two signs in one sentence weigh more than one."""
_CHOICE: Final = 1.0
_DECORATED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message says; each figure is the weight of a sign, 0 where it is not there.

    `commits` is what is left of what commits, in the sentence that commits most, after what only
    looks like a decision is taken off.
    """

    number: int
    place: int
    user: str
    is_robot: bool
    is_human: bool
    length: int
    matter: frozenset[str]
    asks: bool
    wonders: bool
    commits: float
    proposes: float
    grants: float
    agrees: float
    concludes: float
    carries_out: float
    thanks: float
    objects: float
    takes_back: float
    defers: float
    waits: float
    hedges: float
    reports: float
    conditional: float
    supposes: float
    recalls: float
    seeks_help: float
    quotes: float
    jokes: float
    chats: float


def hear_all(lines: Sequence[Line]) -> list[Heard]:
    """Reads each message of a conversation."""
    people = frozenset(line.user.casefold() for line in lines)
    return [_hear(line, place, people) for place, line in enumerate(lines)]


def _hear(line: Line, place: int, people: frozenset[str]) -> Heard:
    speech = Speech.of(line.text, people)
    whole, beginning = speech.whole, speech.beginning
    return Heard(
        number=line.number,
        place=place,
        user=line.user,
        is_robot=is_robot(line.user),
        is_human=not is_robot(line.user) and bool(speech.said),
        length=speech.length,
        matter=speech.matter,
        asks=speech.asks,
        wonders=speech.wonders,
        commits=max((_committing(each) for each in speech.told), default=0.0),
        proposes=_CHOICE if speech.is_choice else PROPOSING.weight_in(whole),
        grants=_any(GRANTING, beginning),
        agrees=max(_any(AGREEING, beginning), _any(SAYING_YES, beginning)),
        concludes=_any(CONCLUDING, beginning[:1]),
        carries_out=_any(CARRYING_OUT, beginning),
        thanks=_any(JUST_THANKS, beginning),
        objects=OBJECTING.weight_in(whole),
        takes_back=TAKING_BACK.weight_in(whole),
        defers=max((_deferring(each) for each in speech.told), default=0.0),
        waits=WAITING.weight_in(whole),
        hedges=WEIGHING_UP.weight_in(whole),
        reports=REPORTING.weight_in(whole),
        conditional=HYPOTHESISING.weight_in(whole),
        supposes=SUPPOSING.weight_in(whole),
        recalls=RECALLING.weight_in(whole),
        seeks_help=HELPING.weight_in(whole),
        quotes=QUOTING.weight_in(whole),
        jokes=JOKING.weight_in(whole),
        chats=max(CHATTING.weight_in(whole), _DECORATED if speech.is_decorated else 0.0),
    )


def _any(one: Sign, said: Iterable[Words]) -> float:
    return max((one.weight_in(each) for each in said), default=0.0)


def _committing(sentence: Words) -> float:
    weight = _DECIDING.weight_in(sentence)
    if THEN.occurs(sentence) and not EMPTY_THEN.occurs(sentence):
        weight = max(weight, THEN.weight) + (_BOTH if weight else 0.0)
    if not weight:
        return 0.0
    against = (REPORTING, HYPOTHESISING, WEIGHING_UP, DEFERRING, INSTRUCTING)
    return max(0.0, weight - sum(each.weight_in(sentence) for each in against))


def _deferring(sentence: Words) -> float:
    """What would open a question again puts nothing off."""
    return 0.0 if sentence.said.startswith("if ") else DEFERRING.weight_in(sentence)
