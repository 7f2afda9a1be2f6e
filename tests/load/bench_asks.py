"""How long it takes to find and claim what is due, among few asks and among millions.

`make bench-asks`, or `python -m tests.load.bench_asks --help`. The table goes to standard error,
the same as JSON to standard output; 1 is returned where a bar is missed.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from shutil import disk_usage
from statistics import median
from typing import Annotated, Final

import typer
from sqlalchemy import create_engine, text

from bot.core import logs
from bot.core.clock import monotonic
from bot.core.db import Database
from tests.load.asks import DAY, FRESH, TABLE, insert_rows
from tests.load.claiming import NOW, Contest, Sample, contest, measure
from tests.load.filling import copy_rows, size
from tests.support.databases import migrated, new_postgres_database, postgres_server

SIZES: Final = (10_000, 1_000_000, 10_000_000)
TEMPLATE: Final = 10_000
ONE_WAITS_IN: Final = 10
ONE_EVERY: Final = timedelta(minutes=43)  # so that 10,000 take most of a year
BAR: Final = 1.5
BYTES_PER_ROW: Final = 1_000
"""More than a row takes on the disk while its indexes are being built."""


@dataclass(frozen=True, slots=True)
class Table:
    """A filled table and what it cost."""

    database: Database
    rows: int
    megabytes: int
    load_seconds: float


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians in milliseconds; `ratio` is that of `total` to the one of the smallest table."""

    rows: int
    megabytes: int
    load_seconds: float
    find: float
    claim: float
    commit: float
    total: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one kind of database; the workers had the largest table."""

    database: str
    repetitions: int
    figures: list[Figure]
    workers: int
    contest: Contest

    @property
    def passes(self) -> bool:
        """Whether size hardly matters, and each due ask was claimed once."""
        is_fair = self.contest.twice == 0 and self.contest.claimed == self.contest.due
        return is_fair and all(each.ratio <= BAR for each in self.figures)


def fill(url: str, rows: int) -> Table:
    """Makes a table of asks of many months; one in ten waits and is due later."""
    started = monotonic()
    database = migrated(url)
    first = min(rows, TEMPLATE)
    moments = [
        (NOW - ONE_EVERY * number, None if number % ONE_WAITS_IN else NOW + DAY * 30)
        for number in range(1, first + 1)
    ]
    with database.transaction() as session:
        insert_rows(session, moments)
    copies = rows // first - 1
    copy_rows(database, TABLE, copies, FRESH[database.dialect])
    seconds = round(monotonic() - started, 1)
    return Table(database, first * (copies + 1), size(database) // 1_000_000, seconds)


def figures(tables: Sequence[Table], samples: Sequence[Sequence[Sample]]) -> list[Figure]:
    """The medians of each table, beside those of the first."""
    totals = [median(each.find + each.claim + each.commit for each in some) for some in samples]
    return [
        Figure(
            table.rows,
            table.megabytes,
            table.load_seconds,
            find=_milliseconds(median(each.find for each in some)),
            claim=_milliseconds(median(each.claim for each in some)),
            commit=_milliseconds(median(each.commit for each in some)),
            total=_milliseconds(total),
            ratio=round(total / totals[0], 2),
        )
        for table, some, total in zip(tables, samples, totals, strict=True)
    ]


def bench(kind: str, sizes: Sequence[int], repetitions: int, workers: int) -> Report:
    """Measures one kind of database."""
    with URLS[kind](sizes) as urls:
        tables = []
        for url, rows in zip(urls, sizes, strict=True):
            tables.append(fill(url, rows))
            typer.echo(f"{kind}: {rows:,} rows in {tables[-1].load_seconds:.0f} s", err=True)
        databases = [table.database for table in tables]
        found = figures(tables, measure(databases, repetitions))
        shared = contest(databases[-1], workers)
        for database in databases:
            database.close()
    return Report(kind, repetitions, found, workers, shared)


def told(report: Report) -> Iterator[str]:
    """A report as lines for people."""
    heads = ("rows", "MB", "load s", "find ms", "claim ms", "commit ms", "total ms", "ratio")
    yield f"{report.database}, medians of {report.repetitions}"
    yield "".join(f"{head:>11}" for head in heads)
    for each in report.figures:
        yield "".join(f"{value:>11,}" for value in asdict(each).values())
    shared, rows = report.contest, report.figures[-1].rows
    yield (
        f"{report.workers} workers, {shared.due:,} due among {rows:,}: {shared.claimed:,} claimed "
        f"in {shared.seconds} s, {shared.twice} of them twice; {shared.lost:,} times another "
        f"worker was faster, {shared.busy} times the database was busy"
    )


@contextmanager
def sqlite_urls(sizes: Sequence[int]) -> Iterator[list[str]]:
    """An SQLite file for each size."""
    with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
        yield [f"sqlite:///{Path(folder) / f'{rows}.db'}" for rows in sizes]


@contextmanager
def postgres_urls(sizes: Sequence[int]) -> Iterator[list[str]]:
    """A PostgreSQL database for each size, on the server of the tests."""
    names = [f"baton_bench_{rows}" for rows in sizes]
    with postgres_server() as server_url:
        try:
            yield [new_postgres_database(server_url, name) for name in names]
        finally:
            engine = create_engine(server_url, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                for name in names:
                    connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
            engine.dispose()


URLS: Final = {"sqlite": sqlite_urls, "postgresql": postgres_urls}


def main(
    rows: Annotated[list[int], typer.Option(help="A size; repeat it for more")] = list(SIZES),  # noqa: B006
    database: Annotated[list[str], typer.Option(help="sqlite, postgresql")] = list(URLS),  # noqa: B006
    repetitions: Annotated[int, typer.Option(min=1)] = 40,
    workers: Annotated[int, typer.Option(min=2)] = 4,
) -> None:
    """Measures how long 100 due asks take among all, on each database and size."""
    logs.configure("WARNING", "console")
    needed, free = sum(rows) * BYTES_PER_ROW, disk_usage(tempfile.gettempdir()).free
    if free < needed:
        typer.echo(f"{needed:,} bytes of disk are needed and {free:,} are free.", err=True)
        raise typer.Exit(2)
    reports = [bench(kind, sorted(rows), repetitions, workers) for kind in database]
    for line in (line for report in reports for line in ("", *told(report))):
        typer.echo(line, err=True)
    passes = all(report.passes for report in reports)
    typer.echo(
        f"\n{'Passed' if passes else 'Missed'}: ratio at most {BAR}, nothing twice", err=True
    )
    typer.echo(json.dumps([asdict(report) for report in reports], indent=2))
    raise typer.Exit(not passes)


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1_000, 2)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
