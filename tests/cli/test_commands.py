"""The command line: what it prints, what it says when something is wrong, how it ends."""

import json
import re
import signal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from alembic import command as alembic
from alembic.config import Config
from ruamel.yaml import YAML

from bot import __version__, settings
from bot.app import Application
from bot.cli.doctor import _pictures
from bot.core import message_store, workspaces
from bot.core.charts import FILES, NoCharts
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.events import ChannelKind, MessagePosted
from bot.core.inbox import Envelope, InboxRow, accept
from bot.core.queue import State
from bot.core.workspaces import Workspace
from bot.playground.client import LocalSlackClient
from bot.playground.process import AppProcess
from bot.playground.server import LocalSlackServer
from bot.settings import Settings
from tests.support.messages_api import KEY, MessagesApi, lines
from tests.support.shell import ROOT, Shell, Told
from tests.support.town import TUESDAY

SCHEMA = json.loads((ROOT / "tests/slack_spec/manifest.schema.json").read_text())
CASES = ROOT / "tests/recordings/digest/slices"
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def test_the_version_is_told(baton: Shell) -> None:
    assert f"baton {__version__}\n" == baton("--version").stdout


def test_without_a_command_there_is_help(baton: Shell) -> None:
    told = baton()
    for command in ("run", "web", "worker", "migrate", "manifest", "doctor", "demo", "playground"):
        assert command in told.stdout + told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("flags", [[], ["--socket-mode"]])
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_manifest_is_one_that_slack_takes(flags: list[str], form: str, baton: Shell) -> None:
    printed = baton("manifest", *flags, "--format", form).stdout
    made: Any = json.loads(printed) if form == "json" else YAML(typ="safe").load(printed)
    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(made)) == []


@pytest.mark.parametrize("command", [["run"], ["web"], ["worker"], ["config", "check"]])
def test_missing_settings_are_a_sentence_each_and_exit_two(
    command: list[str], baton: Shell
) -> None:
    told = baton(*command)
    assert told.returncode == 2
    lines = told.stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("error: ") and line.endswith(".") for line in lines)
    assert "Traceback" not in told.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "x", "PORT"),
        ("PORT", "99999", "PORT"),
        ("DATABASE_URL", "mysql://x", "sqlite:/// or postgres://"),
        ("DATABASE_URL", "postgres://u:canary@h:notaport/x", "DATABASE_URL must be an address"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL must name a file"),
        ("DATABASE_URL", "sqlite:///", "DATABASE_URL must name a file"),
        ("DATABASE_URL", "sqlite:///:memory:", "DATABASE_URL must name a file"),
        ("DATABASE_URL", "sqlite://host/x.db", "DATABASE_URL must name a file"),
        ("BATON_LOG_LEVEL", "LOUD", "BATON_LOG_LEVEL"),
        ("BATON_TIME_ZONE", "Mars/Olympus", "Europe/Berlin"),
        ("BATON_TIME_ZONE", "../../etc/passwd", "Europe/Berlin"),
        ("BATON_COMMAND_PREFIX", "A b", "BATON_COMMAND_PREFIX"),
        ("SLACK_API_URL", "http://slack.example/api/", "https://"),
        ("SLACK_API_URL", "ftp://slack.com", "https://"),
        ("SLACK_API_URL", "https://[x", "SLACK_API_URL: invalid IPv6"),
        ("BATON_PUBLIC_URL", "http://baton.example", "https://"),
        ("BATON_CLOCK_URL", "http://127.0.0.1:1/clock", "local Slack only"),
        ("BATON_CLOCK_URL", "http://clock.example/", "loopback"),
        ("BATON_CRASH_AT", "inbox.after_commit", "local Slack only"),
        ("SLACK_BOT_TOKEN", "xoxp-1", "must start with xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxe.xoxb-1", "one that ends after some hours"),
        ("SLACK_APP_TOKEN", "xoxb-1", "must start with xapp-"),
        ("BATON_SECRETS_DIR", "/nowhere", "not a folder"),
    ],
)
def test_a_wrong_setting_is_one_sentence(name: str, value: str, said: str, baton: Shell) -> None:
    told = baton("config", "check", **{**TOKENS, name: value})
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1), told.stderr
    assert said in told.stderr
    assert "canary" not in told.stderr


