"""What to read first after a long absence."""

from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from bot.core.digests import ThreadKind
from bot.core.working_time import WorkingTime
from bot.features.digest.rules.threads import Thread, concerns

LONG: Final = timedelta(days=4)
DAYS_LOST: Final = 3
"""More days at work that somebody was away on make a long absence."""
FEW: Final = 10
"""No more conversations than these are sorted: one can read them all."""
BUSY: Final = 5
"""New replies that make a conversation busy."""


class Rank(IntEnum):
    """How soon a conversation is to be read, if at all."""

    READ = 1
    SKIM = 2
    SKIP = 3


def is_long_absence(since: datetime, now: datetime, person: WorkingTime) -> bool:
    """Whether the time that a digest tells of is too long to be told channel by channel."""
    return now - since > LONG or days_lost(since, now, person) > DAYS_LOST


def days_lost(since: datetime, now: datetime, person: WorkingTime) -> int:
    """On how many days between two instants somebody would have worked, but was away."""
    first, last = person.local(since).date(), person.local(now).date()
    between = (first + timedelta(days=number) for number in range(1, (last - first).days))
    return sum(bool(person.week[day.weekday()]) and not person.works_on(day) for day in between)


def rank_of(
    thread: Thread, kind: ThreadKind | None, reader_id: str, *, is_aside: bool = False
) -> Rank:
    """What a conversation is to somebody who was away; `is_aside`: its channel is no work.

    What was said to them, what they began and what was settled comes first; what is open or busy
    may interest them.
    """
    if concerns(thread, reader_id):
        return Rank.READ
    if is_aside:
        return Rank.SKIP
    if kind is ThreadKind.SETTLED:
        return Rank.READ
    is_open = kind in {ThreadKind.OPEN_QUESTION, ThreadKind.DISAGREEMENT}
    return Rank.SKIM if is_open or thread.reply_count >= BUSY else Rank.SKIP
