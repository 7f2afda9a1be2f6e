"""Fixtures that every test may ask for."""

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import Application
from bot.core import logs
from bot.core.bot import Bot
from bot.core.clock import StoppedClock, SystemClock
from bot.core.db import Database
from bot.features import FEATURES
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.settings import Settings
from tests.support.databases import (
    Rows,
    empty,
    fill,
    migrated,
    new_postgres_database,
    postgres_server,
    rows_of,
)
from tests.support.town import TUESDAY, Town, town

NOW = datetime(2026, 10, 6, 8, 0, tzinfo=UTC)
QUEUES = {"inbox", "deliveries", "outbox"}
STORMY = {"deliveries": 2, "shuffle": True}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run what takes many minutes")
    parser.addoption("--picture", help="where to put the picture of the page")


def pytest_configure(config: pytest.Config) -> None:
    logs.configure("WARNING", "console")
    config.addinivalue_line("markers", "long: takes many minutes; runs with --long")
    config.addinivalue_line("markers", "needs(*features): shows what several features do together")


def pytest_collection_finish() -> None:
    """What was imported and collected stays: looking for garbage in it again and again is slow."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _is_covered_elsewhere(item: pytest.Item) -> bool:
    """Each database and each weather is tried every time, their other pairs in the long form."""
    given = getattr(item, "callspec", None)
    pair = (given.params.get("database_url"), given.params.get("weather")) if given else None
    return pair in {("sqlite", "stormy"), ("postgresql", "calm")}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: run `make faults`"))
        if _is_covered_elsewhere(item) and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="long: the other weather on this database"))
        needed = item.get_closest_marker("needs")
        missing = sorted(set(needed.args if needed else ()) - set(FEATURES))
        if missing:
            item.add_marker(pytest.mark.skip(reason=f"taken out: {', '.join(missing)}"))


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


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with its tables and no rows; each test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    postgres: Database = request.getfixturevalue("_postgres")
    empty(postgres)
    return postgres.url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database with its tables and no rows."""
    opened = Database(database_url)
    yield opened
    opened.close()


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
    """A house without features, on a stopped clock."""
    return Bot(database, clock, SystemClock())


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
        return rows_of(living.app.bot.database, besides=QUEUES | {"rate_limits"})


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
