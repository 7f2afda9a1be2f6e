"""When something goes out that somebody wrote for later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.working_time import WorkingTime
from bot.features.asks.rules.shown import Words


class When(StrEnum):
    """What somebody chooses in a form."""

    NOW = "now"
    WORKDAY = "workday"  # when the working day begins of whom it asks
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
    """When the first of them who is not at work begins to work; None: all of them are at work."""
    away = (each for each in people if not each.is_working(now))
    first = next(away, None)
    return first.next_start(now) if first else None


def is_too_soon(deadline: datetime | None, at: datetime | None) -> bool:
    """Whether an answer is wanted before what asks for it goes out."""
    return deadline is not None and at is not None and deadline <= at