def test_secrets_are_never_printed(baton: Shell) -> None:
    told = baton("config", "check", SLACK_BOT_TOKEN="xoxp-canary", SLACK_APP_TOKEN="canary")
    assert "canary" not in told.stdout + told.stderr


def test_secrets_come_from_files_too(baton: Shell) -> None:
    secrets = baton.folder / "secrets"
    secrets.mkdir()
    for name, value in TOKENS.items():
        (secrets / name.lower()).write_text(value + "\n")
    complete = "The settings are complete. Events arrive over Socket Mode.\n"
    for name in ("BATON_SECRETS_DIR", "CREDENTIALS_DIRECTORY"):
        assert baton("config", "check", **{name: str(secrets)}).stdout == complete
    (baton.folder / ".env").write_text("BATON_SECRETS_DIR=secrets\n")
    assert baton("config", "check").stdout == complete
    (baton.folder / ".env").write_text("BATON_SECRETS_DIR=nowhere\n")
    assert "nowhere, which is not a folder" in baton("config", "check").stderr


def test_settings_come_from_a_file_too(baton: Shell) -> None:
    (baton.folder / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nSLACK_SIGNING_SECRET=s\nBATON_X=1")
    told = baton("config", "check")
    assert "Events arrive over HTTP." in told.stdout
    assert "BATON_X is not a setting" in told.stderr


def test_an_unknown_name_is_warned_about(baton: Shell) -> None:
    told = baton("config", "check", **TOKENS, BATON_TYPO="1")
    assert told.returncode == 0
    assert "BATON_TYPO is not a setting of Baton's and is ignored." in told.stderr


def test_libraries_find_nothing_in_the_environment() -> None:
    environment = {
        "SLACK_CLIENT_ID": "1",
        "SLACK_BOT_TOKEN": "2",
        "ANTHROPIC_API_KEY": "3",
        "A": "",
    }
    settings.hide_from_libraries(environment)
    assert environment == {"A": ""}


def test_the_example_of_settings_is_the_one_in_the_repository(baton: Shell) -> None:
    assert (ROOT / ".env.example").read_text() == baton("config", "example").stdout


def _with_a_workspace(house: Shell, text: str) -> Path:
    """A database in which somebody wrote something long ago."""
    file = house.folder / "baton.db"
    database = Database(f"sqlite:///{file}")
    posted = MessagePosted(
        team_id="T1",
        channel_id="C1",
        kind=ChannelKind.PUBLIC,
        ts="1700000000.000100",
        user_id="U1",
        text=text,
    )
    with database.transaction() as session:
        tideline = workspaces.Workspace("T1", "Tideline", "https://t/", "B1", "U0", frozenset())
        workspaces.save(session, tideline, now=SystemClock().now())
        message_store.record(session, posted)
    database.close()
    return file


@pytest.mark.slow
def test_a_persons_data_are_printed_written_and_erased(house: Shell) -> None:
    file = _with_a_workspace(house, "canaryword")
    data = json.loads(house("export", "--user", "U1").stdout)
    assert data["messages"][0]["text"] == "canaryword"
    assert house("export", "--user", "U1", "--out", "u1.json").stdout == ""
    assert json.loads((house.folder / "u1.json").read_text()) == data
    would = house("erase", "--user", "U1", "--dry-run")
    assert would.stdout == "Would be erased of U1 in workspace T1: messages: 1.\n"
    refused = house("erase", "--user", "U1")  # nobody confirms
    assert refused.returncode == 1
    assert b"canaryword" in file.read_bytes()
    done = house("erase", "--user", "U1", "--yes")
    assert (done.returncode, done.stdout) == (
        0,
        "Erased of U1 in workspace T1: messages: 1.\n",
    )
    assert b"canaryword" not in file.read_bytes()
    assert json.loads(house("export", "--user", "U1").stdout) == {}


@pytest.mark.slow
def test_a_purge_deletes_what_is_too_old_and_counts_it(house: Shell) -> None:
    file = _with_a_workspace(house, "canaryword")
    assert house("purge", "--dry-run").stdout == "Would be deleted: messages: 2.\n"
    assert house("purge", "--older-than", "3650").stdout == "Deleted: nothing.\n"
    assert house("purge", "--workspace", "T1").stdout == "Deleted: messages: 2.\n"
    assert b"canaryword" not in file.read_bytes()


@pytest.mark.slow
def test_a_whole_workspace_is_erased(house: Shell) -> None:
    _with_a_workspace(house, "canaryword")
    done = house("erase", "--workspace", "T1", "--everything", "--yes")
    assert done.stdout == "Erased of workspace T1: messages: 1, workspace: 1.\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ["erase"],
        ["erase", "--everything"],
        ["erase", "--user", "U1", "--workspace", "T1", "--everything"],
        ["erase", "--user", "U1", "--workspace", "T9", "--yes"],
        ["purge", "--workspace", "T9"],
        ["export", "--user", "U1", "--out", "nowhere/u1.json"],
    ],
)
def test_what_cannot_be_erased_or_exported_is_one_sentence(
    command: list[str], house: Shell
) -> None:
    _with_a_workspace(house, "canaryword")
    told = house(*command)
    assert (told.returncode, len(told.stderr.splitlines())) == (2, 1), told.stderr
    assert told.stderr.startswith("error: ")


