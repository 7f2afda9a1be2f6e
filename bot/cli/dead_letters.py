"""`baton dead-letters`: what was given up."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot import settings
from bot.core.clock import SystemClock

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

cli = typer.Typer(help="Events and messages that were given up.", no_args_is_help=True)

Wanted = Annotated[str, typer.Argument(help="Its id, or how the id begins.", metavar="ID")]


@cli.command("list")
def list_() -> None:
    """List them, the oldest first."""
    from bot.core import dead_letters  # noqa: PLC0415 - only where it is used: it takes a while

    with _session() as session:
        letters = dead_letters.every(session)
    for letter in letters:
        typer.echo(f"{letter.id}  {letter.queue:<10}  {letter.what}  ({letter.error})")
    if not letters:
        typer.echo("There are none.")


@cli.command()
def show(wanted: Wanted) -> None:
    """Show one with its content."""
    from bot.core import dead_letters  # noqa: PLC0415

    with _session() as session:
        letter = dead_letters.show(session, wanted)
    for name in ("id", "team_id", "queue", "what", "attempts", "error", "content"):
        typer.echo(f"{name}: {getattr(letter, name)}")


@cli.command()
def replay(wanted: Wanted) -> None:
    """Try one again."""
    from bot.core import dead_letters  # noqa: PLC0415

    with _session() as session:
        letter = dead_letters.replay(session, wanted, now=SystemClock().now())
    typer.echo(f"Trying again: {letter.what}")


@cli.command()
def drop(wanted: Wanted) -> None:
    """Give one up for good and delete its content."""
    from bot.core import dead_letters  # noqa: PLC0415

    with _session() as session:
        letter = dead_letters.drop(session, wanted)
    typer.echo(f"Dropped: {letter.what}")


@contextmanager
def _session() -> Iterator["Session"]:
    from bot.core import schema  # noqa: PLC0415
    from bot.core.db import Database  # noqa: PLC0415

    database = Database(settings.load().database_url)
    schema.check(database)
    with database.transaction() as session:
        yield session
    database.close()
