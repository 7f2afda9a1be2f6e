"""What a press or the clock makes of a page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.features.redphone.rules import acknowledging as rules
from bot.features.redphone.rules.acknowledging import ANSWER_WITHIN, SNOOZED_AT_MOST, Standing
from bot.features.redphone.rules.states import OVER, UNANSWERED, State

NOW: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
EVERY: Final = timedelta(minutes=30)
OPEN: Final = Standing(State.OPEN)
WHO: Final = st.sampled_from(["Ana", "Priya", "Tom"])


def minutes(number: float) -> datetime:
    return NOW + timedelta(minutes=number)


def _taken(by: str = "Ana", at: datetime = NOW) -> Standing:
    found = rules.acknowledged(OPEN, by, at, EVERY)
    assert found is not None
    return found


def _some(found: Standing | None) -> Standing:
    assert found is not None
    return found


@pytest.mark.parametrize("state", sorted(UNANSWERED))
def test_whoever_is_first_has_it_also_after_everybody_was_tried(state: State) -> None:
    taken = _some(rules.acknowledged(Standing(state), "Ana", NOW, EVERY))
    assert rules.has(taken, "Ana")
    assert taken.next_at == minutes(30)


@pytest.mark.parametrize("state", sorted({State.ACKNOWLEDGED, *OVER}))
def test_nobody_takes_what_is_taken_or_over(state: State) -> None:
    assert rules.acknowledged(Standing(state, "Ana"), "Tom", NOW, EVERY) is None


def test_without_a_word_they_are_asked_and_without_an_answer_it_lapses() -> None:
    assert rules.looked_at(_taken(), minutes(29)) is None
    asked = _some(rules.looked_at(_taken(), minutes(30)))
    assert asked.asked_at == minutes(30)
    assert rules.looked_at(asked, minutes(34)) is None
    lapsed = _some(rules.looked_at(asked, minutes(35)))
    assert (lapsed.state, lapsed.acknowledged_by, lapsed.decays) == (State.OPEN, "", 1)


def test_a_clock_that_stood_still_still_asks_before_it_pages_on() -> None:
    asked = _some(rules.looked_at(_taken(), minutes(600)))
    assert rules.has(asked, "Ana")
    assert asked.next_at == minutes(605)


def test_an_answer_or_an_update_sets_the_clock_anew() -> None:
    asked = _some(rules.looked_at(_taken(), minutes(30)))
    confirmed = _some(rules.confirmed(asked, "Ana", minutes(33), EVERY))
    assert (confirmed.asked_at, confirmed.next_at) == (None, minutes(63))
    assert rules.confirmed(asked, "Tom", minutes(33), EVERY) is None
    assert _some(rules.updated(asked, minutes(34), EVERY)).next_at == minutes(64)


@pytest.mark.parametrize("lasts", [30, 60, 120])
def test_being_asked_can_be_put_off_until_four_hours_after_the_last_update(lasts: int) -> None:
    put_off = timedelta(minutes=lasts)
    snoozed = _some(rules.snoozed(_taken(), "Ana", NOW, put_off, EVERY))
    assert snoozed.next_at == NOW + put_off
    at_last = _some(rules.snoozed(snoozed, "Ana", minutes(209), put_off, EVERY))
    assert at_last.next_at == min(minutes(209) + put_off, minutes(240))
    assert rules.snoozed(at_last, "Ana", minutes(211), put_off, EVERY) is None
    updated = _some(rules.updated(at_last, minutes(212), EVERY))
    assert _some(rules.snoozed(updated, "Ana", minutes(213), put_off, EVERY)).next_at


def test_whoever_it_is_handed_over_to_has_to_say_that_they_know() -> None:
    handed = _some(rules.handed_over(_taken(), "Ana", "Tom", minutes(10)))
    assert rules.has(handed, "Tom")
    assert _some(rules.looked_at(handed, minutes(15))).state is State.OPEN
    assert _some(rules.confirmed(handed, "Tom", minutes(14), EVERY)).next_at == minutes(44)
    assert rules.handed_over(_taken(), "Tom", "Ana", NOW) is None
    assert rules.handed_over(_taken(), "Ana", "Ana", NOW) is None


def test_what_was_resolved_can_be_reopened_for_five_minutes() -> None:
    resolved = _some(rules.resolved(_taken(), "Tom", "a full disk", minutes(10)))
    assert resolved.next_at is None
    reopened = _some(rules.reopened(resolved, minutes(15), EVERY))
    assert rules.has(reopened, "Ana")
    assert (reopened.resolved_by, reopened.resolution) == ("", "")
    assert rules.reopened(resolved, minutes(15) + timedelta(seconds=1), EVERY) is None
    assert rules.reopened(Standing(State.CALLED_OFF), NOW, EVERY) is None


def test_a_button_is_bound_to_who_has_it_and_to_nothing_else() -> None:
    exhausted = Standing(State.EXHAUSTED)
    assert rules.bound_to(OPEN) == rules.bound_to(exhausted)
    asked = _some(rules.looked_at(_taken(), minutes(30)))
    assert rules.bound_to(_taken()) == rules.bound_to(asked)
    assert rules.bound_to(_taken()) != rules.bound_to(_taken("Tom"))


class Pressed(RuleBasedStateMachine):
    """Random people press random buttons, and the clock goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.page = NOW, OPEN
        self.pending = 1  # what escalation has under way
        self.words_at = NOW

    def _go(self, after: Standing | None) -> bool:
        if after is None:
            return False
        before, self.page = self.page, after
        if after.state is State.OPEN and before.state is not State.OPEN:
            self.pending += 1
        if after.state is not State.OPEN:
            self.pending = 0
        return True

    @rule(passed=st.integers(0, 90))
    def time_passes(self, passed: int) -> None:
        """The clock looks in between, as often as it has to."""
        until = self.now + timedelta(minutes=passed)
        while self.page.next_at is not None and self.page.next_at <= until:
            self.now = max(self.now, self.page.next_at)
            before = self.page
            assert self._go(rules.looked_at(before, self.now))
        self.now = until

    @rule()
    def everybody_was_tried(self) -> None:
        if self.page.state is State.OPEN:
            self._go(replace(self.page, state=State.EXHAUSTED))

    @rule(who=WHO)
    def somebody_is_on_it(self, who: str) -> None:
        was = self.page
        is_first = self._go(rules.acknowledged(was, who, self.now, EVERY))
        assert is_first is (was.state in UNANSWERED)
        if is_first:
            self.words_at = self.now

    @rule(who=WHO, to=WHO)
    def somebody_hands_it_over(self, who: str, to: str) -> None:
        if self._go(rules.handed_over(self.page, who, to, self.now)):
            self.words_at = self.now

    @rule(who=WHO, lasts=st.sampled_from([30, 60, 120]))
    def somebody_puts_it_off(self, who: str, lasts: int) -> None:
        if self._go(rules.snoozed(self.page, who, self.now, timedelta(minutes=lasts), EVERY)):
            assert self.page.next_at is not None
            assert self.page.next_at <= self.words_at + SNOOZED_AT_MOST

    @rule(who=WHO)
    def somebody_is_still_on_it(self, who: str) -> None:
        had = rules.has(self.page, who)
        assert self._go(rules.confirmed(self.page, who, self.now, EVERY)) is had

    @rule(
        end=st.sampled_from(
            [rules.lapsed, lambda page: rules.resolved(page, "Tom", "a full disk", NOW)]
        )
    )
    def nobody_has_it_any_more(self, end: Callable[[Standing], Standing | None]) -> None:
        had = self.page.state is State.ACKNOWLEDGED
        assert self._go(end(self.page)) is had
        if self.page.state is State.RESOLVED:
            self.page = replace(self.page, resolved_at=self.now)

    @rule()
    def somebody_tells_how_it_goes(self) -> None:
        if self._go(rules.updated(self.page, self.now, EVERY)):
            self.words_at = self.now

    @rule()
    def somebody_reopens_it(self) -> None:
        if self._go(rules.reopened(self.page, self.now, EVERY)):
            self.words_at = self.now

    @rule()
    def its_caller_calls_it_off(self) -> None:
        if self.page.state not in OVER:
            self._go(replace(self.page, state=State.CALLED_OFF, asked_at=None, next_at=None))

    @invariant()
    def exactly_one_has_what_is_taken_and_nobody_what_is_not(self) -> None:
        has_it = [who for who in ("Ana", "Priya", "Tom") if rules.has(self.page, who)]
        assert len(has_it) == (self.page.state is State.ACKNOWLEDGED)

    @invariant()
    def nothing_is_pending_unless_it_is_open(self) -> None:
        assert bool(self.pending) is (self.page.state is State.OPEN)

    @invariant()
    def the_clock_is_set_exactly_while_somebody_has_it(self) -> None:
        page = self.page
        assert (page.next_at is not None) is (page.state is State.ACKNOWLEDGED)
        if page.next_at is not None:
            assert page.next_at > self.now
            within = ANSWER_WITHIN if page.asked_at else SNOOZED_AT_MOST
            assert page.next_at - self.now <= within


Pressed.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestPressed = Pressed.TestCase
