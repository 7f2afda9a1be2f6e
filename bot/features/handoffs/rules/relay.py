"""Who carries something on next, and what the clock does to what nobody has taken yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from bot.core.agreement.kinds import Number
from bot.core.agreement.setting import Layer, Setting
from bot.core.leave import DaysOff
from bot.core.people import Person
from bot.core.response_clock import CountedIn, advance
from bot.core.working_time import NOON, WorkingTime

SOON: Final = timedelta(hours=16)
"""Whoever starts within this long takes their turn; a chain is no race."""
TAKE_WITHIN: Final = Setting[int](
    "handoffs.take_within",
    Number(1, 40, "hours"),
    2,
    (Layer.WORKSPACE,),
    "Take a baton within",
    "Of the holder's own working time. Then they are reminded once; after the same time again it "
    "goes to the next one",
)


@dataclass(frozen=True, slots=True)
class Next:
    """Who is to carry something on, and when they are at work: now, or when they start.

    `chain_id` is the chain that names them.
    """

    person: Person
    starts_at: datetime
    chain_id: UUID | None = None


class Act(StrEnum):
    """What is to be done about a baton that is offered to somebody."""

    WAIT = "wait"
    NUDGE = "nudge"
    MOVE_ON = "move on"


def after(chain: Sequence[str], been: Sequence[str]) -> list[str]:
    """The people of a chain in the order in which it goes on, as a circle.

    It goes on after the last one of `been` who is in it, else from its beginning; none of `been`
    comes again.
    """
    last = next((each for each in reversed(been) if each in chain), None)
    start = chain.index(last) + 1 if last is not None else 0
    return [each for each in (*chain[start:], *chain[:start]) if each not in been]


def next_of(people: Iterable[Person], now: datetime) -> Next | None:
    """Whose turn it is: the first in order who works now or starts soon, else who starts first.

    Nobody who is away. None: there is nobody.
    """
    there = [Next(each, at) for each in people if (at := starts_at(each.working_time, now))]
    soon = (each for each in there if each.starts_at - now <= SOON)
    return next(soon, None) or min(there, key=lambda each: each.starts_at, default=None)


def starts_at(person: WorkingTime, now: datetime) -> datetime | None:
    """When somebody is at work: now, or when they start; None: they are away.

    Somebody is away if leave keeps them from starting soon, or if they never work.
    """
    try:
        at = person.next_start(now)
    except ValueError:
        return None
    is_soon = at - now <= SOON
    return at if is_soon or _first_leave(person, now, at) is None else None


def look_at(person: WorkingTime, since: datetime, hours: int) -> datetime:
    """When so many hours of somebody's working time have passed, in UTC; never before `since`.

    If a leave begins before that, it is when they stop working for it. Somebody who never works is
    looked at at once.
    """
    try:
        start = person.next_start(since)
        at = advance(start, timedelta(hours=hours), CountedIn.WORKING_HOURS, person)
        # whoever starts soon is back from the leave that they are on
        leave = _first_leave(person, start if start - since <= SOON else since, at)
        if leave is None:
            return at
        return max(since, person.previous_end(person.at(leave, NOON)))
    except ValueError:
        return since


def act(person: WorkingTime, now: datetime, *, look_at: datetime, is_nudged: bool) -> Act:
    """What the clock does about what somebody was offered and did not take yet.

    They have time until `look_at`, and a second time after they were reminded.
    """
    if starts_at(person, now) is None:
        return Act.MOVE_ON
    if now < look_at:
        return Act.WAIT
    return Act.MOVE_ON if is_nudged else Act.NUDGE


def _first_leave(person: WorkingTime, start: datetime, end: datetime) -> date | None:
    """The first day of leave, between two instants, on which somebody would work otherwise."""
    off = person.days_off
    if not isinstance(off, DaysOff):
        return None
    day, last = person.local(start).date(), person.local(end).date()
    while day <= last:
        if person.week[day.weekday()] and any(day in leave for leave in off.leaves):
            return day
        day += timedelta(days=1)
    return None
