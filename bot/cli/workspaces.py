"""`baton workspaces`: where Baton is installed."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import house, tables, texts
from bot.core.errors import BatonError

if TYPE_CHECKING:  # the rest is imported only where it is used: it takes a while
    from sqlalchemy.orm import Session

    from bot.core.standing import Standing

cli = typer.Typer(help="Where Baton is installed.", no_args_is_help=True)


class NothingInstalled(BatonError):
    """Baton is not installed there: see `baton workspaces list`."""


class ThereByTheSettings(BatonError):
    """Baton is there by SLACK_BOT_TOKEN: stop it, then see `baton erase --everything`."""


class ThereByAnOrganisation(BatonError):
    """Its organisation installed Baton: end that, or have an admin take Baton out there."""


@cli.command("list")
def list_(
    *, as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False
) -> None:
    """List them: since when, how they stand, and which optional scopes they lack."""
    from bot.core import standing  # noqa: PLC0415

    with house.opened() as bot, bot.database.reading() as session:
        found = standing.every(session, bot)
    if as_json:
        told = [asdict(each) | {"since": each.since.isoformat()} for each in found]
        typer.echo(texts.as_json(told), nl=False)
        return
    for line in tables.listed([_cells(each) for each in found]):
        typer.echo(line)
    if not found:
        typer.echo("There are none yet.")


@cli.command()
def end(
    team_id: Annotated[str, typer.Argument(help="A workspace or organisation.", metavar="ID")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Stop working there for good, throw the token away, and delete what is kept of it."""
    from bot.core import endings  # noqa: PLC0415
    from bot.core.installations import Ending  # noqa: PLC0415

    with house.opened() as bot:
        with bot.database.reading() as session:
            _refuse_without_installation(session, team_id)
        if not yes and not typer.confirm(f"Stop in {team_id} and delete all that is kept of it?"):
            typer.echo("Nothing was changed.", err=True)
            raise typer.Exit(1)
        now, delay = bot.clock.now(), bot.house.erases_after
        with bot.database.transaction() as session:
            is_over = endings.end(
                session, team_id, Ending.OPERATOR, now=now, delay=delay
            ) or endings.end_without_token(session, team_id, now=now, delay=delay)
        if not is_over:
            raise NothingInstalled(f"({team_id})")
    hours = delay.total_seconds() / 3600
    when = f"in {hours:g} hours" if hours else "by the next worker"
    typer.echo(f"It is over. What is kept is deleted {when}. Slack lists the app until it is taken")
    typer.echo("out there, too: Manage apps, Baton, Remove app.")


def _cells(each: "Standing") -> tuple[str, ...]:
    by = f"{each.installation} #{each.generation}" if each.installation else "SLACK_BOT_TOKEN"
    lacks = f"without {', '.join(each.missing)}" if each.missing else "with everything"
    return each.team_id, each.name or "-", f"since {each.since:%Y-%m-%d}", by, each.state, lacks


def _refuse_without_installation(session: "Session", team_id: str) -> None:
    from sqlalchemy import select  # noqa: PLC0415

    from bot.core import installations, workspaces  # noqa: PLC0415
    from bot.core.workspaces import WorkspaceRow  # noqa: PLC0415

    if installations.find(session, team_id) is not None:
        return
    there = workspaces.find(session, team_id)
    if there is None:
        house.refuse_over(session, team_id)
        raise NothingInstalled(f"({team_id})")
    if there.installation:
        raise ThereByAnOrganisation(f"({there.installation})")
    parked_at = select(WorkspaceRow.parked_at).where(WorkspaceRow.team_id == team_id)
    if session.scalar(parked_at) is None:
        raise ThereByTheSettings(f"({team_id})")
