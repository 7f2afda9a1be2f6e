"""Whom a page would reach, and in which moment of theirs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.core.working_time import WorkingTime
from bot.features.redphone.rules.policies import OWN, SLACK, Way

ROTATION: Final = "rotation"
PERSON: Final = "person"
GROUP: Final = "group"

KIND_NEEDED: Final = {Way.EMAIL: "email", Way.SMS: "phone", Way.VOICE: "phone"}
"""The kind of address that a way needs of somebody."""


class Standing(StrEnum):
    """What somebody who would be paged does at that moment, by their calendar alone."""

    ON_CALL = "on_call"
    WORKING = "working"
    RESTING = "resting"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Reached:
    """Somebody whom a page would reach: their time as the reader writes it, and `ways` to them."""

    user_id: str
    local: str
    standing: Standing
    ways: Sequence[Way] = ()

    @property
    def is_outside(self) -> bool:
        """Whether anything but Slack reaches them."""
        return any(way not in SLACK for way in self.ways)


@dataclass(frozen=True, slots=True)
class Preflight:
    """What would happen: who is reached first, and where the card stands; empty: nowhere.

    `is_shared`: people of another organisation are in that channel. `is_later`: nobody is behind
    whom it is for, so that the next level of the policy is reached.
    """

    reached: Sequence[Reached] = ()
    card_channel: str = ""
    is_shared: bool = False
    is_later: bool = False

    @property
    def disturbs(self) -> Sequence[Reached]:
        """Those who neither work at that moment nor are on call."""
        return [each for each in self.reached if each.standing in _DISTURBED]


_DISTURBED: Final = frozenset({Standing.RESTING, Standing.AWAY})


def standing(person: WorkingTime, now: datetime, *, is_on_call: bool) -> Standing:
    """What somebody does at an instant."""
    if is_on_call:
        return Standing.ON_CALL
    if person.is_working(now):
        return Standing.WORKING
    today = person.local(now).date()
    return Standing.AWAY if today in person.days_off else Standing.RESTING


def ways_to(
    wanted: Iterable[Way], set_up: Iterable[str], addresses: Mapping[str, frozenset[str]], who: str
) -> Sequence[Way]:
    """Those of the ways of a level that lead to somebody, as pagers and their addresses allow."""
    own, pagers = addresses.get(who, frozenset()), set(set_up)
    return [
        way
        for way in wanted
        if way in SLACK or (way in pagers and (way not in OWN or KIND_NEEDED[way] in own))
    ]
