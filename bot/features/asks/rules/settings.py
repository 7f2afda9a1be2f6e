"""What of asks the working agreement says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.core.agreement.kinds import Kind, Lines, Number, Plain, Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.patterns import regex
from bot.core.response_clock import ClockPolicy, CountedIn
from bot.core.week import Unreadable

SECONDS: Final[Mapping[str, int]] = {"s": 1, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
LONGEST: Final = timedelta(weeks=8)
_AMOUNT: Final = regex(
    r"(\d{1,7})\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)\.?"
    r"(?:\s*(?:of|in)?\s*(?:working[_ ])?(days?|hours?))?",
    re.IGNORECASE,
)
_WORDS: Final = {CountedIn.WORKING_DAYS: "on working days", CountedIn.WORKING_HOURS: "of work"}


@dataclass(frozen=True)
class Within(Kind[ClockPolicy]):
    """How long an answer may take, and what kind of time counts."""

    counted_in: CountedIn

    def read(self, given: object) -> ClockPolicy:
        """Takes `24h working_days`, `2h working_hours`, `90 min of working hours`."""
        found = _AMOUNT.fullmatch(str(given).strip())
        if found is None:
            raise Unreadable("Write it like 24h working_days or 2h working_hours.")
        amount = timedelta(seconds=int(found[1]) * SECONDS[_unit(found[2])])
        if not timedelta() < amount <= LONGEST:
            raise Unreadable("It can be from a second to eight weeks.")
        return ClockPolicy(amount, _counted_in(found[3], self.counted_in))

    def plain(self, value: ClockPolicy) -> Plain:
        """As people write it."""
        return f"{said(value.amount, spaced=False)} {value.counted_in}"

    def words(self, value: ClockPolicy) -> str:
        """As people read it."""
        return in_words(value)


def in_words(policy: ClockPolicy) -> str:
    """A policy as people read it, e.g. `24 h on working days`."""
    return f"{said(policy.amount)} {_WORDS[policy.counted_in]}"


def said(amount: timedelta, *, spaced: bool = True) -> str:
    """A length of time in its largest whole unit up to hours, e.g. `24 h`."""
    seconds = int(amount.total_seconds())
    unit = next(each for each in ("h", "min", "s") if seconds % SECONDS[each] == 0)
    return f"{seconds // SECONDS[unit]}{' ' if spaced else ''}{unit}"


def _unit(word: str) -> str:
    word = word.lower()
    return "min" if word.startswith("m") else word[0]


def _counted_in(word: str | None, otherwise: CountedIn) -> CountedIn:
    if word is None:
        return otherwise
    is_hours = word.lower().startswith("hour")
    return CountedIn.WORKING_HOURS if is_hours else CountedIn.WORKING_DAYS


STANDARD: Final = Setting[ClockPolicy](
    "asks.standard",
    Within(CountedIn.WORKING_DAYS),
    ClockPolicy(timedelta(hours=24), CountedIn.WORKING_DAYS),
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Answer within",
    "24h working_days: the same time on the answerer's next working day. 4h working_hours: four "
    "hours of their working time",
)
URGENT: Final = Setting[ClockPolicy](
    "asks.urgent",
    Within(CountedIn.WORKING_HOURS),
    ClockPolicy(timedelta(hours=2), CountedIn.WORKING_HOURS),
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Answer an urgent ask within",
    "Also counted in the answerer's own time: nobody is woken",
)
URGENT_BUDGET: Final = Setting[int](
    "asks.urgent_budget",
    Number(0, 50, "a week"),
    5,
    (Layer.WORKSPACE,),
    "Urgent asks per person",
    "What is more is asked as a standard one",
)
EXPIRES_AFTER: Final = Setting[int](
    "asks.expires_after",
    Number(1, 90, "days"),
    14,
    (Layer.WORKSPACE, Layer.CHANNEL),
    "Asks expire after",
    "So long after it was due an ask that nobody answered is closed, and both are told",
)
GROUPS_EACH: Final = Setting[bool](
    "asks.groups_each",
    Switch(),
    default=False,
    layers=(Layer.WORKSPACE, Layer.CHANNEL),
    label="Everybody in a group answers",
    hint="Off: when a user group is asked, one answer is enough",
)
DONE_EMOJI: Final = Setting[tuple[str, ...]](
    "asks.done_emoji",
    Lines(10, 60),
    ("white_check_mark", "heavy_check_mark", "ballot_box_with_check"),
    (Layer.WORKSPACE,),
    "Reactions that mean done",
    "Names of emoji, one on each line, without colons",
)
REMINDERS: Final = Setting[bool](
    "asks.reminders",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Reminders",
    hint="A direct message when an answer of yours is due soon and no digest comes before, or "
    "when it is overdue",
)
ALL: Final = (
    STANDARD,
    URGENT,
    URGENT_BUDGET,
    EXPIRES_AFTER,
    GROUPS_EACH,
    DONE_EMOJI,
    REMINDERS,
)
