"""`baton purge`, `export` and `erase`: what is kept of people, for whoever runs Baton."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from sys import maxsize
from typing import NoReturn

import typer

from bot.cli import files, house, texts
from bot.core import endings, keeping, retention, workspaces
from bot.core.bot import Bot
from bot.core.unit_of_work import UnitOfWork


class _OnlyCounted(Exception):
    """Takes everything back."""


def purge(workspace: str, days: int | None, *, dry_run: bool) -> None:
    """Deletes what is too old; `days` instead of what the workspace has set."""
    with _swept() as bot:
        counts: dict[str, int] = {}
        with _work(bot, workspace, dry_run=dry_run) as uow:
            for kept in bot.kept:
                counts[kept.name] = retention.purge_one(uow, kept, days)
        _tell("deleted", {name: count for name, count in counts.items() if count}, dry_run=dry_run)


def export(user_id: str, workspace: str, out: Path | None) -> None:
    """Prints or writes what is kept of somebody."""
    with _swept() as bot:
        with _work(bot, workspace, dry_run=True) as uow:
            text = texts.as_json(keeping.exported(uow, bot.kept, user_id))
        if out is None:
            typer.echo(text, nl=False)
            return
        with files.whole(out) as file:
            file.write(text)
        typer.echo(f"Written to {out}.", err=True)


def erase(user_id: str, workspace: str, *, asks: bool, dry_run: bool) -> None:
    """Erases a person, or without one the whole workspace."""
    with _swept() as bot:
        with bot.reading() as (session, _):
            is_over = not user_id and workspaces.over_until(session, workspace) is not None
            team_id = workspace if is_over else house.workspace(session, workspace).team_id
        whose = f"{user_id} in workspace {team_id}" if user_id else f"workspace {team_id}"
        if asks and not dry_run and not typer.confirm(f"Erase everything of {whose}?"):
            _refuse("Nothing was erased.", code=1)
        if is_over:
            counts = _kept(bot, team_id) if dry_run else endings.erase_now(bot, team_id)
        else:
            with _work(bot, team_id, dry_run=dry_run) as uow:
                counts = _erased(uow, bot, user_id)
        _tell(f"erased of {whose}", counts, dry_run=dry_run)


def _kept(bot: Bot, team_id: str) -> Mapping[str, int]:
    """How much is kept of a workspace that is over."""
    counts: dict[str, int] = {}
    with suppress(_OnlyCounted), bot.database.transaction() as session:
        counts = keeping.erase_portion(session, team_id, bot.kept, most=maxsize)
        raise _OnlyCounted
    return counts


def _erased(uow: UnitOfWork, bot: Bot, user_id: str) -> Mapping[str, int]:
    if not user_id:
        return keeping.erase_workspace(uow, bot.kept)
    for sentence in keeping.warnings(uow, bot.kept, user_id):
        typer.echo(f"warning: {sentence}", err=True)
    return keeping.erase(uow, bot.kept, user_id)


@contextmanager
def _swept() -> Iterator[Bot]:
    """The house; what was deleted in it is gone from the file, too."""
    with house.opened() as bot:
        yield bot
        bot.database.sweep()


@contextmanager
def _work(bot: Bot, workspace: str, *, dry_run: bool) -> Iterator[UnitOfWork]:
    with bot.reading() as (session, _):
        team_id = house.workspace(session, workspace).team_id
    try:
        with bot.begin(team_id, during="job") as uow:
            yield uow
            if dry_run:
                raise _OnlyCounted
    except _OnlyCounted:
        return


def _tell(done: str, counts: Mapping[str, int], *, dry_run: bool) -> None:
    prefix = "Would be " if dry_run else ""
    typer.echo(
        f"{prefix}{done if dry_run else done[0].upper() + done[1:]}: {keeping.counted(counts)}."
    )


def _refuse(sentence: str, *, code: int = 2) -> NoReturn:
    typer.echo(f"error: {sentence}", err=True)
    raise typer.Exit(code)
