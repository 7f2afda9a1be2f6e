"""How long a proposal can be commented on, in each reviewer's own working days.

What is promised are whole working days: a reviewer has had one when a working day of theirs began
after what they are to look at was there, and is over. Three of them for what was proposed on
Tuesday at 15:00 are Wednesday, Thursday and Friday, until the working hours of Friday end. So
nobody is given the rest of an afternoon, or a night, for a day, and no zone gets less than another.
Weekends, leave and public holidays are no working days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.core.working_time import NO_DAYS, UNKNOWN_ZONE, WorkingTime

DAY: Final = timedelta(days=1)
AWAY_FOR: Final = 10
"""More days off than these do not hold up a proposal."""
NOBODYS: Final = WorkingTime(UNKNOWN_ZONE)
"""Whose days count if no reviewer is there: Monday to Friday, 9 to 17 in UTC."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Every reviewer is owed `days` whole working days, at least one, that begin after `since`."""

    since: datetime
    days: int = 1


@dataclass(frozen=True, slots=True)
class Reviewer:
    """When somebody works, and when they were asked to review it."""

    when: WorkingTime
    since: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """When a comment period ends at the earliest, and who does not hold it up: they are away."""

    ends_at: datetime
    away: frozenset[str] = frozenset()


def period(owed: Sequence[Owed], reviewers: Mapping[str, Reviewer]) -> Period:
    """The period in which every reviewer who is there gets what they are owed; by id.

    `owed` begins with the period itself. Who came later gets a whole working day since. Never
    raises: who has no working days counts as away.
    """
    ends = {
        user_id: end([*owed, *_of_newcomer(owed[0], each)], each.when)
        for user_id, each in reviewers.items()
    }
    away = frozenset(user_id for user_id, found in ends.items() if found is None)
    there = [found for found in ends.values() if found is not None]
    return Period(max(there or [after(each.since, each.days, NOBODYS) for each in owed]), away)


def is_over(
    closes_at: datetime, now: datetime, *, is_blocked: bool, settled_at: datetime | None
) -> bool:
    """Whether nobody can speak any more: it was to close by now, and no concern is in the way.

    A concern that was settled since (`settled_at` is when the last one was) has held it open.
    """
    was_held = settled_at is not None and settled_at > closes_at
    return closes_at <= now and not is_blocked and not was_held


def end(owed: Iterable[Owed], person: WorkingTime) -> datetime | None:
    """When somebody has had everything they are owed, in UTC; None: they are away.

    Somebody is away if leave and holidays take more than ten of their usual working days.
    """
    usual = replace(person, days_off=NO_DAYS)
    try:
        ends = [after(each.since, each.days, person) for each in owed]
        latest = [after(each.since, each.days + AWAY_FOR, usual) for each in owed]
    except ValueError:
        return None
    is_there = all(found <= last for found, last in zip(ends, latest, strict=True))
    return max(ends) if is_there else None


def after(since: datetime, days: int, person: WorkingTime) -> datetime:
    """When so many working days of somebody's are over that began at `since` or later, in UTC.

    Raises ValueError if the person has no working day in over a year.
    """
    day = person.local(since).date()
    while True:
        day = day if person.works_on(day) else person.next_working_day(day)
        stretches = person.stretches_of(day)
        if stretches and stretches[0][0] >= since:
            days -= 1
            if days <= 0:
                return stretches[-1][1]
        day += DAY


def next_day(person: WorkingTime, now: datetime) -> datetime | None:
    """When somebody's next working day begins, in UTC; None: not that one can see."""
    try:
        day = person.next_working_day(person.local(now).date())
    except ValueError:
        return None
    return next((start for start, _ in person.stretches_of(day)), None)


def _of_newcomer(opened: Owed, reviewer: Reviewer) -> list[Owed]:
    return [Owed(reviewer.since)] if reviewer.since > opened.since else []
