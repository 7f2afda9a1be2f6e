"""`make bench`: measures all parts, or those that are named, one after the other.

The table is printed, the same is written as JSON; 1 is returned where a bar is missed. A part is a
function that takes a scale (1: as much as the bars are meant for) and yields figures.
"""

import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.core import logs
from bot.core.clock import SystemClock
from tests.load.bench import day, digests, due, events, ingest, search, sockets, start
from tests.load.bench.databases import DATABASES, fresh
from tests.load.bench.figures import Figure, told
from tests.load.traffic import Crowd

WORKERS: Final = (1, 2, 4)
WRITTEN_TO: Final = Path("build/bench.json")


def dealing(scale: float) -> Iterator[Figure]:
    """(c) From the inbox through the features into the outbox; SQLite has one writer."""
    for kind in DATABASES:
        measured = []
        for workers in WORKERS if kind == "postgresql" else WORKERS[:1]:
            crowds = [Crowd.of(f"T{number}") for number in range(4)]
            with fresh(kind, f"events_{workers}") as (url,):
                count = max(200, int(5_000 * scale)) * workers
                measured.append(events.measure(url, count, workers, crowds))
        yield from events.figures(measured, kind)


PARTS: Final[dict[str, Callable[[float], Iterator[Figure]]]] = {
    "a": ingest.part,
    "b": sockets.part,
    "c": dealing,
    "d": due.part,
    "e": digests.part,
    "f": search.part,
    "g": start.part,
    "h": day.part,
}
MEASURES: Final = (
    "a: taking in over HTTP, b: over Socket Mode, c: dealing with events, d: finding what is due, "
    "e: digests, f: search, g: start and memory, h: a day at 100 times its pace"
)


def main(
    part: Annotated[list[str], typer.Option(help=MEASURES)] = list(PARTS),  # noqa: B006
    scale: Annotated[float, typer.Option(min=0.001, help="0.1: a tenth of everything")] = 1.0,
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the JSON goes")] = WRITTEN_TO,
) -> None:
    """Measures what Baton bears on this machine."""
    logs.configure("ERROR", "console")
    unknown = sorted(set(part) - set(PARTS))
    if unknown:
        typer.echo(f"There is no part {', '.join(unknown)}; there is {', '.join(PARTS)}.", err=True)
        raise typer.Exit(2)
    about = surroundings(part, scale)
    typer.echo(f"{about['machine']}, Python {about['python']}, {about['commit']}", err=True)
    figures: list[Figure] = []
    for name in part:
        typer.echo(f"part {name} …", err=True)
        figures += PARTS[name](scale)
    for line in told(figures):
        typer.echo(line)
    found = [asdict(each) | {"ratio": each.ratio, "passes": each.passes} for each in figures]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(about | {"figures": found}, indent=2) + "\n")
    typer.echo(f"written to {out}", err=True)
    raise typer.Exit(not all(each.passes for each in figures))


def surroundings(parts: Sequence[str], scale: float) -> dict[str, Any]:
    """What the figures depend on: machine, Python, version of the code, day, and what was asked."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    machine = f"{platform.system()} {platform.machine()}, {_processor()}, {os.cpu_count()} cores"
    return {
        "machine": machine,
        "python": platform.python_version(),
        "commit": commit.stdout.strip() or "no commit",
        "at": SystemClock().now().isoformat(timespec="seconds"),
        "parts": list(parts),
        "scale": scale,
    }


def _processor() -> str:
    """What the machine calls its processor; Linux tells more than Python does."""
    told_by_linux = Path("/proc/cpuinfo")
    lines = told_by_linux.read_text().splitlines() if told_by_linux.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "a processor"


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
