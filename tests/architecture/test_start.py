"""What a process takes along from its start: nothing heavy that it may never need."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from bot.core.patterns import regex

ROOT: Final = Path(__file__).parents[2]
HEAVY: Final = {
    "alembic": "a database that is up to date is not migrated",
    "anthropic": "no model is asked without a key",
    "apprise": "nobody is paged by it unless it is set",
    "babel": "no date was written yet",
    "bot.cli.live_evaluation": "a command of its own",
    "bot.llm.drafter": "no model is asked without a key",
    "bot.playground": "the local Slack is another process",
    "cryptography": "nothing is encrypted without a key",
    "holidays": "nobody asked about one yet",
    "httpx2": "nothing outside of Slack was asked yet",
    "icalendar": "calendars are read in a process of their own",
    "matplotlib": "no picture was drawn yet",
    "prometheus_client": "nobody asked for figures yet",
    "psycopg": "the database is SQLite",
    "pygments": "comes with rich",
    "recurring_ical_events": "calendars are read in a process of their own",
    "rich": "nobody draws tracebacks",
    "ruamel": "no file is written or read",
}
"""What no process has when it is ready, and why."""
AS_WELL: Final = {
    "run": {"websockets": "events come over HTTP"},
    "web": {"apscheduler": "nothing ticks", "websockets": "events come over HTTP"},
    "worker": {"websockets": "no events come in"},
}
COMPILES: Final = {
    "bot/core/patterns.py": "this is where it is done",
    "bot/slack/dispatch.py": "Bolt asks for the class of what it is given",
    "bot/settings/__init__.py": "settings know nothing of the core",
    "bot/settings/house.py": "as above",
    "bot/settings/pagers.py": "as above",
    "bot/settings/records.py": "as above",
}
PARTS: Final = {
    "run": "app._workers(), app._receivers()",
    "web": "app._receivers()",
    "worker": "app._workers()",
}
STARTS: Final = """
import sys
import bot.cli
from bot.settings import load
app = bot.cli._assembled(load(
    _env_file=None, database_url="sqlite:///{folder}/baton.db",
    slack_bot_token="xoxb-1", slack_signing_secret="secret",
))
{parts}
print(*sys.modules)
"""
COMPILE_ALL: Final = """
import gc, importlib, pkgutil
import bot
from bot.core.patterns import _Pattern
for module in pkgutil.walk_packages(bot.__path__, "bot."):
    if module.name not in {"bot.__main__", "bot.charts.drawing", "bot.pagers.appriser"}:
        importlib.import_module(module.name)
print(len([each.flags for each in gc.get_objects() if isinstance(each, _Pattern)]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("command", PARTS)
def test_a_process_begins_without_what_is_seldom_needed(command: str, tmp_path: Path) -> None:
    starts = STARTS.format(folder=tmp_path, parts=PARTS[command])
    done = subprocess.run(
        [sys.executable, "-c", starts], cwd=ROOT, capture_output=True, text=True, check=True
    )
    modules = done.stdout.split()
    unwanted = HEAVY | AS_WELL[command]
    taken = [
        name for name in unwanted if any(f"{each}.".startswith(f"{name}.") for each in modules)
    ]
    assert taken == [], [unwanted[name] for name in taken]
    assert "bot.features.asks" in modules


def test_expressions_are_compiled_when_they_are_used() -> None:
    compiling = set()
    for file in sorted((ROOT / "bot").rglob("*.py")):
        text = file.read_text()
        if "re.compile" in text and any(
            isinstance(node, ast.Attribute) and ast.unparse(node) == "re.compile"
            for node in ast.walk(ast.parse(text))
        ):
            compiling.add(str(file.relative_to(ROOT)))
    assert compiling == set(COMPILES)


@pytest.mark.slow
def test_every_expression_can_be_compiled() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COMPILE_ALL], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 200


def test_an_expression_does_what_a_compiled_one_does() -> None:
    lazy, compiled = regex(r"(?P<day>\d+)\. *may", re.IGNORECASE), re.compile(r"\d")
    assert lazy.pattern == r"(?P<day>\d+)\. *may"
    found = lazy.search("on 3. May")
    assert found is not None
    assert found["day"] == "3"
    assert lazy.sub("", "3. MAY it be") == " it be"
    assert regex(rb"\d").findall(b"a1b2") == [b"1", b"2"]
    assert regex(r"\d").match("x") is compiled.match("x")
    with pytest.raises(re.error):
        regex("(").search("")
