"""F22: the machine's clock, which may be set, and the steady one that goes by it."""

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import SteadyClock, StoppedClock

MOMENT: Final = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)
STEPS: Final = st.lists(st.tuples(st.integers(-9_000, 9_000), st.integers(0, 9_000)), max_size=20)


class Machine:
    """A clock that may be set, and seconds that pass whatever it tells."""

    def __init__(self) -> None:
        self.clock, self.seconds = StoppedClock(MOMENT), 0.0
        self.steady = SteadyClock(self.clock, lambda: self.seconds)

    def runs(self, by: timedelta) -> None:
        self.clock.advance(by)
        self.seconds += by.total_seconds()

    @property
    def is_ahead_by(self) -> timedelta:
        return self.steady.now() - self.clock.now()


def test_it_tells_what_the_machine_tells() -> None:
    machine = Machine()
    machine.runs(HOUR)
    assert machine.steady.now() == MOMENT + HOUR


def test_set_forward_it_follows_at_once() -> None:
    machine = Machine()
    machine.clock.advance(HOUR * 8)
    assert machine.is_ahead_by == timedelta()


def test_set_back_it_goes_half_as_fast_until_the_machine_has_caught_up() -> None:
    machine = Machine()
    machine.clock.advance(-HOUR)
    assert machine.is_ahead_by == HOUR
    machine.runs(HOUR)
    assert machine.is_ahead_by == HOUR / 2
    machine.runs(HOUR * 2)
    assert machine.is_ahead_by == timedelta()


def test_it_begins_where_another_one_was() -> None:
    machine = Machine()
    machine.clock.advance(-HOUR)
    begun_anew = SteadyClock(machine.clock, lambda: machine.seconds)
    begun_anew.follow(machine.steady.now())
    assert begun_anew.now() == machine.steady.now()
    begun_anew.follow(MOMENT - HOUR)
    assert begun_anew.now() == machine.steady.now()


@given(STEPS)
def test_it_never_goes_back_nor_behind_the_machine(steps: list[tuple[int, int]]) -> None:
    machine, told = Machine(), MOMENT
    for set_by, passed in steps:
        machine.clock.advance(timedelta(seconds=set_by))
        machine.runs(timedelta(seconds=passed))
        now = machine.steady.now()
        assert now >= max(told, machine.clock.now())
        told = now
