"""A feature's records as files in a folder, and in again."""

from pathlib import Path
from typing import Final

import typer

from bot.cli import files, house
from bot.core.bot import Bot
from bot.core.errors import BatonError, FileUnreadable, FileUnwritable
from bot.core.exchanges import Exchange, File, Taken

MOST_SHOWN: Final = 20


class UnknownFormat(BatonError):
    """There is no such format."""


class NothingThere(BatonError):
    """There is nothing to import there."""


class _Undo(Exception):
    """Nothing of it shall count."""


def export(what: str, folder: Path, form: str, workspace: str, *, public_only: bool) -> None:
    """Writes every record into a folder. Raises BatonError."""
    with house.opened() as bot:
        exchange, team_id = _exchange(bot, what, form), _team(bot, workspace)
        _make(folder)
        written = 0
        with bot.begin(team_id, during="job") as uow:
            for each in exchange.take_out(uow, form, public_only=public_only):
                with files.whole(folder / each.name) as file:
                    file.write(each.text)
                written += 1
    typer.echo(f"{_count(written, 'file')} written to {folder}.")


def take_in(what: str, folder: Path, form: str, workspace: str, *, dry_run: bool) -> None:
    """Adds what a folder holds, all of it or nothing. Raises BatonError, and Exit with 1."""
    with house.opened() as bot:
        exchange, team_id = _exchange(bot, what, form), _team(bot, workspace)
        found = _read(exchange, form, folder)
        taken = _taken(bot, team_id, exchange, form, found, dry_run=dry_run)
    for problem in taken.problems[:MOST_SHOWN]:
        typer.echo(problem, err=True)
    if taken.problems:
        more = len(taken.problems) - MOST_SHOWN
        typer.echo(f"… and {more} more." if more > 0 else "", err=True, nl=more > 0)
        typer.echo("Nothing was imported.", err=True)
        raise typer.Exit(1)
    verb = "would be imported" if dry_run else "imported"
    typer.echo(f"{_count(taken.new, what.rstrip('s'))} {verb}, {taken.same} there already.")
    for note in taken.notes:
        typer.echo(note)


def _taken(
    bot: Bot, team_id: str, exchange: Exchange, form: str, found: list[File], *, dry_run: bool
) -> Taken:
    taken = Taken()
    try:
        with bot.begin(team_id, during="job") as uow:
            taken = exchange.take_in(uow, form, found)
            if dry_run or taken.problems:
                raise _Undo
    except _Undo:
        pass
    return taken


def _read(exchange: Exchange, form: str, folder: Path) -> list[File]:
    if not folder.is_dir():
        raise NothingThere(f"({folder}: no such folder)")
    paths = sorted(path for path in folder.iterdir() if exchange.is_ours(form, path.name))
    if not paths:
        raise NothingThere(f"({folder}: no files of the format {form})")
    return [File(path.name, _text(path)) for path in paths]


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise FileUnreadable(f"({path}: {why})") from None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileUnwritable(f"({folder}: {error.strerror})") from None


def _exchange(bot: Bot, what: str, form: str) -> Exchange:
    exchange = bot.exchanges.get(what)
    formats = list(exchange.formats) if exchange else []
    if exchange is None or form not in formats:
        raise UnknownFormat(f"({form}: use one of {', '.join(formats)})")
    return exchange


def _team(bot: Bot, workspace: str) -> str:
    with bot.reading() as (session, _):
        return house.workspace(session, workspace).team_id


def _count(number: int, what: str) -> str:
    return f"1 {what}" if number == 1 else f"{number} {what}s"