@pytest.mark.slow
def test_web_and_worker_refuse_an_old_schema_with_one_sentence(house: Shell) -> None:
    database = Database(f"sqlite:///{house.folder / 'baton.db'}")
    config = Config(ROOT / "alembic.ini")
    config.attributes["database"] = database
    alembic.downgrade(config, "-1")
    database.close()
    for process in ("web", "worker"):
        told = house(process, **TOKENS)
        assert told.returncode == 2
        assert "run `baton migrate`" in told.stderr.splitlines()[-1]
    assert house("migrate", "--check").returncode == 2
    assert house("migrate").returncode == 0
    assert house("migrate", "--check").returncode == 0


@pytest.mark.slow
def test_a_newer_schema_is_not_touched(house: Shell) -> None:
    database = Database(f"sqlite:///{house.folder / 'baton.db'}")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    told = house("worker", **TOKENS)
    assert (told.returncode, "run the newer version" in told.stderr) == (2, True)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["run", "worker", "migrate"])
@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:canary@127.0.0.1:1/x",
        "sqlite:///no/such/folder/canary.db",
        "sqlite:///not-a-database.txt",
    ],
)
def test_a_database_that_cannot_be_opened_is_one_sentence(
    url: str, command: str, baton: Shell
) -> None:
    (baton.folder / "not-a-database.txt").write_text("prose " * 1_000)
    told = baton(command, **TOKENS, DATABASE_URL=url)
    assert told.returncode == 2
    assert "The database cannot be opened" in told.stderr
    assert "canary" not in told.stderr
    assert "Traceback" not in told.stderr


def test_a_database_that_is_not_there_yet_is_no_old_one(baton: Shell) -> None:
    told = baton("worker", **TOKENS, DATABASE_URL="sqlite:///new.db")
    assert "There is no database yet" in told.stderr
    assert not (baton.folder / "new.db").exists()


@pytest.mark.slow
def test_which_database_is_meant_is_said(baton: Shell) -> None:
    file = baton.folder / "baton.db"
    assert f"database: {file}: There is no database yet" in baton("doctor", **TOKENS).stdout
    assert baton("migrate").stdout == f"The database is up to date: {file}\n"
    assert f"database: {file}, schema up to date" in baton("doctor", **TOKENS).stdout


