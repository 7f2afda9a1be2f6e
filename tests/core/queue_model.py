"""What the queue promises, as plain data, to judge the code by."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MAX_ATTEMPTS = 5
ALONE_AFTER = 2
MAX_LOSSES = 7


@dataclass(slots=True)
class Entry:
    """One piece of work as the rules have it."""

    number: int
    lane: str
    urgent: bool
    state: str
    not_before: datetime
    attempts: int = 0
    losses: int = 0
    worker: str | None = None
    lease_until: datetime | None = None
    done: int = 0


class Model:
    """Lanes in order, one in work per lane, urgent lanes first."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def claimable(self, now: datetime) -> list[Entry]:
        """What may be claimed now, in the order of claiming."""
        heads: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.state == "ready":
                heads.setdefault(entry.lane, entry)
        busy = {entry.lane for entry in self.entries if entry.state == "leased"}
        free = [e for e in heads.values() if e.lane not in busy and e.not_before <= now]
        return sorted(free, key=lambda entry: (not entry.urgent, entry.number))

    @staticmethod
    def together(entries: list[Entry]) -> list[Entry]:
        """Those that one worker may have at once: what its workers ended on is alone."""
        if entries and entries[0].losses >= ALONE_AFTER:
            return entries[:1]
        suspect = [at for at, entry in enumerate(entries) if entry.losses >= ALONE_AFTER]
        return entries[: suspect[0]] if suspect else entries

    def expired(self, now: datetime) -> list[Entry]:
        """Whose worker's time is over."""
        return [e for e in self.entries if e.lease_until is not None and e.lease_until < now]

    @staticmethod
    def release(entry: Entry, state: str, not_before: datetime | None = None) -> None:
        """Nobody works on it any more."""
        entry.state, entry.worker, entry.lease_until = state, None, None
        entry.not_before = not_before or entry.not_before

    @staticmethod
    def wait_after(attempts: int) -> timedelta:
        """How long a failed entry rests."""
        return min(timedelta(seconds=2**attempts), timedelta(minutes=15))
