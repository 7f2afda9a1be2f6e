"""Looks Baton over: settings, database, Slack, queues. Each line says what to do."""

import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from bot import settings
from bot.app import Application
from bot.cli.texts import FAIL, OK, WARN, Finding
from bot.core import dead_letters, logs, schema
from bot.core.attempts import AttemptRow
from bot.core.charts import FILES
from bot.core.errors import BatonError, SlackError
from bot.core.inbox import DeliveryRow, InboxRow
from bot.core.installing import PATH
from bot.core.outbox import OutboxRow
from bot.core.queue import Queued, State
from bot.core.workspaces import Workspace
from bot.settings import Settings, SettingsError
from bot.slack.manifest import scopes

SLOW = timedelta(minutes=5)
_QUEUES: Final[Mapping[str, type[Queued]]] = {
    "inbox": InboxRow,
    "outbox": OutboxRow,
    "retries": DeliveryRow,
    "attempts": AttemptRow,
}


def examine() -> list[Finding]:
    """Everything that was looked at, in the order in which to mend it."""
    try:
        loaded = settings.load()
    except SettingsError as error:
        return [Finding("settings", FAIL, problem) for problem in error.problems]
    logs.configure("ERROR", loaded.baton_log_format, secrets=loaded.secrets)
    findings = list(_settings(loaded))
    application = Application(loaded)
    database = _database(application)
    findings += [database, *_slack(application)]
    if database.severity == OK:
        findings += _queues(application)
        findings += _features(application)
    return findings


def _settings(loaded: Settings) -> Iterator[Finding]:
    problems = loaded.problems_to_receive()
    for problem in problems:
        yield Finding("settings", FAIL, problem)
    for name in settings.unknown_names(os.environ):
        yield Finding("settings", WARN, f"{name} is unknown and ignored.", "Remove or correct it.")
    if not problems:
        yield Finding("settings", OK, "complete")
    yield Finding("model", OK, _model(loaded))
    if loaded.installs and not problems:
        yield Finding("installing", OK, _installing(loaded))


def _model(loaded: Settings) -> str:
    if not loaded.anthropic_api_key:
        return "none: every draft is the plain one"
    cap = f"${loaded.baton_model_daily_cap_usd:.2f}"
    return f"{loaded.baton_model}, at most {cap} a day and workspace"


def _installing(loaded: Settings) -> str:
    allowed = ", ".join(sorted(loaded.allowed_teams)) or "any workspace"
    return f"at {loaded.baton_public_url}{PATH}, open to {allowed}"


def _database(application: Application) -> Finding:
    database = application.bot.database
    try:
        schema.check(database)
        database.refuse_unsafe()
    except BatonError as error:
        return Finding("database", FAIL, f"{database.place}: {error}")
    return Finding("database", OK, f"{database.place}, schema up to date")


def _slack(application: Application) -> Iterator[Finding]:
    token = application.settings.slack_bot_token
    if token is None:
        if application.settings.installs:
            yield Finding("slack", OK, "not asked: tokens are tried when they are used")
        return
    try:
        workspace = application.gateway.identify(token.get_secret_value())
    except SlackError as error:
        to_do = "Check SLACK_BOT_TOKEN and that this machine reaches Slack."
        yield Finding("slack", FAIL, str(error), to_do)
        return
    yield Finding("slack", OK, f"connected to {workspace.name}")
    missing = sorted(set(scopes(application.bot)) - workspace.scopes)
    if missing:
        to_do = "Update the app from `baton manifest` and reinstall it."
        yield Finding("scopes", WARN, f"not granted: {', '.join(missing)}", to_do)
    else:
        yield Finding("scopes", OK, "all granted")
    yield Finding("pictures", OK, _pictures(application, workspace))


def _pictures(application: Application, workspace: Workspace) -> str:
    missing = []
    if not workspace.takes_files:
        missing.append(f"the optional scope {FILES}, to be granted when the app is reinstalled")
    if not application.bot.charts.can_draw:
        missing.append("the package matplotlib: `make charts` or `pip install 'baton[charts]'`")
    if missing:
        return f"none, figures are text: without {' and '.join(missing)}"
    return "figures can be had as one"


def _queues(application: Application) -> Iterator[Finding]:
    bot = application.bot
    with bot.database.reading() as session:
        for name, table in _QUEUES.items():
            yield _depth(session, name, table, late=bot.machine_clock.now() - SLOW)
        dead = len(dead_letters.every(session))
        to_do = "See `baton dead-letters list`; replay or drop each." if dead else ""
        yield Finding("dead letters", WARN if dead else OK, str(dead), to_do)
        unknown = _count(session, OutboxRow.state == State.UNKNOWN)
        to_do = "They are looked up in the channel's history; if they stay, see the log."
        yield Finding(
            "unknown sends", WARN if unknown else OK, str(unknown), to_do if unknown else ""
        )


def _features(application: Application) -> Iterator[Finding]:
    bot = application.bot
    for checked in (each for check in bot.checks for each in check(bot)):
        severity = WARN if checked.to_do else OK
        yield Finding(checked.about, severity, checked.found, checked.to_do)


def _depth(session: Session, name: str, table: type[Queued], *, late: datetime) -> Finding:
    waiting = table.state.in_([State.READY, State.LEASED])
    depth, overdue = (_count(session, waiting), _count(session, waiting, table.not_before < late))
    if overdue:
        found = f"{depth} waiting, {overdue} of them for more than 5 minutes"
        return Finding(name, WARN, found, "Is a `baton run` or `baton worker` running?")
    return Finding(name, OK, f"{depth} waiting")


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(*where)) or 0
