"""When a decision is looked at again, and when its owner is reminded of that."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.core.working_time import WorkingTime

DAYS_BEFORE: Final = (14, 7, 1)
MONTHS: Final = 6
"""After so many months one looks at it again, unless somebody says otherwise."""
SOON: Final = timedelta(days=DAYS_BEFORE[0])
_MIDNIGHT: Final = time()


def reminders(review_on: date, owner: WorkingTime) -> list[tuple[datetime, int]]:
    """When the owner is reminded, and how many days before the review that is meant to be.

    It is the beginning of their day, or of the next one on which they work: before the review's
    own day is over, or not at all.
    """
    planned = [
        (owner.next_start(owner.at(review_on - timedelta(days=days), _MIDNIGHT)), days)
        for days in DAYS_BEFORE
    ]
    return [each for each in planned if each[0] < over_at(review_on, owner)]


def next_look(review_on: date, owner: WorkingTime, after: datetime) -> datetime | None:
    """When there is something to do about a review next, after an instant; None: never.

    The last thing to do is to say that it was due.
    """
    instants = [*(at for at, _ in reminders(review_on, owner)), over_at(review_on, owner)]
    return min((at for at in instants if at > after), default=None)


def reminder_at(review_on: date, owner: WorkingTime, now: datetime) -> int | None:
    """Which reminder is the one for now, by its days before; None: none, or it is too late."""
    begun = [days for at, days in reminders(review_on, owner) if at <= now]
    return min(begun) if begun and now < over_at(review_on, owner) else None


def over_at(review_on: date, owner: WorkingTime) -> datetime:
    """When the day of a review is over where its owner is."""
    return owner.at(review_on + timedelta(days=1), _MIDNIGHT)


def next_review(today: date) -> date:
    """The day on which one usually looks at it again."""
    months = today.month - 1 + MONTHS
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
