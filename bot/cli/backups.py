"""`baton backup` and `baton restore`: the database in a file of its own, and back."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer
from sqlalchemy import make_url

from bot.core import backups
from bot.core.clock import SystemClock

if TYPE_CHECKING:
    from bot.settings import Settings

TENTHS: Final = 10
DUMP: Final = "(umask 077 && pg_dump --format=custom --file={file} --dbname={address})"
LOAD: Final = (
    "(umask 077; trap {clear} EXIT; pg_restore --no-owner --file={sql} {file} && "
    "psql --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --single-transaction "
    "--dbname={address} --command='DROP SCHEMA public CASCADE' --command='CREATE SCHEMA public' "
    "--file={sql})"
)
"""All or nothing; `pg_restore --clean` would leave the tables of a newer version."""

KEYS: Final = (
    "Addresses and tokens in it open only with BATON_ENCRYPTION_KEYS: keep those keys, too, but "
    "somewhere else."
)


def backup(loaded: "Settings", file: Path) -> None:
    """Copies the database, also while Baton runs. Raises BatonError."""
    made = backups.save(_database(loaded, DUMP, file), file, _teller("copied"))
    size = f"{made.size / 1e6:.1f} MB"
    typer.echo(f"Written to {file}: {size}, revision {made.revision}, and it is whole.")
    if loaded.encryption_keys:
        typer.echo(KEYS)


def restore(loaded: "Settings", file: Path) -> None:
    """Puts a copy in the database's place, which is kept. Raises BatonError."""
    database = _database(loaded, LOAD, file)
    had = database.exists()
    stamp = SystemClock().now().strftime("%Y%m%dT%H%M%SZ")
    aside = database.with_name(f"{database.name}.before-{stamp}")
    made = backups.restore(file, database, aside=aside, told=_teller("copied"))
    into = f"{database.absolute()}{'' if had else ', which is new'}"
    typer.echo(f"Restored from {file} into {into}: revision {made.revision}.")
    if had:
        typer.echo(f"What was there is kept as {aside}.")
    typer.echo("Now `baton migrate` brings it up to date and `baton doctor` looks it over.")


def _database(loaded: "Settings", instead: str, file: Path) -> Path:
    """The file of the database; with PostgreSQL, says what to type `instead` and ends."""
    url = make_url(loaded.database_url)
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "")
    plain = url._replace(drivername="postgresql", password=None)  # `set` would leave the password
    address = shlex.quote(plain.render_as_string(hide_password=False))
    sql = shlex.quote(f"{file}.sql")
    clear = shlex.quote(f"rm -f {sql}")
    command = instead.format(file=shlex.quote(str(file)), sql=sql, clear=clear, address=address)
    typer.echo(f"error: PostgreSQL has a command of its own for this:\n{command}", err=True)
    raise typer.Exit(2)


def _teller(done: str) -> Callable[[int, int], None]:
    """Tells each tenth, of what takes more than a moment."""
    told = 0

    def tell(pages: int, of: int) -> None:
        nonlocal told
        tenth = pages * TENTHS // of if of else TENTHS
        if told < tenth < TENTHS:
            told = tenth
            typer.echo(f"{tenth * TENTHS} % {done}", err=True)

    return tell
