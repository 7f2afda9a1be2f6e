"""What a stand-up comes to: the summary of a day, and the page about a week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.core.week import MIDNIGHT

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was written, literally; `permalink` leads to it, if it stands anywhere."""

    words: str
    permalink: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written on a day; nobody's name is in it."""

    moves: tuple[Line, ...] = ()
    promised: tuple[Line, ...] = ()
    blocked: tuple[Line, ...] = ()
    watch_out: tuple[Line, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to sum up."""
        return not (self.moves or self.promised or self.blocked or self.watch_out)


@dataclass(frozen=True, slots=True)
class Promised:
    """Something that was promised on a date, and what became of it when, if anything did."""

    line: Line
    on: date
    delivered_at: datetime | None = None
    dropped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a team promised, delivered and was blocked by in the week that began on `monday`."""

    monday: date
    promised: int
    delivered: tuple[Line, ...] = ()
    still: tuple[Line, ...] = ()
    dropped: tuple[Line, ...] = ()
    blocked: tuple[Line, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened that could be told."""
        return not (self.promised or self.delivered or self.dropped or self.blocked)


def monday_of(day: date) -> date:
    """The Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def stretch_of(monday: date) -> tuple[datetime, datetime]:
    """From when until when a week is, for what happens at an instant."""
    start = datetime.combine(monday, MIDNIGHT, UTC)
    return start, start + WEEK


def outcome(monday: date, promises: Iterable[Promised], blocked: Sequence[Line]) -> Outcome:
    """What a week came to; what was promised before counts where it came to its end in it."""
    start, end = stretch_of(monday)

    def is_in(at: datetime | None) -> bool:
        return at is not None and start <= at < end

    told = list(promises)
    mine = [each for each in told if monday <= each.on < monday + WEEK]
    return Outcome(
        monday,
        len(mine),
        tuple(each.line for each in told if is_in(each.delivered_at)),
        tuple(each.line for each in mine if not _is_over(each, end)),
        tuple(each.line for each in told if is_in(each.dropped_at)),
        tuple(blocked),
    )


def _is_over(promised: Promised, end: datetime) -> bool:
    over_at = promised.delivered_at or promised.dropped_at
    return over_at is not None and over_at < end
