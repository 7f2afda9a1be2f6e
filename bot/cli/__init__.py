"""The command line: one function per command, each a few lines over the pieces that do the work."""

import gc
import os
import re
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn, TypeVar

import typer

from bot import __version__, settings
from bot.cli import (
    agreement,
    coach,
    dead_letters,
    decisions,
    digest,
    house,
    keys,
    pagers,
    preview,
    texts,
    workspaces,
)
from bot.core import logs
from bot.core.errors import BatonError, PortTaken
from bot.core.installing import PATH
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from bot.app import Application

cli = typer.Typer(
    name="baton",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
config = typer.Typer(help="The settings.", no_args_is_help=True)
cli.add_typer(config, name="config")
cli.add_typer(dead_letters.cli, name="dead-letters")
cli.add_typer(agreement.cli, name="agreement")
cli.add_typer(coach.cli, name="coach")
cli.add_typer(decisions.cli, name="decisions")
cli.add_typer(digest.cli, name="digest")
cli.add_typer(keys.cli, name="keys")
cli.add_typer(pagers.cli, name="pagers")
cli.add_typer(preview.cli, name="preview")
cli.add_typer(workspaces.cli, name="workspaces")
prompts = typer.Typer(help="The words for the model.", no_args_is_help=True)
cli.add_typer(prompts, name="prompts")


Team = Annotated[str, typer.Option("--workspace", help="Slack's id; needed if there are several.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only count; change nothing.")]


MODEL_SETTINGS: Final = ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "BATON_MODEL")
"""How the settings begin that the demo takes from around it: with a key it asks the model."""


LOOKS_UP_SECONDS: Final = 0.2
T = TypeVar("T")


class Format(StrEnum):
    """How the manifest is written."""

    YAML = "yaml"
    JSON = "json"


def main() -> None:
    """Runs a command; what goes wrong is told in sentences, without a traceback."""
    try:
        cli()
    except SettingsError as error:
        _fail(*error.problems, code=2)
    except BatonError as error:
        _fail(str(error), code=2)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer's call
    if asked:
        typer.echo(f"baton {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version."),
]


@cli.callback()
def every_command(version: Version = False) -> None:  # noqa: FBT002
    """Keeps a distributed team's async working agreement in Slack."""


@cli.command()
def run() -> None:
    """Receive and work in one process; the database is migrated first."""
    loaded = _ready_to_receive()
    _migrate(loaded)
    _serve(loaded, receive=True, work=True)


@cli.command()
def web() -> None:
    """Receive only; workers do the rest. The database must be migrated."""
    _serve(_ready_to_receive(), receive=True, work=False)


@cli.command()
def worker() -> None:
    """Work only; `baton web` receives. The database must be migrated."""
    _serve(_ready_to_receive(), receive=False, work=True)


@cli.command()
def migrate(
    *, check: Annotated[bool, typer.Option(help="Only tell whether it is needed.")] = False
) -> None:
    """Bring the database up to this version."""
    loaded = _load()
    if not check:
        _migrate(loaded)
    from bot.core import schema  # noqa: PLC0415

    database = _database(loaded)
    schema.check(database)
    typer.echo(f"The database is up to date: {database.place}")


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write.")]) -> None:
    """Copy the database into a file, also while Baton runs."""
    from bot.cli import backups  # noqa: PLC0415

    backups.backup(_load(), file)


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="What `baton backup` wrote.")]) -> None:
    """Put a backup in the database's place, which is kept; Baton must not run."""
    from bot.cli import backups  # noqa: PLC0415

    backups.restore(_load(), file)


@cli.command()
def manifest(
    *,
    socket_mode: Annotated[
        bool, typer.Option("--socket-mode", help="For Socket Mode instead of HTTP.")
    ] = False,
    many_workspaces: Annotated[
        bool,
        typer.Option("--many-workspaces", help="Any workspace can install it; see the README."),
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="yaml or json.")] = Format.YAML,
) -> None:
    """Print the manifest to create the Slack app from."""
    from bot.app import Application  # noqa: PLC0415 - only where it is used: it takes a while

    loaded = _load()
    is_for_many = many_workspaces or loaded.installs
    if not loaded.baton_public_url and (is_for_many or not socket_mode):
        example = "warning: BATON_PUBLIC_URL is not set: an example stands in its place."
        typer.echo(example, err=True)
    made = Application(loaded).manifest(socket_mode=socket_mode, is_for_many=is_for_many)
    typer.echo(texts.as_json(made) if form is Format.JSON else texts.as_yaml(made), nl=False)


