"""`baton coach`: what the coach would say, for whoever runs Baton."""

import sys
from typing import Annotated

import typer

cli = typer.Typer(help="The coach.", no_args_is_help=True)


@cli.callback()
def every_command() -> None:
    """The coach."""


@cli.command()
def replay(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An export of Slack (zip), or a line of JSON for each message with channel, user, "
            "ts and text (thread_ts if it replies); - is stdin.",
        ),
    ] = "",
    *,
    stored: Annotated[
        bool, typer.Option("--stored", help="The messages in the database, instead of a file.")
    ] = False,
    workspace: Annotated[
        str, typer.Option("--workspace", help="With --stored: Slack's id, if there are several.")
    ] = "",
    channel: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this channel; may be repeated.")
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Only this, e.g. naked_hello; may be repeated."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Tell which hints there would have been; exit 0, 1 (bad rows) or 2 (nothing was looked at).

    Nothing is sent and nothing is stored.
    """
    from bot.cli import replays  # noqa: PLC0415 - only where it is used: it takes a while

    if bool(source) == stored:
        typer.echo("error: Say either a file or --stored.", err=True)
        sys.exit(2)
    wanted = replays.Wanted(rule or (), channel or (), as_json)
    raise typer.Exit(
        replays.replay_stored("coach", workspace, wanted)
        if stored
        else replays.replay_file("coach", source, wanted)
    )
