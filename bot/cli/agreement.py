"""`baton agreement`: the working agreement as a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import files, house
from bot.core.errors import BatonError

cli = typer.Typer(help="The working agreement, as a file.", no_args_is_help=True)

Workspace = Annotated[str, typer.Option(help="Id of the workspace, if there are several.")]
OPERATOR = "operator"


class UnreadableFile(BatonError):
    """The file cannot be read."""


@cli.command("export")
def export(
    file: Annotated[Path | None, typer.Argument(help="Where to; comments in it are kept.")] = None,
    workspace: Workspace = "",
) -> None:
    """Write the agreement as YAML, to a file or to the screen."""
    from bot.core.agreement import document  # noqa: PLC0415 - only where it is used: it takes a while

    existing = _text(file) if file and file.exists() else ""
    with house.opened() as bot, bot.reading() as (session, _):
        team_id = house.workspace(session, workspace).team_id
        text = document.export(session, team_id, bot.agreement, existing)
    if file is None:
        typer.echo(text, nl=False)
        return
    with files.whole(file) as written:
        written.write(text)
    typer.echo(f"Written to {file}.")


@cli.command("check")
def check(file: Path, workspace: Workspace = "") -> None:
    """Tell what a file would change, without changing anything; exit 1 if something is wrong."""
    with house.opened() as bot, bot.reading() as (session, _):
        team_id = house.workspace(session, workspace).team_id
        with _read(bot, session, team_id, file) as changes:
            _tell(_different(session, team_id, changes), "would change")


@cli.command("import")
def import_(
    file: Path,
    workspace: Workspace = "",
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be.")] = False,
) -> None:
    """Change the agreement to what a file says: all of it, or nothing if something is wrong."""
    if dry_run:
        check(file, workspace)
        return
    with house.opened() as bot:
        with bot.reading() as (session, _):
            team_id = house.workspace(session, workspace).team_id
        with (
            bot.begin(team_id, during="job") as uow,
            _read(bot, uow.session, team_id, file) as changes,
        ):
            _tell(bot.change_settings(uow, changes, by=OPERATOR), "changed")


@contextmanager
def _read(bot: Any, session: Any, team_id: str, file: Path) -> Iterator[list[Any]]:
    from bot.core.agreement import document  # noqa: PLC0415

    read = document.read(session, team_id, bot.agreement, _text(file))
    if read.problems:
        for problem in read.problems:
            typer.echo(f"{file}, {problem}", err=True)
        typer.echo("Nothing was changed.", err=True)
        raise typer.Exit(1)
    yield list(read.changes)


def _different(session: Any, team_id: str, changes: list[Any]) -> list[Any]:
    from bot.core.agreement.changing import different  # noqa: PLC0415

    return different(session, team_id, changes)


def _tell(changes: list[Any], verb: str) -> None:
    for each in changes:
        before, after = (_word(each.setting, said) for said in (each.before, each.after))
        typer.echo(f"{each.scope} {each.setting.key}: {before} → {after}")
    count = len(changes)
    settings = "setting" if count == 1 else "settings"
    typer.echo(f"{count} {settings} {verb}." if count else "Nothing is different.")


def _word(setting: Any, said: Any) -> str:
    from bot.core.agreement.kinds import readable  # noqa: PLC0415

    return "default" if said is None else readable(setting, said)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not text in UTF-8"
        raise UnreadableFile(f"({why}: {file})") from None
