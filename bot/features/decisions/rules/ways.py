"""The ways in which a message settles something other than by saying so outright.

Each looks at what was said around it, and tells how much speaks for that way, 0 for not at all.
"""

from collections.abc import Sequence
from typing import Final

from bot.features.decisions.rules.reading import Heard

DECLARES: Final = 1.2
"""Whoever commits that much has said it: an answer only confirms it."""

_NEAR: Final = 4
"""So many messages before are looked at for what is accepted or chosen."""
_A_WHILE: Final = 6
_PUT_UP: Final = 0.6
"""What proposes more than that puts a course to the others; less only names one."""
_BRIEF: Final = 6
"""Words: whoever accepts needs no more, and a vote has no more."""
_A_FEW: Final = 8
_A_SENTENCE: Final = 20
_A_VOTE: Final = 0.9


def accepting(heard: Sequence[Heard], place: int) -> float:
    """Accepts what somebody else put up right before."""
    one = heard[place]
    accepts = max(one.grants, one.agrees)
    if not accepts or one.asks or one.defers or one.waits or one.reports or one.conditional:
        return 0.0
    if one.length > _BRIEF and not one.commits and not one.grants:
        accepts -= 0.3
    others = [each for each in heard[max(0, place - _NEAR) : place] if each.is_human]
    for distance, other in enumerate(reversed(others)):
        if other.defers:
            return 0.0
        if other.user == one.user:
            continue
        if other.proposes and (other.proposes > _PUT_UP or distance == 0):
            return accepts + other.proposes * 0.8
        if other.commits >= DECLARES or (other.asks and distance == 0):
            return 0.0
        if _offers(heard, other.place):
            return accepts + 0.6
    return one.grants


def _offers(heard: Sequence[Heard], place: int) -> bool:
    """Whether a few words answer what was left open, for others to take."""
    one = heard[place]
    if one.asks or one.length > _BRIEF or not one.matter:
        return False
    return any(each.asks and each.proposes for each in heard[max(0, place - 2) : place])


def choosing(heard: Sequence[Heard], place: int) -> float:
    """Takes one of the things that were asked about, in a few words."""
    one = heard[place]
    if one.length > _A_FEW or one.asks or not one.matter or one.reports:
        return 0.0
    for other in reversed(heard[max(0, place - _NEAR) : place]):
        if other.asks and other.proposes and not other.reports:
            if _is_asked_back(heard, one, other):
                return 0.0
            if one.matter == other.matter:
                return 1.9
            if len(one.matter & other.matter) * 2 >= len(one.matter):
                return 1.4
    return 0.0


def _is_asked_back(heard: Sequence[Heard], one: Heard, other: Heard) -> bool:
    """Whether somebody only tells more about what they asked themselves."""
    before = heard[max(0, other.place - 3) : other.place]
    return any(each.user == one.user and each.wonders and not each.proposes for each in before)


def concluding(heard: Sequence[Heard], place: int) -> float:
    """Begins as a conclusion does, and is about what was spoken of."""
    one = heard[place]
    if not one.concludes or one.asks or one.defers or one.reports or one.conditional:
        return 0.0
    near = heard[max(0, place - _A_FEW) : place]
    return one.concludes if any(one.matter & each.matter for each in near) else 0.0


def done_at_once(heard: Sequence[Heard], place: int) -> float:
    """Is followed by somebody who does it, after a course was put up."""
    one = heard[place]
    if one.asks or one.defers or one.reports or one.conditional or one.carries_out:
        return 0.0
    if not one.matter or one.length > _A_SENTENCE:
        return 0.0
    if not any(each.carries_out or each.is_robot for each in heard[place + 1 : place + 2]):
        return 0.0
    near = heard[max(0, place - _A_WHILE) : place]
    is_up = any(each.proposes > _PUT_UP and each.user != one.user for each in near)
    return 0.8 if is_up else 0.0


def refusing(heard: Sequence[Heard], place: int) -> float:
    """Says no to what was put up, and whoever put it up takes that."""
    one = heard[place]
    if not one.objects or one.asks or not 0 < place < len(heard) - 1:
        return 0.0
    other, after = heard[place - 1], heard[place + 1]
    is_taken = after.user == other.user and (after.agrees or after.thanks) and not after.asks
    return 1.1 if other.proposes > _PUT_UP and other.user != one.user and is_taken else 0.0


def voting(heard: Sequence[Heard], place: int) -> float:
    """Is one more vote of several people in a row."""
    one = heard[place]
    if not _is_vote(one):
        return 0.0
    near = heard[max(0, place - _A_WHILE) : place + 1]
    voters = {each.user for each in near if _is_vote(each)}
    return 0.5 + 0.4 * len(voters) if len(voters) > 1 else 0.0


def _is_vote(one: Heard) -> bool:
    return one.agrees >= _A_VOTE and one.length <= _BRIEF and not one.asks


WAYS: Final = (accepting, choosing, concluding, done_at_once, refusing, voting)
