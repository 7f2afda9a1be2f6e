"""`baton preview`: what would be sent now, for whoever runs Baton. Nothing is sent."""

from typing import Annotated

import typer

cli = typer.Typer(help="What would be sent now; nothing is sent.", no_args_is_help=True)

Workspace = Annotated[str, typer.Option(help="Id of the workspace, if there are several.")]


@cli.command()
def digest(
    user: Annotated[str, typer.Option(help="The person's name, or id.")], workspace: Workspace = ""
) -> None:
    """Print the digest that somebody would get now."""
    from bot.cli import previews  # noqa: PLC0415 - only where it is used: it takes a while

    previews.show("digest", user, workspace)


@cli.command("channel-digest")
def channel_digest(
    channel: Annotated[str, typer.Option(help="The channel's name, or id.")],
    workspace: Workspace = "",
) -> None:
    """Print the digest that a channel would get now; as a daily one, if it gets none."""
    from bot.cli import previews  # noqa: PLC0415

    previews.show("channel digest", channel, workspace)
