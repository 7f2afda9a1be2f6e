"""Which message of a conversation decides, if any: each is weighed in what stands around it."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.core.talk import Line
from bot.features.decisions.rules.reading import Heard, hear_all
from bot.features.decisions.rules.ways import DECLARES, WAYS

ENOUGH: Final = 1.75
"""What a message weighs at least that decides: set for precision, on labelled conversations."""

_BEFORE: Final = 12
"""So many messages before are the discussion."""
_AFTER: Final = 4
_LATELY: Final = 8
_JUST_NOW: Final = 5
_OPENING: Final = 4
"""So many messages from the beginning of a conversation say what it is about."""


def deciding_message(lines: Sequence[Line]) -> int | None:
    """The number of the message that settles something for the group; None: nothing is settled.

    Of several that weigh the same it is the last. Takes time in proportion to the length.
    """
    heard = hear_all(lines)
    weights = weigh(heard)
    best = max(range(len(weights)), key=lambda place: (round(weights[place], 1), place), default=0)
    return heard[best].number if weights and weights[best] >= ENOUGH else None


def weigh(heard: Sequence[Heard]) -> list[float]:
    """How much speaks for each message being the one that decides."""
    last_deferral = max((each.place for each in heard if each.defers), default=-1)
    is_chat = sum(each.chats > 0 for each in heard) > 1
    return [
        _weight(heard, each, is_put_off=each.place < last_deferral, is_chat=is_chat)
        for each in heard
    ]


def _weight(heard: Sequence[Heard], one: Heard, *, is_put_off: bool, is_chat: bool) -> float:
    if not one.is_human:
        return 0.0
    ways = [way(heard, one.place) for way in WAYS]
    own = max(one.commits, max(ways) - one.hedges)
    if own <= 0:
        return 0.0
    own += 0.3 * (sum(way > 0 for way in (one.commits, *ways)) - 1)
    after = heard[one.place + 1 : one.place + 1 + _AFTER]
    return (
        own
        + _discussed(heard, one)
        + _followed(one, after)
        - _undone(one, after, is_put_off=is_put_off)
        - _framed(heard, one)
        - _playful(heard, one, is_chat=is_chat)
    )


def _discussed(heard: Sequence[Heard], one: Heard) -> float:
    """What speaks for it before: a question or a proposal, several people, the same matter."""
    near = [each for each in heard[max(0, one.place - _BEFORE) : one.place] if each.is_human]
    found = 0.3 if any(each.wonders or each.proposes for each in near) else -0.4
    if not near:
        found -= 0.8
    elif len(near) > 1:
        found += 0.2
    if sum(not one.matter.isdisjoint(each.matter) for each in near) > 1:
        found += 0.2
    others = [each for each in near if each.user != one.user]
    if not others:
        found -= 0.7
    elif near[-1] is others[-1] and near[-1].asks and not near[-1].proposes:
        found -= 0.5  # that is an answer
    return found + _confirms(one, [each for each in others if each in near[-3:]])


def _confirms(one: Heard, others: Sequence[Heard]) -> float:
    """What speaks for one who settles what others accepted, and against who only does it then."""
    right_before = [each for each in others if each.place >= one.place - 2]
    if one.carries_out and any(each.commits >= DECLARES or each.grants for each in right_before):
        return -0.5
    is_accepted = any(each.agrees or each.grants for each in others)
    is_plain = one.commits > 0 and (one.concludes > 0 or one.commits >= DECLARES)
    return 0.5 if is_accepted and is_plain else 0.0


def _followed(one: Heard, after: Sequence[Heard]) -> float:
    """What speaks for it afterwards: others agree or say thanks, somebody does it."""
    others = [each for each in after if each.user != one.user and each.is_human][:2]
    found = 0.0
    if any((each.agrees or each.grants) and not each.asks for each in others):
        found += 0.5
    elif any(each.thanks for each in others):
        found += 0.3
    if any(each.carries_out or each.is_robot for each in after[:3]):
        found += 0.6
    return found


def _undone(one: Heard, after: Sequence[Heard], *, is_put_off: bool) -> float:
    """What speaks against it afterwards: an objection, a change of mind, a deferral."""
    found = 1.5 if one.takes_back else 0.0
    if after and after[0].user != one.user and after[0].objects:
        found += 0.8
    if any(each.takes_back for each in after):
        found += 3.0
    if any(each.defers for each in after):
        found += 1.5
    elif is_put_off:
        found += 0.7
    return found + (0.4 if any(each.waits for each in after) else 0.0)


def _framed(heard: Sequence[Heard], one: Heard) -> float:
    """What speaks against it before: the talk is of what might be, or was, or of one's problem."""
    lately = heard[max(0, one.place - _LATELY) : one.place + 1]
    about = [each for each in lately if each.place < _OPENING or each.asks]
    found = _most(each.supposes for each in about)
    discussion = heard[max(0, one.place - _BEFORE) : one.place]
    seeking = [each for each in discussion if each.seeks_help]
    found += _most(each.seeks_help for each in seeking)
    found += 0.5 if any(each.user == one.user for each in seeking) else 0.0
    found += _most(each.recalls for each in heard[max(0, one.place - _JUST_NOW) : one.place])
    found += 0.5 if one.reports else 0.0
    around = heard[max(0, one.place - 2) : one.place + 3]
    return found + (0.5 if sum(each.conditional > 0 for each in around) > 1 else 0.0)


def _playful(heard: Sequence[Heard], one: Heard, *, is_chat: bool) -> float:
    """What speaks against it around: jokes, small talk, words of somebody else."""
    around = heard[max(0, one.place - 2) : one.place + 3]
    found = _most(each.quotes for each in around if each.place <= one.place)
    found += _most(each.jokes for each in around if each.place >= one.place - 1)
    return found + _most(each.chats for each in around) + (0.6 if is_chat else 0.0)


def _most(figures: Iterable[float]) -> float:
    return max(figures, default=0.0)