def test_dead_letters_are_listed_shown_replayed_and_dropped(house: Shell) -> None:
    assert house("dead-letters", "list").stdout == "There are none.\n"
    database = Database(f"sqlite:///{house.folder / 'baton.db'}")
    accept(database, [Envelope("T1", "Ev1", "C1", b"canary")], now=SystemClock().now())
    with database.transaction() as session:
        row = session.query(InboxRow).one()
        row.state, row.error = State.DEAD, "ValueError"
        ident = str(row.id)
    database.close()
    assert "event Ev1  (ValueError)" in house("dead-letters", "list").stdout
    assert "canary" in house("dead-letters", "show", ident[:12]).stdout
    assert house("dead-letters", "replay", ident).stdout == "Trying again: event Ev1\n"
    told = house("dead-letters", "drop", ident)
    assert (told.returncode, "no single dead letter" in told.stderr) == (2, True)


def _lines(told: Told) -> dict[str, tuple[str, str]]:
    return {each["about"]: (each["severity"], each["found"]) for each in json.loads(told.stdout)}


@pytest.mark.slow
def test_the_doctor_finds_a_healthy_bot_healthy(house: Shell, server: LocalSlackServer) -> None:
    told = house("doctor", "--json", **server.environment)
    found = _lines(told)
    assert told.returncode == 0, told.stdout
    assert {"ok"} == {severity for severity, _ in found.values()}
    assert found["slack"] == ("ok", "connected to Tideline")
    assert found["scopes"] == ("ok", "all granted")
    assert {"settings", "model", "database", "inbox", "outbox", "dead letters"} <= set(found)


@pytest.mark.slow
def test_the_doctor_says_what_to_do(baton: Shell, manifest: dict[str, object]) -> None:
    narrow = json.loads(json.dumps(manifest))
    narrow["oauth_config"]["scopes"]["bot"].remove("users:read")
    with LocalSlackServer(narrow, start=TUESDAY) as server:
        told = baton("doctor", **server.environment)
        assert told.returncode == 2
        assert "There is no database yet" in told.stdout
        assert not (baton.folder / "baton.db").exists(), "looking changes nothing"
        baton("migrate")
        told = baton("doctor", **server.environment)
    assert told.returncode == 1
    assert "warn scopes: not granted: users:read" in told.stdout
    assert "→ Update the app from `baton manifest` and reinstall it." in told.stdout


@pytest.mark.slow
def test_the_doctor_without_settings_or_slack_says_so(baton: Shell) -> None:
    told = baton("doctor", "--json")
    assert told.returncode == 2
    assert _lines(told)["settings"][0] == "fail"
    told = baton("doctor", "--json", **TOKENS, SLACK_API_URL="http://127.0.0.1:1/api/")
    assert _lines(told)["slack"][0] == "fail"


@pytest.mark.slow
def test_a_wrong_token_ends_the_bot_with_a_sentence(baton: Shell, server: LocalSlackServer) -> None:
    told = baton("run", **{**server.environment, "SLACK_BOT_TOKEN": "xoxb-stolen"})
    assert told.returncode == 2
    assert "no longer accepts the token" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.slow
def test_f42_sigterm_finishes_and_a_second_one_exits(
    tmp_path: Path, server: LocalSlackServer
) -> None:
    with LocalSlackClient(server.url) as slack:
        process = AppProcess(server.environment, tmp_path)
        process.start()
        slack.connected()
        assert process.stop() == 0
        process.start(BATON_SLACK_TIMEOUT_SECONDS="30")
        slack.connected()
        slack.settled(quiet=0.5)
        slack.faults(methods=[{"method": "views.publish", "delay": 25.0}])
        slack.person("Tom").opens_home()
        slack.settled(quiet=0.5)
        process.signal(signal.SIGTERM)
        assert not process.wait(1.0), "it finishes what it is at"
        process.signal(signal.SIGTERM)
        assert process.wait(5.0)
        process.stop()


