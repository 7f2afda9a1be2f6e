"""`baton keys`: the keys for what stands encrypted in the database."""

import sys

import typer

from bot.cli import house

cli = typer.Typer(help="The keys for addresses and secrets.", no_args_is_help=True)


@cli.command()
def new() -> None:
    """Print a new key for BATON_ENCRYPTION_KEYS; SECURITY.md says where among older ones."""
    from bot.core.encryption import new_key  # noqa: PLC0415

    typer.echo(new_key())


@cli.command()
def rotate() -> None:
    """Encrypt everything anew by the first key; then the older ones can go."""
    from bot.core import encrypted  # noqa: PLC0415

    with house.opened() as bot:
        keyring = bot.house.keyring
        if not keyring:
            typer.echo(
                "error: BATON_ENCRYPTION_KEYS is empty: `baton keys new` makes a key.", err=True
            )
            sys.exit(2)
        done = encrypted.Rotated()
        for done in encrypted.rotate(bot.database, keyring):
            typer.echo(f"{done.renewed} encrypted anew so far", err=True)
    typer.echo(f"Encrypted anew by {keyring.newest}: {done.renewed}.")
    if done.unreadable:
        typer.echo(
            f"error: None of the keys opens {done.unreadable} more: put the older key back, "
            "behind the newest one.",
            err=True,
        )
        sys.exit(1)
    others = [each for each in keyring.keys if each != keyring.newest]
    if others:
        typer.echo(
            f"If {keyring.newest} is your new key, you can take {', '.join(others)} out of "
            "BATON_ENCRYPTION_KEYS now. If not, put the new key first, restart every process, and "
            "do this again."
        )
