"""(d) How long it takes to find and claim 100 asks that are due, among few and among millions.

The yardstick is the same among few. Several workers then claim 1,000 due asks of the largest table.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from shutil import disk_usage
from statistics import median
from typing import Final

import typer

from bot.core.clock import monotonic
from bot.core.db import Database
from tests.load.asks import DAY, FRESH, TABLE, insert_rows
from tests.load.bench.databases import DATABASES, fresh
from tests.load.bench.figures import Figure
from tests.load.claiming import BATCH, NOW, Contest, Sample, contest, measure
from tests.load.filling import copy_rows, size
from tests.support.databases import migrated

SIZES: Final = (10_000, 1_000_000, 10_000_000)
FEWEST: Final = 150
TEMPLATE: Final = 10_000
ONE_WAITS_IN: Final = 10
ONE_EVERY: Final = timedelta(minutes=43)  # so that 10,000 take most of a year
REPETITIONS: Final = 40
WORKERS: Final = 4
BAR: Final = 1.5
"""So many times as long as among few it may take among many."""
BYTES_PER_ROW: Final = 1_000
"""More than a row takes on the disk while its indexes are being built."""


@dataclass(frozen=True, slots=True)
class Due:
    """Seconds to find, claim and commit a batch, for each size of the table, and the contest."""

    sizes: Sequence[int]
    samples: Sequence[Sequence[Sample]]
    workers: int
    contest: Contest


def part(scale: float) -> Iterator[Figure]:
    """Measures each database with tables of these sizes, or so much smaller ones."""
    sizes = sorted({max(FEWEST, int(rows * scale)) for rows in SIZES})
    refuse_little_disk(sizes)
    for kind in DATABASES:
        repetitions = max(1, min(REPETITIONS, int(REPETITIONS * scale * 10)))
        yield from figures(bench(kind, sizes, repetitions, WORKERS), kind)


def refuse_little_disk(sizes: Sequence[int]) -> None:
    """Exits with 2 where these tables would fill the disk."""
    needed, free = sum(sizes) * BYTES_PER_ROW, disk_usage(tempfile.gettempdir()).free
    if free < needed:
        typer.echo(f"{needed:,} bytes of disk are needed and {free:,} are free.", err=True)
        raise typer.Exit(2)


def figures(due: Due, database: str) -> Iterator[Figure]:
    """The median of each size beside the one of the smallest, and what the workers got."""
    totals = [median(each.find + each.claim + each.commit for each in some) for some in due.samples]
    for rows, total in zip(due.sizes, totals, strict=True):
        yield Figure(
            "d",
            f"{BATCH} due asks claimed among {rows:,}",
            database,
            round(total * 1_000, 2),
            "ms",
            yardstick=round(totals[0] * 1_000, 2),
            of=f"among {due.sizes[0]:,}, ms",
            most=BAR,
            is_ratio=True,
        )
    shared = due.contest
    missed = shared.due - shared.claimed
    what = f"claimed twice, or by none of {due.workers}"
    yield Figure("d", what, database, shared.twice + missed, "", most=0)


def bench(kind: str, sizes: Sequence[int], repetitions: int, workers: int) -> Due:
    """Measures one kind of database."""
    with fresh(kind, *(f"due_{rows}" for rows in sizes)) as urls:
        tables = []
        for url, rows in zip(urls, sizes, strict=True):
            started = monotonic()
            tables.append(fill(url, rows))
            seconds, megabytes = monotonic() - started, size(tables[-1]) // 1_000_000
            typer.echo(f"{kind}: {rows:,} rows in {seconds:.0f} s, {megabytes} MB", err=True)
        samples = measure(tables, repetitions)
        shared = contest(tables[-1], workers)
        for database in tables:
            database.close()
    return Due(sizes, samples, workers, shared)


def fill(url: str, rows: int) -> Database:
    """Makes a table of asks of many months; one in ten waits and is due later."""
    database = migrated(url)
    first = min(rows, TEMPLATE)
    moments = [
        (NOW - ONE_EVERY * number, None if number % ONE_WAITS_IN else NOW + DAY * 30)
        for number in range(1, first + 1)
    ]
    with database.transaction() as session:
        insert_rows(session, moments)
    copy_rows(database, TABLE, rows // first - 1, FRESH[database.dialect])
    return database