@pytest.mark.slow
def test_f42_a_job_that_waits_for_slack_holds_up_no_stop(
    tmp_path: Path, server: LocalSlackServer
) -> None:
    with LocalSlackClient(server.url) as slack:
        process = AppProcess(server.environment, tmp_path)
        slack.faults(methods=[{"method": "users.info", "delay": 25.0, "times": 100}])
        process.start(BATON_SLACK_TIMEOUT_SECONDS="30", BATON_STOP_SECONDS="1")
        slack.connected()
        slack.settled(quiet=0.5)
        began = monotonic()
        process.signal(signal.SIGTERM)
        assert process.wait(10.0)
        assert monotonic() - began < 6.0
        process.stop()


@pytest.mark.slow
def test_the_doctor_says_which_model_is_used(house: Shell, server: LocalSlackServer) -> None:
    told = _lines(house("doctor", "--json", **server.environment))
    assert told["model"] == ("ok", "none: every draft is the plain one")
    key = {"ANTHROPIC_API_KEY": "canary", "BATON_MODEL_DAILY_CAP_USD": "2.5"}
    result = house("doctor", "--json", **server.environment, **key)
    assert _lines(result)["model"] == ("ok", "claude-haiku-5-5, at most $2.50 a day and workspace")
    assert "canary" not in result.stdout


def test_the_prompts_are_locked(baton: Shell) -> None:
    assert baton("prompts", "lock").stdout == "prompts/LOCK is up to date.\n"


def test_without_a_key_there_is_no_model_to_evaluate(baton: Shell) -> None:
    told = baton("eval-live", "--cases", str(CASES))
    assert told.returncode == 2
    assert told.stderr == "error: ANTHROPIC_API_KEY is not set: there is no model to evaluate.\n"


@pytest.mark.slow
@pytest.mark.needs("digest")
def test_an_evaluation_tells_drop_rate_cost_and_latency(baton: Shell) -> None:
    line = {"text": "Lunch?", "source_ids": ["S1"], "quote": "Lunch?", "kind": "question"}
    with MessagesApi(lines(line, line | {"source_ids": ["S99"]})) as api:
        told = baton(
            "eval-live",
            "--cases",
            str(CASES),
            ANTHROPIC_API_KEY=KEY,
            ANTHROPIC_BASE_URL=api.url,
        )
        assert len(api.journal) == len(list(CASES.glob("*.json")))
    assert told.returncode == 0, told.stderr
    assert "tiny: 1 of 2 lines hold" in told.stdout
    summary = told.stdout.splitlines()[-1]
    assert re.match(r"claude-haiku-5-5: \d+\.\d % of 12 lines dropped .*\$0\.\d+ in all", summary)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("declined", "said"),
    [
        ((), "figures can be had as one"),
        (
            ("files:write",),
            (
                "none, figures are text: without the optional scope files:write, to be granted "
                "when the app is reinstalled"
            ),
        ),
    ],
)
def test_the_doctor_says_whether_there_are_pictures(
    declined: tuple[str, ...], said: str, house: Shell, manifest: dict[str, object]
) -> None:
    with LocalSlackServer(manifest, start=TUESDAY, declined=declined) as server:
        told = _lines(house("doctor", "--json", **server.environment))
    assert told["pictures"] == ("ok", said)
    assert told["scopes"] == ("ok", "all granted")


def test_the_doctor_says_how_to_get_what_draws_pictures(sqlite_url: str) -> None:
    application = Application(Settings(_env_file=None, database_url=sqlite_url))
    application.bot.charts = NoCharts()
    workspace = Workspace("T1", "Tideline", "https://t.slack.com/", "B1", "U1", frozenset({FILES}))
    assert "without the package matplotlib: `make charts`" in _pictures(application, workspace)
    application.bot.database.close()
