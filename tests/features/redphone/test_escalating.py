"""How a page goes on, by its rules alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.redphone.rules import escalating as rules
from bot.features.redphone.rules.escalating import SETTLES_WITHIN, Look, Step, Tried
from bot.features.redphone.rules.policies import Level, Policy, Way
from bot.features.redphone.rules.states import StepState

NOON: Final = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
PEOPLE: Final = ("U1", "U2", "U3")
PAGERS: Final = ("email", "sms", "voice", "webhook")
MOST_LOOKS: Final = 5_000
BOTH: Final = frozenset({"email", "phone"})
SOON: Final = timedelta(seconds=60)

levels = st.builds(
    Level,
    ways=st.permutations(list(Way)).map(tuple),
    wait=st.integers(2, 60),
    all_at_once=st.booleans(),
)
policies = st.builds(Policy, st.lists(levels, min_size=1, max_size=5), st.integers(1, 10))
addresses = st.dictionaries(
    st.sampled_from(PEOPLE), st.frozensets(st.sampled_from(["email", "phone"]))
)
people = st.lists(st.lists(st.sampled_from(PEOPLE), unique=True), min_size=5, max_size=5)
fates = st.lists(st.sampled_from(["sent", "failed", "unknown", "slowed", "silent"]), min_size=1)
"""What becomes of one attempt after the other; of a silent one nothing is ever heard."""


@dataclass
class Story:
    """A page that nobody acknowledges: who is behind each level, and what becomes of attempts."""

    policy: Policy
    people: Sequence[Sequence[str]]
    kinds: Mapping[str, frozenset[str]]
    fates: Sequence[str]
    now: datetime = NOON
    begun: dict[int, datetime] = field(default_factory=dict)
    made: list[tuple[int, Step, datetime]] = field(default_factory=list)
    tried: dict[int, list[Tried]] = field(default_factory=dict)

    def tell(self) -> None:
        """Goes on until everybody was tried."""
        position = self.go_up(rules.all_from(self.policy, 0))
        for _ in range(MOST_LOOKS):
            if position is None:
                return
            look = self.look(position)
            if look.next_at is None:
                position = self.go_up(rules.left_after(self.policy, position))
            else:
                awaited = [each.settle_by for each in self.tried[position] if each.settle_by]
                self.now = max(self.now, min([*awaited, look.next_at]))
        raise AssertionError("it never ends")

    def look(self, position: int) -> Look:
        """Looks at what was tried, and does what is to be done."""
        level, tried = rules.level_at(self.policy, position), self.tried[position]
        is_last = rules.place_of(self.policy, position).is_last_level
        look = rules.look(level, tried, self.usable(position), self.now, is_last_level=is_last)
        self.tried[position] = [
            replace(each, settle_by=None) if each.step in look.seen else each for each in tried
        ]
        self.make(position, look.steps)
        return look

    def go_up(self, positions: Iterable[int]) -> int | None:
        """Begins the next level in which there is anybody."""
        for position in positions:
            self.begun[position] = self.now
            level, there = rules.level_at(self.policy, position), self.people_at(position)
            if there:
                self.make(position, rules.first_steps(level, there, self.usable(position)))
                return position
        return None

    def make(self, position: int, steps: Iterable[Step]) -> None:
        """Makes attempts."""
        for step in steps:
            fate = self.fates[len(self.made) % len(self.fates)]
            self.made.append((position, step, self.now))
            self.tried.setdefault(position, []).append(_made(step, fate, self.now))

    def people_at(self, position: int) -> Sequence[str]:
        """Who is behind the level at a position."""
        return self.people[rules.place_of(self.policy, position).level - 1]

    def usable(self, position: int) -> rules.Usable:
        """How people can be reached outside of Slack there."""
        return rules.usable(rules.level_at(self.policy, position), PAGERS, self.kinds)


stories = st.builds(Story, policies, people, addresses, fates)


@given(stories)
def test_every_level_of_every_round_is_reached_in_order_and_then_it_ends(story: Story) -> None:
    story.tell()
    assert list(story.begun) == list(range(1, len(story.policy.levels) * story.policy.rounds + 1))
    for position in story.begun:
        reached = {step.user_id for at, step, _ in story.made if at == position}
        assert reached == set(story.people_at(position))


@given(stories)
def test_no_step_is_made_twice(story: Story) -> None:
    story.tell()
    made = [(position, step) for position, step, _ in story.made]
    assert len(made) == len(set(made))


@given(stories)
def test_the_next_way_follows_within_a_minute(story: Story) -> None:
    story.tell()
    for position in story.begun:
        for user_id in story.people_at(position):
            times = [
                at for place, step, at in story.made if (place, step.user_id) == (position, user_id)
            ]
            assert all(later - earlier <= SOON for earlier, later in pairwise(times))


@given(stories)
def test_whom_nothing_reached_was_tried_in_every_way(story: Story) -> None:
    story.tell()
    for position, tried in story.tried.items():
        for user_id in story.people_at(position):
            theirs = [each for each in tried if each.step.user_id == user_id]
            if all(each.state is not StepState.SENT for each in theirs):
                ways = {each.step.way for each in theirs}
                assert ways == {Way.DM, *story.usable(position).get(user_id, ())}


@given(stories)
def test_a_new_round_begins_only_when_the_one_before_had_its_time(story: Story) -> None:
    story.tell()
    many = len(story.policy.levels)
    for position, at in story.begun.items():
        is_first = (position - 1) % many == 0 and position > 1
        if is_first and any(story.people[:many]):
            reached = [each for each in story.begun if each < position and each in story.tried]
            wait = rules.level_at(story.policy, reached[-1]).wait
            is_last = (reached[-1]) % many == 0
            assert not is_last or at - story.begun[reached[-1]] >= timedelta(minutes=wait)


@given(policies, st.integers(1, 200))
def test_after_a_lapse_everything_begins_anew_and_positions_go_on(
    policy: Policy, position: int
) -> None:
    start = rules.start_after(policy, position)
    again = list(rules.all_from(policy, start))
    assert again[0] > position
    assert rules.place_of(policy, again[0]) == rules.place_of(policy, 1)
    assert rules.place_of(policy, again[-1]).round == policy.rounds
    assert not list(rules.left_after(policy, again[-1]))


@pytest.mark.parametrize("fate", ["failed", "unknown", "slowed"])
def test_the_next_level_is_reached_at_once_when_no_way_is_left(fate: str) -> None:
    story = Story(Policy([Level(), Level()], 1), [["U1"], ["U2"]], {}, [fate, "sent"])
    story.tell()
    assert story.begun == {1: NOON, 2: NOON}


def test_whoever_has_a_direct_message_has_the_time_that_the_policy_gives_them() -> None:
    story = Story(
        Policy([Level(), Level()], 1), [["U1"], ["U2"]], {"U1": BOTH}, ["sent", *["failed"] * 3]
    )
    story.tell()
    assert story.begun[2] - story.begun[1] == timedelta(minutes=5)


def test_a_slow_message_has_the_next_way_tried_at_once() -> None:
    tried = [_made(Step("U1", Way.DM), "slowed", NOON), _made(Step("U1", Way.SMS), "sent", NOON)]
    usable = {"U1": [Way.SMS, Way.EMAIL]}
    look = rules.look(Level(), tried, usable, NOON, is_last_level=False)
    assert list(look.steps) == [Step("U1", Way.EMAIL)]
    assert look.next_at == NOON + timedelta(minutes=5)


def test_all_at_once_begins_in_every_way() -> None:
    level = Level(all_at_once=True)
    steps = rules.first_steps(level, ["U1"], rules.usable(level, PAGERS, {"U1": BOTH}))
    assert {step.way for step in steps} == {Way.DM, Way.VOICE, Way.SMS, Way.EMAIL}


def test_ways_that_are_not_set_up_or_lead_nowhere_are_left_out() -> None:
    usable = rules.usable(Level(), ("sms", "email"), {"U1": frozenset({"phone"})})
    assert usable == {"U1": [Way.SMS]}
    assert rules.house_wide(Level(), ("sms", "webhook")) == [Way.WEBHOOK]


def test_a_position_of_which_nothing_is_known_any_more_is_left_at_once() -> None:
    assert rules.look(Level(), [], {}, NOON, is_last_level=True).goes_up


def _made(step: Step, fate: str, now: datetime) -> Tried:
    """An attempt, and what became of it."""
    tried = Tried(step, StepState.QUEUED, now, now + SETTLES_WITHIN)
    match fate:
        case "sent":
            return replace(tried, state=StepState.SENT, settle_by=None)
        case "failed":
            return replace(tried, state=StepState.FAILED, settle_by=now)
        case "unknown":
            return replace(tried, state=StepState.UNKNOWN, settle_by=now)
        case "slowed":
            return replace(tried, settle_by=now)
        case _:
            return tried
