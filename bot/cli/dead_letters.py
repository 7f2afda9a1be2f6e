"""`baton dead-letters`: what was given up."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot import settings
from bot.core import dead_letters, schema
from bot.core.clock import SystemClock
from bot.core.db import Database

cli = typer.Typer(help="Events and messages that were given up.", no_args_is_help=True)

Wanted = Annotated[str, typer.Argument(help="Its id, or how the id begins.", metavar="ID")]


@cli.command("list")
def list_() -> None:
    """List them, the oldest first."""
    with _session() as session:
        letters = dead_letters.every(session)
    for letter in letters:
        typer.echo(f"{letter.id}  {letter.queue:<10}  {letter.what}  ({letter.error})")
    if not letters:
        typer.echo("There are none.")


@cli.command()
def show(wanted: Wanted) -> None:
    """Show one with its content."""
    with _session() as session:
        letter = dead_letters.show(session, wanted)
    for name in ("id", "team_id", "queue", "what", "attempts", "error", "content"):
        typer.echo(f"{name}: {getattr(letter, name)}")


@cli.command()
def replay(wanted: Wanted) -> None:
    """Try one again."""
    with _session() as session:
        letter = dead_letters.replay(session, wanted, now=SystemClock().now())
    typer.echo(f"Trying again: {letter.what}")


@cli.command()
def drop(wanted: Wanted) -> None:
    """Give one up for good and delete its content."""
    with _session() as session:
        letter = dead_letters.drop(session, wanted)
    typer.echo(f"Dropped: {letter.what}")


@contextmanager
def _session() -> Iterator[Session]:
    database = Database(settings.load().database_url)
    schema.check(database)
    with database.transaction() as session:
        yield session
    database.close()
