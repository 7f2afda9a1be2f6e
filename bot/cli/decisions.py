"""`baton decisions`: the decision registry, for whoever runs Baton."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import house

cli = typer.Typer(help="The decision registry.", no_args_is_help=True)

Workspace = Annotated[str, typer.Option(help="Id of the workspace, if there are several.")]
Form = Annotated[
    str, typer.Option("--format", help="madr (a markdown file for each), json or csv.")
]
Folder = Annotated[Path, typer.Argument(metavar="DIR")]


@cli.command("export")
def export(
    folder: Folder,
    form: Form = "madr",
    workspace: Workspace = "",
    *,
    public_only: Annotated[
        bool, typer.Option("--public", help="Only what was decided in public channels.")
    ] = False,
) -> None:
    """Write every decision into a folder; what stands there under the same names is replaced.

    json holds everything that is known of them, madr nearly all of it, csv the newest
    versions without their history.
    """
    from bot.cli import exchanges  # noqa: PLC0415 - only where it is used: it takes a while

    exchanges.export("decisions", folder, form, workspace, public_only=public_only)


@cli.command("import")
def import_(
    folder: Folder,
    form: Form = "madr",
    workspace: Workspace = "",
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would be.")] = False,
) -> None:
    """Add the decisions of a folder under their own numbers: all of them, or none.

    What is there just so already is left alone, so it can be done twice.
    """
    from bot.cli import exchanges  # noqa: PLC0415

    exchanges.take_in("decisions", folder, form, workspace, dry_run=dry_run)


@cli.command()
def record(
    *,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Write what is missing there, too: decisions made before, and those given up.",
        ),
    ] = False,
    workspace: Workspace = "",
) -> None:
    """Tell what stands in the systems of record (git, Notion, Confluence), and what does not."""
    name = "decisions record again" if again else "decisions record"
    typer.echo(house.operate(name, workspace))
