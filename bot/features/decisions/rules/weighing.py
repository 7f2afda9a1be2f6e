"""Which message of a conversation decides, if any: each is weighed in what stands around it."""

from collections.abc import Iterator, Sequence
from math import exp, log
from typing import Final

from bot.core.talk import Line
from bot.features.decisions.rules.reading import Heard, hear_all
from bot.features.decisions.rules.standing import Standing
from bot.features.decisions.rules.traits import TRAITS, own_words

USUAL: Final = -7.2
"""What a message weighs of which nothing can be said: hardly any decides."""
ENOUGH: Final = 0.1
"""What a discussion weighs at least that settles something: set for precision."""
_AROUND: Final = 12
"""So many messages on either side belong to the same discussion."""


def deciding_message(lines: Sequence[Line]) -> int | None:
    """The number of the message that settles something for the group; None: nothing is settled.

    It is the message that weighs most, if the discussion around it weighs enough: several that
    might decide make it likelier that something is decided. Takes time in proportion to the length.
    """
    heard = hear_all(lines)
    weights = dict(_weights(heard))
    if not weights:
        return None
    best = max(weights, key=lambda place: weights[place])
    near = [weight for place, weight in weights.items() if abs(place - best) <= _AROUND]
    return heard[best].number if _together(near) >= ENOUGH else None


def _weights(heard: Sequence[Heard]) -> Iterator[tuple[int, float]]:
    """Each message that may decide, with the logarithm of the odds that it does.

    Whose own words weigh nothing, or who only says yes where nobody else spoke, decides nothing.
    """
    usual = sum(each.length for each in heard) / max(1, len(heard))
    for one in heard:
        own = own_words(one, usual)
        if not one.is_human or own <= 0:
            continue
        at = Standing(heard, one)
        if one.commits or at.others:
            around = sum([weight * measure(at) for _, weight, measure in TRAITS])
            yield one.place, USUAL + own + around


def _together(weights: Sequence[float]) -> float:
    """The logarithm of the odds that any of the messages decides."""
    most = max(weights)
    return most + log(sum(exp(weight - most) for weight in weights))
