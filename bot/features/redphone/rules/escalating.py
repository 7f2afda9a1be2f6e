"""How a page goes on: which level comes next, who is tried in which way, and when to look again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.features.redphone.rules.policies import OUTSIDE, OWN, Level, Policy, Way
from bot.features.redphone.rules.states import StepState

LANE: Final = "redphone"
"""The lane in which pages go on; see `Bot.in_lane`. It needs no metronome."""
SETTLES_WITHIN: Final = timedelta(seconds=30)
"""After this long an attempt of which nothing is known counts as one that did not arrive."""
HOUSE_WIDE: Final = tuple(way for way in OUTSIDE if way not in OWN)
"""The ways that reach nobody in particular: they are told of a page once."""
_NEEDS: Final = {Way.EMAIL: "email", Way.SMS: "phone", Way.VOICE: "phone"}

Usable = Mapping[str, Sequence[Way]]
"""The ways outside of Slack in which each person of a level can be reached, in their order."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in its policy a page stands; level and round count from 1."""

    level: int
    round: int
    is_last_level: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One attempt: somebody, in one way."""

    user_id: str
    way: Way


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt that was made. At `settle_by` somebody has to see to it; None: nobody has."""

    step: Step
    state: StepState
    queued_at: datetime
    settle_by: datetime | None


@dataclass(frozen=True, slots=True)
class Look:
    """What is to be done now.

    `steps` are begun; what was `seen` is seen to. Then either the next level is begun at once, or
    somebody looks again at `next_at`.
    """

    steps: Sequence[Step]
    seen: Sequence[Step]
    next_at: datetime | None

    @property
    def goes_up(self) -> bool:
        """Whether the next level is begun at once."""
        return self.next_at is None


def place_of(policy: Policy, position: int) -> Place:
    """Where in its policy the n-th level stands that is begun, from 1."""
    index = position - 1
    level = index % len(policy.levels) + 1
    rounds = index // len(policy.levels) % policy.rounds + 1
    return Place(level, rounds, is_last_level=level == len(policy.levels))


def level_at(policy: Policy, position: int) -> Level:
    """The level that is begun at a position."""
    return policy.levels[place_of(policy, position).level - 1]


def all_from(policy: Policy, start: int) -> range:
    """The positions of all levels in all rounds, where everything begins after `start`."""
    return range(start + 1, start + _whole(policy) + 1)


def left_after(policy: Policy, position: int) -> range:
    """The positions that come after one; none: everybody was tried as often as it says."""
    return range(position + 1, start_before(policy, position) + _whole(policy) + 1)


def start_before(policy: Policy, position: int) -> int:
    """The position after which everything began that is going on at this one."""
    return (position - 1) // _whole(policy) * _whole(policy)


def start_after(policy: Policy, position: int) -> int:
    """The position after which everything can begin anew, from the first level and round."""
    return -(-position // _whole(policy)) * _whole(policy)


def usable(level: Level, pagers: Sequence[str], kinds: Mapping[str, frozenset[str]]) -> Usable:
    """How people can be reached outside of Slack: what is set up, and what they entered."""
    ways = [way for way in level.ways if way in OWN and way in pagers]
    return {
        user_id: [way for way in ways if _NEEDS[way] in theirs] for user_id, theirs in kinds.items()
    }


def house_wide(level: Level, pagers: Sequence[str]) -> list[Way]:
    """The ways of a level that are set up and reach nobody in particular."""
    return [way for way in level.ways if way in HOUSE_WIDE and way in pagers]


def first_steps(level: Level, people: Sequence[str], usable: Usable) -> list[Step]:
    """How a level begins: everybody directly in Slack, and in one way outside of it, or in all."""
    most = None if level.all_at_once else 1
    return [
        Step(user_id, way)
        for user_id in people
        for way in (Way.DM, *list(usable.get(user_id, ()))[:most])
    ]


def look(
    level: Level, tried: Sequence[Tried], usable: Usable, now: datetime, *, is_last_level: bool
) -> Look:
    """What becomes of a level that was begun, as of `now`.

    Whoever did not get something is tried in their next way. If nobody may still get anything the
    next level is begun at once; after the last one the next round waits for its time.
    """
    seen = [each.step for each in tried if _is_due(each, now)]
    steps = [
        step
        for user_id in dict.fromkeys(step.user_id for step in seen if step.user_id)
        for step in _next_way(user_id, tried, usable)
    ]
    if not tried:
        return Look((), (), None)
    ends_at = min(each.queued_at for each in tried) + timedelta(minutes=level.wait)
    is_hopeless = not steps and not any(_may_arrive(each, now) for each in tried)
    goes_up = now >= ends_at or (is_hopeless and not is_last_level)
    return Look([] if now >= ends_at else steps, seen, None if goes_up else ends_at)


def _whole(policy: Policy) -> int:
    return len(policy.levels) * policy.rounds


def _is_due(tried: Tried, now: datetime) -> bool:
    return tried.settle_by is not None and tried.settle_by <= now


def _next_way(user_id: str, tried: Sequence[Tried], usable: Usable) -> list[Step]:
    """At most one step."""
    known = {each.step for each in tried}
    untried = (Step(user_id, way) for way in usable.get(user_id, ()))
    return [step for step in untried if step not in known][:1]


def _may_arrive(tried: Tried, now: datetime) -> bool:
    """Whether somebody has it, or nobody knows yet that they do not."""
    if not tried.step.user_id:
        return False
    is_awaited = tried.settle_by is not None and tried.settle_by > now
    return tried.state == StepState.SENT or (tried.state == StepState.QUEUED and is_awaited)
