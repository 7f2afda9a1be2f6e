"""`make bench`: measures all parts, or those that are named, one after the other.

The table goes to standard error, the same as JSON to standard output; 1 is returned where a bar is
missed.
"""

import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.core import logs
from tests.load.bench import events
from tests.load.bench.figures import Figure, told
from tests.load.traffic import Crowd
from tests.support.databases import new_postgres_database, postgres_server

WORKERS: Final = (1, 2, 4)
DATABASES: Final = ("sqlite", "postgresql")


@contextmanager
def fresh(kind: str, name: str) -> Iterator[str]:
    """The address of an empty database of that kind."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="baton-bench-") as folder:
            yield f"sqlite:///{Path(folder) / f'{name}.db'}"
        return
    with postgres_server() as server_url:
        yield new_postgres_database(server_url, f"baton_bench_{name}")


def dealing(scale: float) -> Iterator[Figure]:
    """(c) From the inbox through the features into the outbox; SQLite has one writer."""
    for kind in DATABASES:
        measured = []
        for workers in WORKERS if kind == "postgresql" else WORKERS[:1]:
            crowds = [Crowd.of(f"T{number}") for number in range(4)]
            with fresh(kind, f"events_{workers}") as url:
                count = max(200, int(5_000 * scale)) * workers
                measured.append(events.measure(url, count, workers, crowds))
        yield from events.figures(measured, kind)


PARTS: Final[Mapping[str, Callable[[float], Iterator[Figure]]]] = {"c": dealing}


def main(
    part: Annotated[list[str], typer.Option(help="c: dealing with events")] = list(PARTS),  # noqa: B006
    scale: Annotated[float, typer.Option(min=0.001, help="0.1: a tenth of the events")] = 1.0,
) -> None:
    """Measures what Baton bears on this machine."""
    logs.configure("ERROR", "console")
    unknown = sorted(set(part) - set(PARTS))
    if unknown:
        typer.echo(f"There is no part {', '.join(unknown)}; there is {', '.join(PARTS)}.", err=True)
        raise typer.Exit(2)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    typer.echo(f"{machine}, Python {platform.python_version()}", err=True)
    figures: list[Figure] = []
    for name in part:
        typer.echo(f"part {name} …", err=True)
        figures += PARTS[name](scale)
    for line in told(figures):
        typer.echo(line, err=True)
    found = [asdict(each) | {"ratio": each.ratio, "passes": each.passes} for each in figures]
    typer.echo(json.dumps({"machine": machine, "figures": found}, indent=2))
    raise typer.Exit(not all(each.passes for each in figures))


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
