"""(f) How long a search of the decision registry takes, with what its reader may see.

The yardstick, ten decisions read by their numbers one by one, is measured between the searches.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock, monotonic
from bot.core.db import Database
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import registry
from bot.features.decisions.rules.registry import Place
from bot.features.decisions.rules.searching import Search
from bot.features.decisions.service import recording, search
from tests.load.bench.databases import DATABASES, fresh
from tests.load.bench.figures import Figure
from tests.load.decisions import NOW, READER, Words, fill, teams
from tests.support.databases import migrated

ROWS: Final = 100_000
FEWEST: Final = 1_500
QUESTIONS: Final = 300
BARS: Final = {50: 10.0, 1: 50.0}
"""Milliseconds that 99 of 100 searches may take, by how many workspaces share the rows."""
READ: Final = 10
LOGGED: Final = 200
WARM: Final = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of one kind of work, and how many decisions the first page had on average."""

    what: str
    median: float
    p99: float
    found: float


YARDSTICK: Final = "yardstick"
KINDS: Final = ("rare", "common", "between", "two")


class Bench:
    """One filled database, and the time that work in it takes."""

    def __init__(self, database: Database, rows: int, spread_over: int) -> None:
        self._bot = Bot(database, StoppedClock(NOW), SystemClock())
        self._teams = teams(spread_over)
        self._newest = rows // spread_over
        self._chance = random.Random(2)  # noqa: S311 - the same every time
        self._words = Words(3)

    def takes(self, questions: int) -> list[Taken]:
        """Measures each kind, in turns: a machine that slows down slows all."""
        typed = Words().questions(questions)
        taken: dict[str, list[tuple[float, int]]] = {name: [] for name in (YARDSTICK, *typed)}
        for _ in range(WARM):
            self._time(self._read)
        for number in range(questions):
            taken[YARDSTICK].append(self._time(self._read))
            for kind, texts in typed.items():
                taken[kind].append(self._time(self._find(texts[number])))
        taken["log"] = [self._time(self._log) for _ in range(min(LOGGED, questions))]
        return [_taken(what, samples) for what, samples in taken.items()]

    def _time(self, work: Callable[[UnitOfWork], int]) -> tuple[float, int]:
        """Seconds of the work alone, and what it returned; logging counts with its commit."""
        begun = monotonic()
        with self._bot.begin(self._chance.choice(self._teams), during="interaction") as uow:
            started = begun if work == self._log else monotonic()
            found = work(uow)
            ended = monotonic()
        return (monotonic() if work == self._log else ended) - started, found

    def _find(self, typed: str) -> Callable[[UnitOfWork], int]:
        def find(uow: UnitOfWork) -> int:
            return len(search.find(uow, READER, Search(typed)).decisions.seen)

        return find

    def _read(self, uow: UnitOfWork) -> int:
        numbers = [self._chance.randint(1, self._newest) for _ in range(READ)]
        return sum(registry.get(uow, number) is not None for number in numbers)

    def _log(self, uow: UnitOfWork) -> int:
        fields, channel_id = next(self._words.decisions())
        return int(recording.add(uow, fields, Place(channel_id), by=READER) is not None)


def part(scale: float) -> Iterator[Figure]:
    """Measures each database with so many decisions, or a part of them."""
    rows, questions = max(FEWEST, int(ROWS * scale)), max(8, int(QUESTIONS * scale))
    for kind in DATABASES:
        for workspaces in BARS:
            yield from figures(bench(kind, rows, workspaces, questions), kind, workspaces)


def figures(takes: Sequence[Taken], database: str, workspaces: int) -> Iterator[Figure]:
    """What 99 of 100 searches of each kind took less than, where so many share the decisions."""
    by_number = next(each.median for each in takes if each.what == YARDSTICK)
    for each in takes:
        if each.what in KINDS:
            yield Figure(
                "f",
                f"search p99, {each.what}, {workspaces} workspaces",
                database,
                each.p99,
                "ms",
                yardstick=by_number,
                of=f"{READ} read by number, ms",
                most=BARS[workspaces],
            )


def bench(kind: str, rows: int, spread_over: int, questions: int) -> list[Taken]:
    """Fills a database of one kind and measures."""
    with fresh(kind, f"search_{spread_over}") as (url,):
        database = migrated(url)
        fill(database, rows, spread_over)
        found = Bench(database, rows, spread_over).takes(questions)
        database.close()
    return found


def _taken(what: str, samples: Sequence[tuple[float, int]]) -> Taken:
    taken = [seconds for seconds, _ in samples]
    return Taken(
        what,
        _milliseconds(_at(0.5, taken)),
        _milliseconds(_at(0.99, taken)),
        found=round(sum(found for _, found in samples) / len(samples), 1),
    )


def _at(share: float, taken: Sequence[float]) -> float:
    return sorted(taken)[int(share * (len(taken) - 1))]


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1_000, 2)
