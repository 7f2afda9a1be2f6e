"""The clock of the local Slack: it ticks with the machine's and can be moved forward."""

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.core.clock import Clock

_TICK: Final = timedelta(microseconds=1)


class MovableClock:
    """Tells the workspace's time and hands out message ids that never repeat."""

    def __init__(self, real: Clock, start: datetime | None = None) -> None:
        self._real = real
        self._offset = (start - real.now()) if start else timedelta()
        self._last_ts = datetime.min.replace(tzinfo=UTC)

    @property
    def moved_by(self) -> timedelta:
        """How far it is ahead of the machine's."""
        return self._offset

    def now(self) -> datetime:
        """The workspace's current instant."""
        return self._real.now() + self._offset

    def advance(self, by: timedelta) -> None:
        """Moves forward. Raises ValueError for a step back."""
        if by < timedelta():
            raise ValueError("the clock can only be moved forward")
        self._offset += by

    def move_to(self, instant: datetime) -> None:
        """Moves forward to an instant; one that has passed is ignored."""
        self._offset += max(instant - self.now(), timedelta())

    def ts(self) -> str:
        """The id of a new message: seconds and microseconds, later than any before."""
        moment = max(self.now(), self._last_ts + _TICK)
        self._last_ts = moment
        return f"{int(moment.timestamp())}.{moment.microsecond:06d}"
