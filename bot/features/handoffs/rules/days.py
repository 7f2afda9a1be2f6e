"""When somebody's day ends, and so when they are offered to write their hand-off."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Final

from bot.core.agreement.kinds import Switch
from bot.core.agreement.setting import Layer, Setting
from bot.core.attention import COMMS, FOCUS, OFF, openings
from bot.core.availability import HOLIDAYS, HOURS
from bot.core.events import SettingChanged
from bot.core.week import MIDNIGHT, NO_WEEK, Week
from bot.core.working_time import WorkingTime

DAY: Final = Setting[bool](
    "handoffs.day",
    Switch(),
    default=False,
    layers=(Layer.WORKSPACE, Layer.CHANNEL),
    label="Offer a hand-off at the end of the day",
    hint="Everybody here is asked privately, before their own working hours end",
)
DAY_ME: Final = Setting[bool](
    "handoffs.day_me",
    Switch(),
    default=True,
    layers=(Layer.PERSON,),
    label="Offer me a hand-off",
    hint="A direct message before your working hours end, where a channel of yours wants that",
)
SETTINGS: Final = (DAY, DAY_ME)

AHEAD: Final = timedelta(minutes=15)
"""So long before the end there is time to write."""
_MOVING: Final = {each.key for each in (DAY, DAY_ME, HOURS, HOLIDAYS, FOCUS, COMMS, OFF)}


@dataclass(frozen=True, slots=True)
class Ending:
    """A local date of somebody's, and the instant at which they are offered to hand over."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Endings:
    """When somebody's days end: on each working day, a little before its last window does.

    Where focus blocks or comms windows end the time in which they may be written to before that,
    it is before the end of that time. Every ending lies within its own local date.
    """

    person: WorkingTime
    focus: Week = NO_WEEK
    comms: Week = NO_WEEK

    def of(self, day: date) -> Ending | None:
        """The ending of a local date, or None if it is no working day."""
        stretches = self._open_on(day) or self.person.stretches_of(day)
        if not stretches:
            return None
        start, end = stretches[-1]
        return Ending(day, max(start, end - AHEAD))

    def due(self, now: datetime) -> Ending | None:
        """Today's ending, if it has come."""
        ending = self.of(self.person.local(now).date())
        return ending if ending is not None and ending.at <= now else None

    def after(self, instant: datetime) -> Iterator[Ending]:
        """The endings strictly after an instant. Raises ValueError without work in over a year."""
        day = self.person.local(instant).date()
        while True:
            ending = self.of(day)
            if ending is not None and ending.at > instant:
                yield ending
            day = self.person.next_working_day(day)

    def _open_on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The stretches of a working day in which somebody may be written to."""
        if not self.person.works_on(day):
            return []
        begins = self.person.at(day, MIDNIGHT)
        found = openings(self.person, begins, focus=self.focus, comms=self.comms)
        return list(takewhile(lambda each: self.person.local(each[0]).date() == day, found))


def moves_endings(event: SettingChanged) -> bool:
    """Whether a change of the agreement may move somebody's ending, or have them get offers."""
    return event.key in _MOVING
