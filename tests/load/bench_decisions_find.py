"""How long a search of the decision registry takes, with what its reader may see.

`make bench-decisions-find`, or `python -m tests.load.bench_decisions_find --help`. The table goes
to standard error, the same as JSON to standard output; 1 is returned where a bar is missed. The
yardstick, ten decisions read by their numbers one by one, is measured between the searches.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Final

import typer

from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock, monotonic
from bot.core.db import Database
from bot.core.unit_of_work import UnitOfWork
from bot.features.decisions.queries import registry
from bot.features.decisions.rules.registry import Place
from bot.features.decisions.rules.searching import Search
from bot.features.decisions.service import recording, search
from tests.load.bench_asks import URLS
from tests.load.decisions import NOW, READER, Words, fill, teams
from tests.load.filling import size
from tests.support.databases import migrated

ROWS: Final = 100_000
BARS: Final = {50: 10.0, 1: 50.0}
"""Milliseconds that 99 of 100 searches may take, by how many workspaces share the rows."""
READ: Final = 10
LOGGED: Final = 200
WARM: Final = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds of one kind of work; `ratio` is what the median takes of the yardstick's."""

    what: str
    median: float
    p99: float
    worst: float
    ratio: float
    found: float


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one kind of database; `found` are decisions on the first page."""

    database: str
    rows: int
    workspaces: int
    megabytes: int
    load_seconds: float
    bar: float
    figures: list[Figure]

    @property
    def passes(self) -> bool:
        """Whether every kind of search is quick enough."""
        return all(each.p99 < self.bar for each in self.figures if each.what in KINDS)


KINDS: Final = ("rare", "common", "between", "two")


class Bench:
    """One filled database, and the time that work in it takes."""

    def __init__(self, database: Database, rows: int, spread_over: int) -> None:
        self._bot = Bot(database, StoppedClock(NOW), SystemClock())
        self._teams = teams(spread_over)
        self._newest = rows // spread_over
        self._chance = random.Random(2)  # noqa: S311 - the same every time
        self._words = Words(3)

    def figures(self, questions: int) -> list[Figure]:
        """Measures each kind, in turns: a machine that slows down slows all."""
        typed = Words().questions(questions)
        taken: dict[str, list[tuple[float, int]]] = {name: [] for name in ("yardstick", *typed)}
        for _ in range(WARM):
            self._time(self._read)
        for number in range(questions):
            taken["yardstick"].append(self._time(self._read))
            for kind, texts in typed.items():
                taken[kind].append(self._time(self._find(texts[number])))
        taken["log"] = [self._time(self._log) for _ in range(min(LOGGED, questions))]
        middle = _at(0.5, [seconds for seconds, _ in taken["yardstick"]])
        return [_figure(what, samples, middle) for what, samples in taken.items()]

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


def bench(kind: str, rows: int, spread_over: int, questions: int) -> Report:
    """Fills a database of one kind and measures."""
    with URLS[kind]([rows]) as urls:
        database = migrated(urls[0])
        started = monotonic()
        fill(database, rows, spread_over)
        loaded = round(monotonic() - started, 1)
        figures = Bench(database, rows, spread_over).figures(questions)
        megabytes = size(database) // 1_000_000
        database.close()
    bar = BARS.get(spread_over, min(BARS.values()))
    return Report(kind, rows, spread_over, megabytes, loaded, bar, figures)


def told(report: Report) -> Iterator[str]:
    """A report as lines for people."""
    yield (
        f"{report.database}, {report.rows:,} decisions over {report.workspaces} workspaces, "
        f"{report.megabytes} MB, loaded in {report.load_seconds} s"
    )
    heads = ("what", "median ms", "p99 ms", "worst ms", "ratio", "found")
    yield "".join(f"{head:>11}" for head in heads)
    for each in report.figures:
        yield "".join(f"{value:>11}" for value in asdict(each).values())


def main(
    rows: Annotated[int, typer.Option(min=100)] = ROWS,
    database: Annotated[list[str], typer.Option(help="sqlite, postgresql")] = list(URLS),  # noqa: B006
    workspaces: Annotated[list[int], typer.Option(help="Spread over so many")] = list(BARS),  # noqa: B006
    questions: Annotated[int, typer.Option(min=1, help="Of each kind")] = 300,
) -> None:
    """Measures how long people wait for what they look for."""
    logs.configure("WARNING", "console")
    reports = []
    for kind in database:
        for count in workspaces:
            reports.append(bench(kind, rows, count, questions))
            for line in told(reports[-1]):
                typer.echo(line, err=True)
    passes = all(report.passes for report in reports)
    bars = ", ".join(f"{bar} ms where {count} share them" for count, bar in BARS.items())
    typer.echo(f"{'Passed' if passes else 'Missed'}: p99 below {bars}", err=True)
    typer.echo(json.dumps([asdict(report) for report in reports], indent=2))
    raise typer.Exit(not passes)


def _figure(what: str, samples: Sequence[tuple[float, int]], yardstick: float) -> Figure:
    taken = [seconds for seconds, _ in samples]
    middle = _at(0.5, taken)
    return Figure(
        what,
        _milliseconds(middle),
        _milliseconds(_at(0.99, taken)),
        _milliseconds(max(taken)),
        ratio=round(middle / yardstick, 2),
        found=round(sum(found for _, found in samples) / len(samples), 1),
    )


def _at(share: float, taken: Sequence[float]) -> float:
    return sorted(taken)[int(share * (len(taken) - 1))]


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1_000, 2)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
