"""P3 and F32: ten times what Slack sends at most, each event twice, beside a page."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final, Self

import pytest
from sqlalchemy import func, select

from bot.core import queue
from bot.core.clock import SystemClock, monotonic
from bot.core.inbox import InboxRow
from bot.core.queue import State
from bot.playground.client import NoAnswer, NotPossible
from bot.playground.world import TEAM_ID
from tests.faults.conftest import Noting
from tests.faults.hosted import PATIENCE, Hosted, hosted, standing
from tests.faults.stream import AGAIN_SECONDS, Sender, Told
from tests.load.traffic import Crowd, Traffic
from tests.support.databases import Rows
from tests.support.flood import in_mib, memory_of
from tests.support.pages import FILLED, FIRE

A_SECOND: Final = 83
"""Ten times the 30,000 events an hour of a workspace that Slack sends at most."""
SECONDS: Final = 600.0
SENDERS: Final = 16
PEOPLE: Final = ("U0TOM0000", "U0ANA0000", "U0PRIYA00", "U0SAM0000", "U0MEI0000", "U0NOOR000")
CHANNELS: Final = ("C0GENERAL", "C0WEBSITE", "C0INFRA00")
ACK: Final = 0.5
LAG: Final = 5.0
PAGED_WITHIN: Final = 5.0
EVERY: Final = 60.0
"""Seconds from one page to the next."""
PAGES: Final = 3
"""So many an hour are let through to somebody."""
GROWTH: Final = 1.25
"""The most that memory may grow by once a tenth of it all was seen."""


class Flood:
    """Sends each event at its time, twice, over connections side by side."""

    def __init__(self, living: Hosted, seconds: float) -> None:
        self._living, self._seconds = living, seconds
        gap = timedelta(seconds=1 / A_SECOND)
        traffic = Traffic(Crowd(TEAM_ID, PEOPLE, CHANNELS), SystemClock().now(), gap)
        self._events = traffic.some(int(A_SECOND * seconds))
        self._numbers, self._lock, self._over = count(), Lock(), Event()
        self._threads = [Thread(target=self._send, daemon=True) for _ in range(SENDERS)]
        self._began = monotonic()
        self.answers: Counter[int] = Counter()
        self.took: list[float] = []
        self.sent: list[str] = []

    def run(self) -> None:
        """Returns when everything was sent."""
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join()

    def _send(self) -> None:
        sender, waiting = Sender(self._living.port), Event()
        while True:
            with self._lock:
                envelope, number = next(self._events, None), next(self._numbers)
            if envelope is None:
                break
            waiting.wait(max(0.0, self._began + number / A_SECOND - monotonic()))
            told = Told(envelope.event_id, envelope.body)
            for _ in range(2):
                answer = sender.try_once(told)
                self.answers[answer] += 1
                self.took.append(told.took)
                while answer != 200:  # as Slack does
                    waiting.wait(AGAIN_SECONDS)
                    answer = sender.try_once(told)
            self.sent.append(told.event_id)
        sender.close()


class Watch:
    """Looks every second how far behind the bot is, and how much memory it holds."""

    def __init__(self, living: Hosted, seconds: float) -> None:
        self._living, self._over = living, Event()
        self._began = monotonic()
        self._warm = self._began + seconds / 10
        self._thread = Thread(target=self._look, daemon=True)
        self.lag = 0.0
        self._sizes: dict[int, int] = {}

    @property
    def memory(self) -> dict[int, int]:
        """KiB once it was warm, and at last, by the seconds that had passed."""
        found = list(self._sizes.items())
        return dict([found[0], found[-1]])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        waits = select(func.min(InboxRow.received_at)).where(
            queue.is_in(InboxRow, State.READY, State.LEASED)
        )
        while not self._over.wait(1.0):
            with self._living.database.reading() as session:
                oldest = session.scalar(waits)
            if oldest is not None:
                self.lag = max(self.lag, (SystemClock().now() - oldest).total_seconds())
            if monotonic() > self._warm:
                seen = int(monotonic() - self._began)
                self._sizes[seen] = memory_of(self._living.process.process_id)


def _pages(living: Hosted, over: Event, took: list[float]) -> None:
    """Sam pages Priya, and she is on it: again and again, as often as the limits let him."""
    priya = living.slack.person("Priya")
    for number in range(PAGES):
        before, began = _paged(living), monotonic()
        while _paged(living) == before and not _is_hopeless(began):
            with suppress(NoAnswer, NotPossible):
                began = _press(living)
                _wait(lambda: _paged(living) > before, over)  # noqa: B023 - called at once
        took.append(monotonic() - began)
        with suppress(NoAnswer, NotPossible):
            priya.presses("I'm on it")
        if over.wait(EVERY) or number == PAGES - 1:
            return


def _press(living: Hosted) -> float:
    """Sam presses, and whoever gets no answer presses again; returns when he sent it off."""
    sam = living.slack.person("Sam")
    sam.types("#infra", FIRE)
    began = monotonic()
    sam.fills_in({**FILLED, "Person to page": "Priya"})
    if (view := sam.form) is not None and view.get("submit"):
        sam.fills_in({})
    return began


def _wait(is_so: Callable[[], bool], over: Event) -> None:
    began = monotonic()
    while not is_so() and monotonic() - began < PAGED_WITHIN * 2:
        over.wait(0.02)


def _is_hopeless(began: float) -> bool:
    return monotonic() - began > PATIENCE


def _paged(living: Hosted) -> int:
    return sum("needs you now" in each["text"] for each in living.slack.journal())


@dataclass(frozen=True, slots=True)
class Figures:
    """What a flood came to; times in seconds, memory in KiB after how many seconds."""

    sent: set[str]
    done: set[str]
    answers: dict[int, int]
    deliveries: int
    p99: float
    lag: float
    paged: list[float]
    memory: dict[int, int]

    def __str__(self) -> str:
        return (
            f"{self.deliveries} deliveries, p99 {self.p99 * 1_000:.0f} ms, answers {self.answers}, "
            f"lag {self.lag:.1f} s, pages in {[round(each, 2) for each in self.paged]} s, "
            f"memory {in_mib(self.memory)} s"
        )

    @property
    def growth(self) -> float:
        """By how much what it holds grew."""
        first, *_, last = self.memory.values()
        return last / first


def _flooded(living: Hosted, seconds: float) -> Figures:
    paged: list[float] = []
    flood, over = Flood(living, seconds), Event()
    paging = Thread(target=_pages, args=(living, over, paged), daemon=True)
    with Watch(living, seconds) as watch:
        paging.start()
        flood.run()
        over.set()
        paging.join()
        living.comes_to_rest(InboxRow)
    return Figures(
        sent=set(flood.sent),
        done=living.done(),
        answers=dict(flood.answers),
        deliveries=len(flood.took),
        p99=sorted(flood.took)[int(len(flood.took) * 0.99)],
        lag=watch.lag,
        paged=paged,
        memory=watch.memory,
    )


@pytest.mark.long
@pytest.mark.needs("redphone")
@pytest.mark.parametrize("dialect", ["postgresql", "sqlite"])
def test_p3_f32_ten_times_what_slack_sends_is_taken_in_time_and_a_page_comes_as_ever(
    dialect: str, tmp_path: Path, acquaintance: Rows, noting: Noting
) -> None:
    with (
        standing(dialect, tmp_path) as (url, _),
        hosted(url, tmp_path, known=acquaintance, is_hurried=False) as living,
    ):
        living.comes_to_rest()
        figures = _flooded(living, SECONDS)
    noting.says(f"{dialect}, {SECONDS:.0f} s: {figures}")
    assert figures.sent <= figures.done
    assert set(figures.answers) == {200}
    assert figures.p99 < ACK
    assert figures.lag < LAG
    assert figures.paged
    assert max(figures.paged) < PAGED_WITHIN
    assert figures.growth < GROWTH
    noting.counts(f"seconds of flood on {dialect}", int(SECONDS))
    noting.counts("deliveries in floods", figures.deliveries)
