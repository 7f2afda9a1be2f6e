"""Fixtures that every test may ask for."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import hypothesis
import pytest
from hypothesis import strategies as st

from bot.app import Application
from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Database
from bot.features import FEATURES
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.settings import Settings
from tests.faults.journal import Resuming
from tests.support.canary_plugin import Canaries
from tests.support.databases import (
    OF_THE_MOMENT,
    QUEUES,
    Rows,
    empty,
    fill,
    migrated,
    new_postgres_database,
    opened,
    postgres_server,
    renew,
    rows_of,
)
from tests.support.installed import installed
from tests.support.town import TUESDAY, Town, found_as, town
from tests.support.twins import TwinSummary, TwinTown

NOW = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
FLOWS = {"flows", "faults"}
FEW_EXAMPLES = 25
STORMY = {"deliveries": 2, "shuffle": True}


MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
ROOM = 4 * 2**30

if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    tempfile.tempdir = str(MEMORY)  # databases that are gone in seconds need no disk


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="leave out what is slow")
    parser.addoption("--long", action="store_true", help="also run what takes many minutes")
    parser.addoption("--blocks", type=int, default=8, help="how many blocks of a storm --long runs")
    parser.addoption("--resume", action="store_true", help="go on after what passed before")
    parser.addoption("--twins", action="store_true", help="run flows in two workspaces at once")
    parser.addoption("--canaries", action="store_true", help="also look for leaks at DEBUG")
    parser.addoption("--picture", help="where to put the picture of the page")


def pytest_configure(config: pytest.Config) -> None:
    logs.configure("WARNING", "console")
    if config.getoption("--quick"):
        hypothesis.settings.register_profile("quick", max_examples=FEW_EXAMPLES)
        hypothesis.settings.load_profile("quick")
    if config.getoption("--twins"):
        found_as(TwinTown)
        config.pluginmanager.register(TwinSummary())
    if config.getoption("--canaries"):
        config.pluginmanager.register(Canaries())
    if config.getoption("--resume"):
        config.pluginmanager.register(Resuming())
    config.addinivalue_line("markers", "slow: takes seconds; --quick leaves it out")
    config.addinivalue_line("markers", "long: takes many minutes; runs with --long")
    config.addinivalue_line("markers", "plants: logs secrets to see that they are hidden")
    config.addinivalue_line("markers", "alone(why): cannot be played in two workspaces at once")
    config.addinivalue_line("markers", "needs(*features): shows what several features do together")


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking for garbage in it again and again is slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _waits_for_long(item: pytest.Item) -> str:
    """Which part of the long form a flow belongs to, if any; each of its lines runs every time.

    A story: each database and each weather every time, their other pairs in the long form. What is
    tried in one weather only: on one of the databases, half of all on each, by their names.
    """
    if not isinstance(item, pytest.Function) or not hasattr(item, "callspec"):
        return ""
    kind, weather = (item.callspec.params.get(name) for name in ("database_url", "weather"))
    if (kind, weather) in {("sqlite", "stormy"), ("postgresql", "calm")}:
        return "the other weather on this database"
    turn = ("sqlite", "postgresql")[crc32(item.name.replace(f"{kind}", "").encode()) % 2]
    is_flow = item.path.parent.name in FLOWS and kind is not None and weather is None
    return "on the other database" if is_flow and kind != turn else ""


def _leave_out_what_is_slow(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the flows the first story of each file stays, in one of its forms."""
    quick, slow, told = list[pytest.Item](), list[pytest.Item](), set[Path]()
    for item in items:
        is_flow = item.path.parent.name == "flows"
        is_first = item.path not in told and not item.get_closest_marker("skip")
        is_slow = item.get_closest_marker("slow") or (is_flow and not is_first)
        (slow if is_slow else quick).append(item)
        if is_flow and not is_slow:
            told.add(item.path)
    items[:] = quick
    config.hook.pytest_deselected(items=slow)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: run `make faults`"))
        if (what := _waits_for_long(item)) and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason=f"long: {what}"))
        if config.getoption("--twins"):
            for mark in item.iter_markers("alone"):
                item.add_marker(pytest.mark.skip(reason=f"alone: {mark.args[0]}"))
        needed = {name for mark in item.iter_markers("needs") for name in mark.args}
        missing = sorted(needed - set(FEATURES))
        if missing:
            item.add_marker(pytest.mark.skip(reason=f"taken out: {', '.join(missing)}"))
    if config.getoption("--quick"):
        _leave_out_what_is_slow(config, items)


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Database]:
    """One migrated PostgreSQL database of each test process's own."""
    try:
        with postgres_server() as server_url:
            name = f"baton_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
            database = migrated(new_postgres_database(server_url, name))
            yield database
            database.close()
    except (ImportError, OSError, RuntimeError) as error:
        pytest.skip(f"no PostgreSQL: set TEST_DATABASE_URL ({type(error).__name__}: {error})")


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrated(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """An SQLite file with its tables and no rows, for what is not about databases."""
    copy = tmp_path / "baton.db"
    shutil.copy(_sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture
def _same_sqlite_url(_sqlite_template: Path) -> str:
    """The same for every test of this process; it has its tables, and no rows."""
    url = f"sqlite:///{_sqlite_template.with_name('baton.db')}"
    renew(url, _sqlite_template)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with its tables and no rows; each test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("_same_sqlite_url"))
    postgres: Database = request.getfixturevalue("_postgres")
    empty(postgres)
    return postgres.url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with its tables and no rows."""
    yield opened(database_url)
    opened(database_url).close()


@pytest.fixture(scope="session", autouse=True)
def _characters() -> None:
    """Has Hypothesis make its table of characters before a test whose draws are timed."""
    st.characters(categories=["Lu"]).validate()


@pytest.fixture
def clock() -> StoppedClock:
    """A Tuesday: 10:00 in Berlin, 05:00 in São Paulo."""
    return StoppedClock(NOW)


@pytest.fixture(scope="session")
def manifest() -> dict[str, Any]:
    """The app's manifest for Socket Mode."""
    return Application(Settings(_env_file=None)).manifest(socket_mode=True)


@pytest.fixture
def server(manifest: dict[str, Any]) -> Iterator[LocalSlackServer]:
    """The local Slack, with the app installed and nobody behind it."""
    with LocalSlackServer(manifest, start=TUESDAY) as running:
        yield running


@pytest.fixture
def slack(server: LocalSlackServer) -> Iterator[LocalSlackClient]:
    """Whoever acts in the local Slack and looks at it."""
    with LocalSlackClient(server.url) as client:
        yield client


@pytest.fixture
def bot(database: Database, clock: StoppedClock) -> Bot:
    """A house without features, on a stopped clock, in workspaces T1 and T2."""
    return installed(Bot(database, clock, SystemClock()), "T1", "T2")


@pytest.fixture(params=["calm", "stormy"])
def weather(request: pytest.FixtureRequest) -> dict[str, Any]:
    """How events arrive: once and in order, or twice and shuffled."""
    return STORMY if request.param == "stormy" else {}


@pytest.fixture(scope="session")
def acquaintance(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """What the bot knows of the town after its first minute there; no queue holds anything."""
    copy = tmp_path_factory.mktemp("acquaintance") / "baton.db"
    shutil.copy(_sqlite_template, copy)
    with town(f"sqlite:///{copy}", start=TUESDAY - timedelta(minutes=5)) as living:
        return rows_of(living.app.bot.database, besides=QUEUES | OF_THE_MOMENT)


@pytest.fixture
def fresh(database_url: str, weather: dict[str, Any]) -> Iterator[Town]:
    """A town in which the bot is new, on both databases, with events in order and in disorder."""
    with town(database_url, faults=weather) as living:
        yield living


@pytest.fixture
def lively(database_url: str, weather: dict[str, Any], acquaintance: Rows) -> Iterator[Town]:
    """A town the bot knows, on both databases, with events in order and in disorder."""
    fill(database_url, acquaintance)
    with town(database_url, faults=weather) as living:
        yield living


@pytest.fixture
def quiet(database_url: str, acquaintance: Rows) -> Iterator[Town]:
    """A town the bot knows, on both databases, with events as they happen."""
    fill(database_url, acquaintance)
    with town(database_url) as living:
        yield living
