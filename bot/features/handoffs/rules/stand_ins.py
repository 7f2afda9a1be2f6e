"""Who stands in for whom and when, and when somebody about to be away is offered to say so."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.core.agreement.kinds import Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.dates import read_day
from bot.core.leave import LONGEST, DaysOff, Leave
from bot.core.patterns import regex
from bot.core.week import Unreadable
from bot.core.working_time import WorkingTime

BEFORE_THE_END: Final = timedelta(hours=1)
"""So long before the last working day ends the offer comes."""
WORTH: Final = 2
"""So many working days away are worth an offer; nobody needs one for a sick day."""
MOVED_WITHIN: Final = timedelta(days=31)
"""A leave that is taken back, and one that close to it, are one that moved."""
_DAY: Final = timedelta(days=1)
_PERSON: Final = regex(r"<@(\w+)(?:\|[^<>]*)?>[\s,:]*")
_UNTIL: Final = regex(r"(?:until|till|through|to)\s+", re.IGNORECASE)

OFFERED: Final = Setting[bool](
    "handoffs.leave",
    Switch(),
    default=True,
    layers=(Layer.WORKSPACE, Layer.PERSON),
    label="Offer to hand over before leave",
    hint="On the last working day before two days away or more: one message, with a stand-in",
)


class There(StrEnum):
    """Whether somebody can stand in on a day."""

    YES = "yes"
    AWAY = "away"
    NO = "no"  # they are no full member any more, or want to be left alone


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody typed behind `/handoff stand-in`: show, off, name, or unclear; until when."""

    verb: str
    user_id: str = ""
    until: str = ""


def parse(text: str) -> Wish:
    """Reads nothing, `off`, and a person with or without `until Friday`."""
    words = " ".join(text.split())
    if not words or words.lower() == "off":
        return Wish(words.lower() or "show")
    found = _PERSON.match(words)
    if found is None:
        return Wish("unclear")
    return Wish("name", found[1], _UNTIL.sub("", words[found.end() :], count=1))


def last_day(text: str, today: date) -> date:
    """Reads until when somebody stands in. Raises Unreadable if that is no day to come."""
    day = read_day(text, today)
    if not today <= day <= today + LONGEST:
        raise Unreadable("Write a day that is still to come, within a year.")
    return day


def days_named(until: date | None, leaves: Sequence[Leave], today: date) -> tuple[Leave, bool]:
    """The days on which somebody stands in, and whether they are those of a leave.

    Until a day if one is named; else on the leave they are on, or their next one; without any, on
    every leave from today on.
    """
    if until is not None:
        return Leave(today, until), False
    if leaves:
        return min(leaves, key=lambda each: each.first_day), True
    return Leave(today, today + LONGEST), False


def is_open(days: Leave) -> bool:
    """Whether somebody stands in on every leave."""
    return days.last_day - days.first_day >= LONGEST


def followed(
    days: Leave, leaves: Sequence[Leave], *, others: Collection[date], today: date
) -> Leave | None:
    """The days of a leave as they are now; None: it is over.

    `leaves` are those that are not over, `others` the first days of those that have a row of their
    own. One that was taken back before it began may come back on other days.
    """
    for leave in leaves:
        if leave.first_day == days.first_day:
            return leave
    if days.first_day <= today:
        return None
    free = [each for each in leaves if each.first_day not in others]
    near = [each for each in free if abs(each.first_day - days.first_day) <= MOVED_WITHIN]
    return min(near, key=lambda each: abs(each.first_day - days.first_day), default=days)


def is_worth_an_offer(leave: Leave, when: WorkingTime) -> bool:
    """Whether somebody misses at least two working days by it."""
    holidays = when.days_off.holidays if isinstance(when.days_off, DaysOff) else frozenset()
    count, day = 0, leave.first_day
    while day <= leave.last_day and count < WORTH:
        count += bool(when.week[day.weekday()]) and day not in holidays
        day += _DAY
    return count >= WORTH


def offer_at(leave: Leave, when: WorkingTime, now: datetime) -> datetime | None:
    """When the offer comes: an hour before the last working day ends, or now; None: it is over.

    Whoever tells of a leave that has begun hears of it at once.
    """
    if leave.last_day < when.local(now).date():
        return None
    try:
        end = when.previous_end(when.at(leave.first_day, time(12)))
    except ValueError:  # they have not worked in over a year
        return now
    return max(end - BEFORE_THE_END, now)


def resolve(
    user_id: str, named_by: Callable[[str], str], is_there: Callable[[str], There]
) -> str | None:
    """Who stands in for somebody: whom they named, or, if those are away, whom these named.

    None: there is nobody at work in the end, or they named one another in a circle.
    """
    seen, current = {user_id}, named_by(user_id)
    while current and current not in seen:
        match is_there(current):
            case There.YES:
                return current
            case There.NO:
                return None
        seen.add(current)
        current = named_by(current)
    return None
