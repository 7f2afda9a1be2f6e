"""What stood around each message of a conversation that is heard again, message by message."""

from collections import OrderedDict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from bot.core.message_store import StoredMessage
from bot.core.working_time import WorkingTime
from bot.features.coach.rules.norms.talks import ALTERNATIONS, WITHIN
from bot.features.coach.rules.settings import LOOKS_AFTER
from bot.features.coach.rules.situation import Addressee, Room, Situation

BEFORE: Final = timedelta(minutes=30)
MOST_BEFORE: Final = 20
MOST_AFTER: Final = 20
MOST_THREADS: Final = 10
MOST_READ: Final = 200
"""Messages of a channel before one that is looked at, and as many after it."""
STILL_THERE: Final = timedelta(hours=2)
"""Whoever stopped working less than this ago is not far outside their day."""
MOST_LATELY: Final = 60
_TWO: Final = 2
MOST_WAITING: Final = 200
"""Of more than these some are looked at early; a busy channel has a few in 90 seconds."""
MOST_KEPT: Final = 2 * (MOST_WAITING + MOST_BEFORE)
"""Messages of one thread, or of a channel outside of threads; half of them go at once."""
MOST_ROOTS: Final = 500
MOST_OPEN_THREADS: Final = 100


@dataclass(slots=True)
class _Lane:
    """What was said in one thread, or outside of all, by age; places count from its beginning."""

    root: StoredMessage | None = None
    said: list[StoredMessage] = field(default_factory=list)
    gone: int = 0
    first_reply_at: datetime | None = None

    def add(self, message: StoredMessage) -> int:
        """Adds a message and returns its place."""
        if len(self.said) >= MOST_KEPT:
            del self.said[: MOST_KEPT // 2]
            self.gone += MOST_KEPT // 2
        self.said.append(message)
        return self.gone + len(self.said) - 1

    def before(self, place: int, since: datetime | None) -> Sequence[StoredMessage]:
        """The last messages before a place, not older than `since`."""
        here = place - self.gone
        found = self.said[max(0, here - MOST_BEFORE) : here]
        return [each for each in found if each.at >= since] if since else found

    def after(self, place: int, until: datetime) -> Sequence[StoredMessage]:
        """The first messages after a place, up to an instant."""
        here = place - self.gone + 1
        return [each for each in self.said[here : here + MOST_AFTER] if each.at <= until]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A message whose author still has time to complete it."""

    lane: _Lane
    place: int
    message: StoredMessage
    is_looked_at: bool


class Surroundings:
    """One conversation: hears its messages by age, and says of each what stood around it.

    It keeps as much as that takes, however long the conversation is.
    """

    def __init__(self, room: Room) -> None:
        self._room = room
        self._main = _Lane()
        self._threads: OrderedDict[str, _Lane] = OrderedDict()
        self._roots: dict[str, StoredMessage] = {}
        self._waiting: deque[_Waiting] = deque()

    def hear(self, message: StoredMessage, *, is_looked_at: bool) -> Iterator[Situation]:
        """The situations of the messages whose authors had their time before this one."""
        yield from self._settle(message.at)
        lane = self._enter(message)
        self._waiting.append(_Waiting(lane, lane.add(message), message, is_looked_at))

    def lately(self, message: StoredMessage) -> Sequence[StoredMessage]:
        """What was said beside a message heard just now, and that, if two people write a lot."""
        lane = self._threads[message.thread_root] if message.is_reply else self._main
        said = lane.said[-MOST_LATELY:]
        last = said[-1 - ALTERNATIONS :]
        if len(last) <= ALTERNATIONS or len({each.user_id for each in last}) != _TWO:
            return ()
        return [each for each in said if message.at - each.at <= WITHIN]

    def end(self) -> Iterator[Situation]:
        """The situations of all that are left."""
        while self._waiting:
            yield from self._take()

    def _settle(self, now: datetime) -> Iterator[Situation]:
        waiting = self._waiting
        while waiting and (
            len(waiting) >= MOST_WAITING or now - waiting[0].message.at > LOOKS_AFTER
        ):
            yield from self._take()

    def _take(self) -> Iterator[Situation]:
        first = self._waiting.popleft()
        if first.is_looked_at:
            yield self._situation(first.lane, first.place, first.message)

    def _situation(self, lane: _Lane, place: int, message: StoredMessage) -> Situation:
        is_reply = lane is not self._main
        before = lane.before(place, None if is_reply else message.at - BEFORE)
        return Situation(
            message,
            self._room,
            before=before,
            after=lane.after(place, message.at + LOOKS_AFTER),
            root=lane.root,
            threads=() if is_reply else list(islice(self._lively(message.at), MOST_THREADS)),
            is_first=not before and not is_reply,
        )

    def _lively(self, at: datetime) -> Iterator[StoredMessage]:
        """The roots of the threads that had a reply shortly before."""
        for lane in reversed(self._threads.values()):
            if lane.said[-1].at < at - BEFORE:
                return
            if lane.root and lane.first_reply_at and lane.first_reply_at < at:
                yield lane.root

    def _enter(self, message: StoredMessage) -> _Lane:
        """Where a message is said, which begins with it if need be."""
        if message.is_reply:
            return self._thread(message)
        self._roots[message.ts] = message
        if len(self._roots) > MOST_ROOTS:
            del self._roots[next(iter(self._roots))]
        return self._main

    def _thread(self, reply: StoredMessage) -> _Lane:
        lane = self._threads.get(reply.thread_root)
        if lane is None:
            root = self._roots.get(reply.thread_root)
            lane = _Lane(root, [root] if root else [], first_reply_at=reply.at)
            self._threads[reply.thread_root] = lane
            if len(self._threads) > MOST_OPEN_THREADS:
                self._threads.popitem(last=False)
        self._threads.move_to_end(reply.thread_root)
        return lane


def addressee(user_id: str, time: WorkingTime, at: datetime) -> Addressee:
    """Somebody a message of that instant is for."""
    is_near = time.is_working(at) or time.is_working(at - STILL_THERE)
    starts_at = None if is_near else time.local(time.next_start(at))
    return Addressee(user_id, time.local(at), starts_at)
