"""What a process counts while it runs, for whoever looks after it.

Counts, durations and depths: of events, calls and rows. No label names anybody, nor what they said,
nor a workspace; each is one of a few words of ours. Each process tells its own.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from bot.core.clock import monotonic

ANSWER_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0)
"""Slack waits for three."""
WORK_SECONDS: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0)


class Counter:
    """How often something happened since the process began, by the word of its `label`."""

    def __init__(self, name: str, about: str, label: str, words: Sequence[str]) -> None:
        self.name, self.about, self.label = name, about, label
        self._counts = dict.fromkeys(words, 0)
        self._lock = Lock()

    def add(self, word: str, count: int = 1) -> None:
        """Counts it. Raises KeyError for a word that it does not have."""
        with self._lock:
            self._counts[word] += count

    @property
    def counts(self) -> Mapping[str, int]:
        """How often, by word."""
        with self._lock:
            return dict(self._counts)


class Histogram:
    """How long something took, in seconds: how often at most as long as each of its `bounds`."""

    def __init__(self, name: str, about: str, bounds: Sequence[float]) -> None:
        self.name, self.about, self.bounds = name, about, bounds
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0
        self._lock = Lock()

    def observe(self, *seconds: float) -> None:
        """Notes how long it took, once or several times."""
        with self._lock:
            for each in seconds:
                self._counts[bisect_left(self.bounds, each)] += 1
                self._sum += each

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Notes how long what is done inside takes, also where it fails."""
        began = monotonic()
        try:
            yield
        finally:
            self.observe(monotonic() - began)

    @property
    def buckets(self) -> tuple[Sequence[int], float]:
        """How often up to each bound, and beyond all of them; and the sum of seconds."""
        with self._lock:
            return tuple(self._counts), self._sum


@dataclass(frozen=True, slots=True)
class Gauge:
    """How something stands now; it is read where it is kept."""

    name: str
    about: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


Measure: TypeAlias = Callable[[Session, datetime], Sequence[Gauge]]
"""Reads how something stands at an instant, by few rows of an index."""


class Metrics:
    """All that is counted; the one place to count it in."""

    def __init__(self) -> None:
        self.events = Counter(
            "baton_events",
            "Events that Slack sent, by what became of them at the door.",
            "outcome",
            ("stored", "duplicate", "not_stored"),
        )
        self.acknowledging = Histogram(
            "baton_acknowledge_seconds",
            "From when an event came until it was stored and could be acknowledged.",
            ANSWER_SECONDS,
        )
        self.answering = Histogram(
            "baton_answer_seconds",
            "How long somebody waited for the answer to a command, a button or a form.",
            ANSWER_SECONDS,
        )
        self.dealt_with = Counter(
            "baton_events_dealt_with",
            "Events that were taken from the inbox, by what became of them.",
            "outcome",
            ("done", "failed", "later", "of_nobody"),
        )
        self.dealing = Histogram(
            "baton_event_lag_seconds",
            "From when an event was received until it was dealt with.",
            WORK_SECONDS,
        )
        self.sends = Counter(
            "baton_sends",
            "Calls of Slack that the outbox made, by what became of them.",
            "outcome",
            ("sent", "refused", "rate_limited", "unreachable", "unknown"),
        )
        self.jobs = Counter(
            "baton_jobs", "Jobs that the clock started.", "outcome", ("done", "failed")
        )

    @property
    def counters(self) -> Sequence[Counter]:
        """Every counter."""
        return [each for each in vars(self).values() if isinstance(each, Counter)]

    @property
    def histograms(self) -> Sequence[Histogram]:
        """Every histogram."""
        return [each for each in vars(self).values() if isinstance(each, Histogram)]
