"""How soon a page reaches somebody while a flood of events comes in, and what happens after.

`make bench-redphone`, or `python -m tests.load.bench_redphone --help`. The table goes to standard
error, the same as JSON to standard output; 1 is returned where a bar is missed. The yardstick is
what a bare post to the same server takes meanwhile.
"""

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from typing import Annotated, Final

import typer

from bot.core import logs
from tests.load.redphone import Outcome, Plan, run
from tests.support.databases import migrated, new_postgres_database, stamping_postgres_server

BAR: Final = 5.0
"""Seconds from the press to the first attempt, for 99 of 100 pages."""
FULL: Final = Plan(pages=1_000, workspaces=100, workers=4, seconds=300.0, events_per_second=83.0)


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured; times in seconds, from a page's commit to the arrival of an attempt.

    `late` are attempts that were claimed after the acknowledgement was committed, `in_flight` those
    claimed before and settled after. `unpaged` pages were acknowledged before anything arrived,
    `unfounded` messages belong to no page that was there before them. `ratio` is p99 in yardsticks.
    """

    pages: int
    workspaces: int
    workers: int
    seconds: float
    first_p50: float
    first_p99: float
    first_max: float
    yardstick_p50: float
    yardstick_p99: float
    ratio: float
    escalated: int
    unpaged: int
    late: int
    in_flight: int
    unfounded: int
    doubled: int
    events: int
    events_dealt_with: int

    @property
    def holds(self) -> bool:
        """Whether nothing happened that must not happen, however slow the machine is."""
        return not (self.late or self.unfounded or self.doubled)

    @property
    def passes(self) -> bool:
        """Whether that holds, and every page reached somebody in time."""
        return self.holds and not self.unpaged and self.first_p99 <= BAR


def bench(plan: Plan, folder: Path) -> Report:
    """Measures on a PostgreSQL server of its own, whose data are in that folder."""
    with stamping_postgres_server(folder) as server_url:
        url = new_postgres_database(server_url, "redphone")
        migrated(url).close()
        return report(plan, run(url, plan))


def report(plan: Plan, outcome: Outcome) -> Report:
    """The figures of what happened."""
    stories = outcome.findings.pages.values()
    first = [story.first_after for story in stories]
    reached = [seconds for seconds in first if seconds is not None]
    p50, p99 = _percentiles(reached)
    bare_p50, bare_p99 = _percentiles(outcome.probes)
    return Report(
        pages=len(stories),
        workspaces=plan.workspaces,
        workers=plan.workers,
        seconds=plan.seconds,
        first_p50=p50,
        first_p99=p99,
        first_max=round(max(reached), 3),
        yardstick_p50=bare_p50,
        yardstick_p99=bare_p99,
        ratio=round(p99 / bare_p99, 1),
        escalated=sum(story.positions > 1 for story in stories),
        unpaged=first.count(None),
        late=sum(len(story.claimed_late) for story in stories),
        in_flight=sum(len(story.in_flight) for story in stories),
        unfounded=outcome.findings.unfounded,
        doubled=outcome.findings.doubled,
        events=outcome.events,
        events_dealt_with=outcome.dealt_with,
    )


def told(found: Report) -> Iterator[str]:
    """A report as lines for people."""
    yield (
        f"{found.pages:,} pages over {found.workspaces} workspaces in {found.seconds:.0f} s, "
        f"{found.workers} workers; meanwhile {found.events:,} messages were written, each "
        f"delivered twice; {found.events_dealt_with:,} were dealt with"
    )
    yield f"{'':>24}{'p50 s':>9}{'p99 s':>9}{'max s':>9}"
    yield (
        f"{'first attempt':>24}{found.first_p50:>9}{found.first_p99:>9}{found.first_max:>9}"
        f"   {found.ratio} times a bare post"
    )
    yield f"{'a bare post':>24}{found.yardstick_p50:>9}{found.yardstick_p99:>9}"
    yield (
        f"{found.escalated:,} escalated; {found.in_flight:,} attempts were on their way when "
        f"somebody was on it, {found.late} were claimed after that; {found.doubled} came twice, "
        f"{found.unfounded} without a page; {found.unpaged} pages were taken before anything came"
    )


def main(
    pages: Annotated[int, typer.Option(min=2)] = FULL.pages,
    workspaces: Annotated[int, typer.Option(min=1)] = FULL.workspaces,
    workers: Annotated[int, typer.Option(min=1)] = FULL.workers,
    seconds: Annotated[float, typer.Option(help="in which they are sent")] = FULL.seconds,
    events: Annotated[float, typer.Option(help="messages a second")] = FULL.events_per_second,
) -> None:
    """Measures how soon pages reach somebody, and that nothing is claimed after they are taken."""
    logs.configure("ERROR", "console")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "postgres"
        place.mkdir(mode=0o700)
        found = bench(Plan(pages, workspaces, workers, seconds, events), place)
    for line in told(found):
        typer.echo(line, err=True)
    verdict = "Passed" if found.passes else "Missed"
    typer.echo(f"\n{verdict}: p99 at most {BAR:.0f} s, nothing late, nothing twice", err=True)
    typer.echo(json.dumps(asdict(found), indent=2))
    raise typer.Exit(not found.passes)


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    cuts = quantiles(values, n=100, method="inclusive")
    return round(cuts[49], 3), round(cuts[98], 3)


if __name__ == "__main__":
    typer.run(main)
