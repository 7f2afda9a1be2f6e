"""The rules of the house, walked over all features and files."""

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import inspect

from bot.app import Application, metadata
from bot.core import crash
from bot.core.bot import Bot
from bot.core.clock import StoppedClock
from bot.core.db import Database, grouped
from bot.core.events import Command
from bot.core.outbox import Method
from bot.core.replies import Answer
from bot.core.scenes import Sees
from bot.core.unit_of_work import UnitOfWork
from bot.features import FEATURES
from bot.playground.demo import STORY
from bot.settings import Settings
from tests.architecture.folders import folder_of

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
COMMITS = {"bot/core/db.py"}
CALLS_SLACK = {"bot/slack/gateway.py"}
NAMES_METHODS = CALLS_SLACK | {
    "bot/core/outbox.py",
    "bot/core/rate_limits.py",
    "bot/slack/methods.py",  # which ones the gateway may call
}
FOLDERS = grouped(SOURCES, by=lambda path: folder_of(str(path.relative_to(ROOT))))
LONGEST = 40  # statements and lines of one function, its docstring left out


@pytest.fixture
def whole(tmp_path: Path) -> Bot:
    return Application(Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/b.db")).bot


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_pays_what_it_owes_the_house(feature: str, whole: Bot) -> None:
    """Words about itself, a scene with something to see, and ids that bear its name."""
    first_line = ast.get_docstring(ast.parse(_init(feature)))
    assert first_line
    assert len(first_line.splitlines()) == 1, "one sentence says what it is"
    assert feature in whole.help_texts or feature == "home"
    scene = whole.scenes[feature]
    assert any(isinstance(step, Sees) for moment in scene.moments for step in moment.steps)
    assert feature in STORY
    owners = {name.partition(".")[0] for name in (*whole.buttons, *whole.forms, *whole.shortcuts)}
    assert owners <= set(FEATURES)


def _init(feature: str) -> str:
    return (ROOT / f"bot/features/{feature}/__init__.py").read_text()


def test_every_button_and_form_that_is_shown_has_somebody_who_answers(whole: Bot) -> None:
    words = "\n".join(
        path.read_text()
        for path in SOURCES
        if "features" in path.parts or path.name == "switches.py"
    )
    ids = set(re.findall(r'"([a-z]+\.[a-z_]+)"', words))
    answered = {*whole.buttons, *whole.forms, *whole.shortcuts}
    links = {"asks.open_thread"} & ids  # the browser follows it, nobody answers
    settings = {setting.key for setting in whole.agreement}
    assert ids - links - settings == answered


def test_every_setting_can_be_written_into_the_agreements_file(whole: Bot) -> None:
    """A member of an enum is equal to its text, and yet the file cannot hold it."""
    for setting in whole.agreement:
        said = [setting.kind.plain(setting.default), *getattr(setting.kind, "options", ())]
        assert {type(each) for each in said} <= {bool, int, str, list}, setting.key


def test_two_features_cannot_take_one_name(whole: Bot) -> None:
    def listener(_event: Command, _uow: UnitOfWork) -> Answer:
        raise AssertionError

    name = next(iter(whole.commands))
    with pytest.raises(ValueError, match="two features registered"):
        whole.on_command(name, listener, description="", usage="help")


@pytest.mark.parametrize("folder", FOLDERS)
def test_only_the_database_layer_commits(folder: str) -> None:
    for path in FOLDERS[folder]:
        if _name(path) not in COMMITS:
            assert not {"commit", "rollback"} & _calls(path), _name(path)


@pytest.mark.parametrize("folder", FOLDERS)
def test_only_the_gateway_calls_slack(folder: str) -> None:
    for path in FOLDERS[folder]:
        if _name(path) not in CALLS_SLACK:
            calls = _calls(path)
            assert not {"WebClient", "WebhookClient", "api_call"} & calls, _name(path)
            speaking = [name for name in calls if name.startswith(("chat_", "views_"))]
            assert not speaking, _name(path)


@pytest.mark.parametrize("folder", FOLDERS)
def test_t03_there_is_one_way_out_and_one_way_to_a_person(folder: str) -> None:
    """Only the gateway speaks Slack's writing methods, only attention queues to a person."""
    for path in FOLDERS[folder]:
        calls, name = _calls(path), _name(path)
        if name != "bot/core/attention.py":
            assert not {"post_to_person", "show_to_person"} & calls, name
        if name != "bot/core/outbox.py":
            assert "OutboxRow" not in calls, f"{name}: rows are queued by the outbox alone"
        if name not in NAMES_METHODS and "playground" not in path.parts:
            assert not {method for method in Method if method in _strings(path)}, name
            assert "views.open" not in _strings(path), name


@pytest.mark.parametrize("folder", FOLDERS)
def test_text_objects_of_blocks_are_made_in_one_place(folder: str) -> None:
    for path in FOLDERS[folder]:
        if path.name != "blocks.py" and "playground" not in path.parts:
            for node in ast.walk(_tree(path)):
                if isinstance(node, ast.Dict):
                    kinds = {v.value for v in node.values if isinstance(v, ast.Constant)}
                    made = {"mrkdwn", "plain_text", "markdown"} & kinds
                    assert not made, f"{_name(path)}:{node.lineno}"


def _strings(path: Path) -> set[object]:
    nodes = ast.walk(_tree(path))
    return {node.value for node in nodes if isinstance(node, ast.Constant)}


def _calls(path: Path) -> set[str]:
    functions = [node.func for node in ast.walk(_tree(path)) if isinstance(node, ast.Call)]
    return {
        function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        for function in functions
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_function_fits_into_the_head(folder: str) -> None:
    for path in FOLDERS[folder]:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                assert lines <= LONGEST, f"{_name(path)}: {node.name} has {lines} lines"


def test_every_crash_point_stands_in_the_code_and_every_one_there_is_named() -> None:
    code = "\n".join(path.read_text() for path in SOURCES)
    literal = set(re.findall(r'crash_point\("([a-z_.]+)"\)', code))
    during = {f"{kind}.{side}_commit" for kind in _during(code) for side in ("before", "after")}
    assert set(crash.POINTS) == literal | during


def _during(code: str) -> set[str]:
    return set(re.findall(r'during="([a-z]+)"', code))


def test_migrations_make_exactly_the_tables_that_the_code_needs(database: Database) -> None:
    found = inspect(database.engine)
    for table in metadata().tables.values():
        columns = {column["name"]: column for column in found.get_columns(table.name)}
        assert {column.name for column in table.columns} == set(columns), table.name
        for column in table.columns:
            assert column.nullable is columns[column.name]["nullable"], column
        indexes = {index["name"] for index in found.get_indexes(table.name)}
        assert {index.name for index in table.indexes} <= indexes, table.name


def test_a_house_with_all_features_asks_for_nothing_at_rest(
    database: Database, clock: StoppedClock
) -> None:
    """A tick at which nothing is due changes nothing and fails nowhere."""
    application = Application(Settings(_env_file=None, database_url=database.url))
    application.bot.clock = clock
    for job in application.bot.jobs:
        job.run(application.bot)
    application.bot.database.close()


def test_nothing_in_the_repository_names_a_place_outside_of_it() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    outside = re.compile(r"/(?:root|home|work)/|--(?:extra-)?index-url|--find-links")
    read = {".py", ".md", ".txt", ".toml", ".js", ".mako", ".ini", ""}
    for path in (ROOT / name for name in tracked if name != _name(Path(__file__))):
        if path.suffix in read and path.is_file():
            assert outside.findall(path.read_text()) == [], path