@config.command("check")
def config_check() -> None:
    """Tell whether the settings are complete and right."""
    loaded = _ready_to_receive()
    way = "Socket Mode" if loaded.socket_mode else "HTTP"
    typer.echo(f"The settings are complete. Events arrive over {way}.")
    if loaded.installs:
        typer.echo(f"Workspaces install Baton at {loaded.baton_public_url}{PATH}")


@config.command("example")
def config_example() -> None:
    """Print every setting with its meaning, as the text of `.env.example`."""
    typer.echo(settings.example(), nl=False)


@prompts.command("lock")
def prompts_lock() -> None:
    """Write the version and checksum of every prompt into `prompts/LOCK`."""
    from bot.llm.prompts import renew_lock  # noqa: PLC0415

    renew_lock()
    typer.echo("prompts/LOCK is up to date.")


@cli.command("eval-live")
def eval_live(
    cases: Annotated[
        Path, typer.Option(help="Folder of the recorded slices.", file_okay=False, exists=True)
    ] = Path("tests/recordings/digest/slices"),
) -> None:
    """Draft the recorded cases with the real model; prints drop rate, cost and latency."""
    from bot.cli.live_evaluation import evaluate  # noqa: PLC0415

    loaded = _load()
    if loaded.anthropic_api_key is None:
        raise SettingsError(["ANTHROPIC_API_KEY is not set: there is no model to evaluate."])
    for line in evaluate(loaded, loaded.anthropic_api_key.get_secret_value(), cases):
        typer.echo(line)


@cli.command()
def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False
) -> None:
    """Check settings, database, Slack and queues; exit 0 (fine), 1 (warnings) or 2 (failures)."""
    from bot.cli.doctor import examine  # noqa: PLC0415

    findings = examine()
    typer.echo(texts.findings_as_json(findings) if as_json else texts.findings(findings), nl=False)
    raise typer.Exit(max((finding.severity for finding in findings), default=0))


@cli.command()
def pause(workspace: agreement.Workspace = "") -> None:
    """Silence Baton in a workspace, but for pages; nothing held back is said later."""
    _silence(workspace, pause=True)


@cli.command()
def resume(workspace: agreement.Workspace = "") -> None:
    """Let Baton speak again in a workspace."""
    _silence(workspace, pause=False)


@cli.command()
def playground(
    port: Annotated[int, typer.Option(help="Port of its page.", min=1, max=65535)] = 8600,
) -> None:
    """Start a local Slack with Baton in it, and keep it up: nothing leaves this machine."""
    from bot.cli.local import keep_playground  # noqa: PLC0415

    try:
        keep_playground(port)
    except PortTaken:
        _fail(f"Port {port} is not free: choose another one with --port.", code=2)


@cli.command()
def demo() -> None:
    """Play one working day on a local Slack and check what everybody saw."""
    from bot.cli.local import play_demo  # noqa: PLC0415

    given = {name: os.environ[name] for name in os.environ if name.startswith(MODEL_SETTINGS)}
    if given.get("ANTHROPIC_API_KEY"):
        typer.echo("ANTHROPIC_API_KEY is set: the model words what was said in the channels.")
    raise typer.Exit(play_demo(given))


@cli.command("eval")
def eval_(
    what: Annotated[str, typer.Argument(help="What is judged, e.g. coach.")],
    source: Annotated[
        str, typer.Option("--in", metavar="FILE", help="Rows, a JSON object a line; - is stdin.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the verdicts go; else to stdout.")
    ] = None,
    json_scores: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where the scores go for machines, too.")
    ] = None,
) -> None:
    """Judge labelled chat by the rules; exit 0, 1 (bad rows) or 2 (nothing could be judged)."""
    from bot.cli.evals import evaluate  # noqa: PLC0415

    raise typer.Exit(evaluate(what, source, out, json_scores))


@cli.command()
def purge(
    *,
    workspace: Team = "",
    older_than: Annotated[
        int | None,
        typer.Option(help="Days for which texts stay, instead of the setting.", min=0),
    ] = None,
    dry_run: DryRun = False,
) -> None:
    """Delete now what is older than it may be."""
    from bot.cli import privacy  # noqa: PLC0415

    privacy.purge(workspace, older_than, dry_run=dry_run)


