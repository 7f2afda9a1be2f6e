"""`baton decisions`: the decision registry, for whoever runs Baton."""

from typing import Annotated

import typer

from bot.cli import house
from bot.core.errors import BatonError

cli = typer.Typer(help="The decision registry.", no_args_is_help=True)


class NotThere(BatonError):
    """No feature does this: is the decision registry taken out?"""


@cli.callback()
def every_command() -> None:
    """The decision registry."""


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
    workspace: Annotated[
        str, typer.Option("--workspace", help="Slack's id; needed if there are several.")
    ] = "",
) -> None:
    """Tell what stands in the systems of record (git, Notion, Confluence), and what does not."""
    name = "decisions record again" if again else "decisions record"
    with house.opened() as bot:
        operation = bot.operations.get(name)
        if operation is None:
            raise NotThere
        with bot.database.reading() as session:
            team_id = house.workspace(session, workspace).team_id
        typer.echo(bot.perform(team_id, operation, during="job"))
