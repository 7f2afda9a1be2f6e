"""By when an ask is due, and when its clock has to be looked at."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.core import response_clock
from bot.core.response_clock import ClockPolicy, CountedIn, advance, counted
from bot.core.working_time import WorkingTime
from bot.features.asks.rules.absence import reachable
from bot.features.asks.rules.states import RUNNING, State

DUE_SOON_AT: Final = 0.75
"""So much of the time has passed when an answer is due soon."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that runs from an instant for some time of its answerer's; or until a deadline."""

    since: datetime
    left: timedelta
    counted_in: CountedIn
    deadline: datetime | None = None

    @classmethod
    def started(
        cls, asked: datetime, policy: ClockPolicy, deadline: datetime | None = None
    ) -> "Clock":
        """A clock as it starts with an ask."""
        return cls(asked, policy.amount, policy.counted_in, deadline)

    def due(self, answerer: WorkingTime) -> datetime:
        """The instant by which the answer was promised.

        A deadline that the answerer cannot keep moves to their next working day, and by no more
        than the usual time.
        """
        if self.deadline is None:
            return response_clock.due(self.since, self._rest, answerer)
        found = reachable(self.deadline, self.since, answerer)
        if found == self.deadline or not self.left:
            return found
        start = answerer.next_start(max(self.since, self.deadline))
        return min(found, advance(start, self.left, self.counted_in, answerer))

    def due_soon(self, answerer: WorkingTime) -> datetime:
        """When three quarters of the time have passed."""
        if self.deadline is not None:
            return self.since + (self.due(answerer) - self.since) * DUE_SOON_AT
        return response_clock.at_share(self.since, self._rest, answerer, DUE_SOON_AT)

    def paused(self, at: datetime, resumed: datetime, answerer: WorkingTime) -> "Clock":
        """The clock that goes on after it stood still.

        A deadline moves as far as it takes to have the working hours again that were left.
        """
        if self.deadline is not None:
            hours = CountedIn.WORKING_HOURS
            left = counted(at, self.deadline, hours, answerer)
            moved = advance(answerer.next_start(resumed), left, hours, answerer)
            return replace(self, since=resumed, deadline=max(self.deadline, moved))
        used = counted(answerer.next_start(self.since), at, self.counted_in, answerer)
        left = max(self.left - used, timedelta())
        return Clock(resumed, left, self.counted_in, self.deadline)

    @property
    def _rest(self) -> ClockPolicy:
        return ClockPolicy(self.left, self.counted_in)


@dataclass(frozen=True, slots=True)
class Wake:
    """What the clock does to an ask now (None: nothing), and when it has to be looked at next."""

    state: State | None
    next_at: datetime | None


def wake(
    state: State,
    now: datetime,
    *,
    due_soon: datetime,
    due: datetime,
    expires: datetime,
    has_fallback: bool,
    is_taken_late: bool = False,
) -> Wake:
    """What becomes of a waiting ask as time passes.

    Somebody who said that they are on it hears nothing before the due time; who said so after it
    (`is_taken_late`) knows, and hears nothing more.
    """
    if now >= expires:
        return Wake(State.EXPIRED, None)
    if now >= due and has_fallback and state in RUNNING:
        return Wake(State.WENT_AHEAD, None)
    wanted, next_at = _stands(now, due_soon=due_soon, due=due, expires=expires)
    if state is State.ACCEPTED and wanted is State.OVERDUE and is_taken_late:
        return Wake(None, next_at)
    if state is State.ACCEPTED and wanted is not State.OVERDUE:
        return Wake(None, due)
    if state is State.OVERDUE and wanted is State.DUE_SOON:
        wanted = State.OPEN  # it was told of once: nobody needs to hear that it is due soon again
    return Wake(wanted if wanted is not state else None, next_at)


def _stands(
    now: datetime, *, due_soon: datetime, due: datetime, expires: datetime
) -> tuple[State, datetime]:
    """Where an ask stands that nobody said anything to, and when that changes."""
    if now >= due:
        return State.OVERDUE, expires
    return (State.DUE_SOON, due) if now >= due_soon else (State.OPEN, due_soon)


def is_late_enough_to_escalate(state: State, due: datetime, now: datetime) -> bool:
    """Whether the asker may ask somebody else: from the due time on, nudged or not."""
    return state in ESCALATED_FROM and now >= due


ESCALATED_FROM: Final[Collection[State]] = RUNNING | {State.OVERDUE, State.ACCEPTED}
