"""`baton digest`: the digests, for whoever runs Baton."""

from typing import Annotated

import typer

from bot.cli import house

cli = typer.Typer(help="The digests.", no_args_is_help=True)


@cli.callback()
def every_command() -> None:
    """The digests."""


@cli.command()
def quality(
    workspace: Annotated[str, typer.Option(help="Id of the workspace, if there are several.")] = "",
) -> None:
    """Tell how many digests of each prompt and version people found of use.

    Of fewer than five people nothing is told.
    """
    typer.echo(house.operate("digest quality", workspace))