@cli.command()
def export(
    *,
    user: Annotated[str, typer.Option(help="Slack's id of the person, e.g. U012AB3CD.")],
    workspace: Team = "",
    out: Annotated[Path | None, typer.Option(help="A file, instead of the terminal.")] = None,
) -> None:
    """Print everything that is kept of a person, as JSON."""
    from bot.cli import privacy  # noqa: PLC0415

    _refuse_no_id(user)
    privacy.export(user, workspace, out)


@cli.command()
def erase(
    *,
    user: Annotated[str, typer.Option(help="Slack's id of the person, e.g. U012AB3CD.")] = "",
    workspace: Team = "",
    everything: Annotated[
        bool, typer.Option("--everything", help="All of the workspace, instead of a person.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Delete everything that is kept of a person, or of a whole workspace."""
    from bot.cli import privacy  # noqa: PLC0415

    if bool(user) == everything or (everything and not workspace):
        _fail("Say either --user, or --workspace with --everything.", code=2)
    if user:
        _refuse_no_id(user)
    privacy.erase(user, workspace, asks=not yes, dry_run=dry_run)


def _refuse_no_id(user: str) -> None:
    if not re.fullmatch(r"[UW][A-Z0-9]+", user):
        _fail(f"{user} is no id of a person: those look like U012AB3CD.", code=2)


def _load() -> Settings:
    loaded = settings.load()
    logs.configure(loaded.baton_log_level, loaded.baton_log_format, secrets=loaded.secrets)
    logs.adopt()
    for name in settings.unknown_names(os.environ):
        typer.echo(f"warning: {name} is not a setting of Baton's and is ignored.", err=True)
    settings.hide_from_libraries(os.environ)
    return loaded


def _silence(wanted: str, *, pause: bool) -> None:
    from bot.core import pausing  # noqa: PLC0415

    with house.opened() as bot:
        with bot.reading() as (session, _):
            found = house.workspace(session, wanted)
        with bot.begin(found.team_id, during="job") as uow:
            step = pausing.pause if pause else pausing.resume
            is_new = step(uow, by=agreement.OPERATOR)
    state = "paused" if pause else "resumed"
    typer.echo(f"{found.name} is {state}." if is_new else f"{found.name} was {state} already.")


def _ready_to_receive() -> Settings:
    loaded = _load()
    problems = loaded.problems_to_receive()
    if problems:
        raise SettingsError(problems)
    return loaded


def _database(loaded: Settings) -> Any:
    from bot.core.db import Database  # noqa: PLC0415

    return Database(loaded.database_url)


def _migrate(loaded: Settings) -> None:
    from bot.core import schema  # noqa: PLC0415

    database = _database(loaded)
    schema.migrate(database)
    database.close()


def _serve(loaded: Settings, *, receive: bool, work: bool) -> None:
    application = _assembled(loaded)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopper(application.stop))
    failure = _beside_signals(partial(application.serve, receive=receive, work=work))
    if failure:
        typer.echo(f"error: {failure}", err=True)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(1 if failure else 0)  # what was not finished in time is not waited for


def _assembled(loaded: Settings) -> "Application":
    """The application; what was made until here stays, and is never looked over for garbage."""
    gc.disable()  # looking over all that is imported, again and again, takes 0.2 s
    from bot.app import Application  # noqa: PLC0415

    application = Application(loaded)
    gc.freeze()
    gc.enable()
    return application


def _beside_signals(work: Callable[[], T]) -> T:
    """Works in another thread, so that a signal finds this one neither in a lock nor asleep.

    Python calls the handler of a signal in the main thread once it runs there: one that came just
    before it fell asleep would wait as long as it sleeps.
    """
    with ThreadPoolExecutor(1, "baton") as pool:
        working = pool.submit(work)
        while not working.done():
            wait([working], timeout=LOOKS_UP_SECONDS)
        return working.result()


def _stopper(stop: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
    """The first signal asks for a graceful stop, a second one ends at once."""
    asked = False

    def on_signal(number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            os._exit(128 + number)
        asked = True
        stop()

    return on_signal


def _fail(*sentences: str, code: int) -> NoReturn:
    for sentence in sentences:
        typer.echo(f"error: {sentence}", err=True)
    sys.exit(code)
