"""When something goes out that somebody wrote for later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.core.working_time import WorkingTime
from bot.features.asks.rules.shown import Words

A_WEEK: Final = timedelta(days=7)
"""Whoever is at work at no time with the others within that, when all are back, never is."""


class When(StrEnum):
    """What somebody chooses in a form."""

    NOW = "now"
    WORKDAY = "workday"  # when the working day begins of whom it asks, so that all are at work
    AT = "at"


class Plan(StrEnum):
    """Where something stands that was to go out later."""

    WAITING = "waiting"
    SENT = "sent"
    CANCELLED = "cancelled"
    HELD = "held"  # it could not go out, and its author does not know yet


@dataclass(frozen=True, slots=True)
class Planned:
    """What goes out later, as its author sees it: `at` is in their time, people are ids.

    Without a channel it goes to those people directly. `why` it could not go out, if so.
    """

    id: str
    at: datetime
    channel_id: str
    people: tuple[str, ...]
    words: Words
    why: str = ""


def starts_at(people: Sequence[WorkingTime], now: datetime) -> datetime | None:
    """The first instant from now on at which all of them are at work; None: they never are."""
    at = _back(people, now)
    latest = at + A_WEEK
    while at <= latest:
        following = _back(people, at)
        if following == at:
            return at
        at = following
    return None


def _back(people: Sequence[WorkingTime], instant: datetime) -> datetime:
    """When the last of them is at work who is not."""
    return max((each.next_start(instant) for each in people), default=instant)


def is_too_soon(deadline: datetime | None, at: datetime | None) -> bool:
    """Whether an answer is wanted before what asks for it goes out."""
    return deadline is not None and at is not None and deadline <= at
