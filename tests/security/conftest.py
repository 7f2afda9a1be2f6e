"""One running bot, behind HTTP, for all the cases of a module."""

import logging
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core import logs
from bot.core.listening import listen
from tests.security.register import ROWS
from tests.support import rows
from tests.support.databases import Rows, fill
from tests.support.lookout import Lookout
from tests.support.ports import free_port
from tests.support.town import Town, town
from tests.support.wire import Wire


@pytest.fixture(scope="module")
def module_url(_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An SQLite file of the module's own, with its tables."""
    copy = tmp_path_factory.mktemp("security") / "baton.db"
    shutil.copy(_sqlite_template, copy)
    return f"sqlite:///{copy}"


@pytest.fixture(scope="module")
def reached(module_url: str, acquaintance: Rows) -> Iterator[Town]:
    """A town the bot knows, in which everything comes over signed HTTP requests."""
    fill(module_url, acquaintance)
    with town(module_url, http_port=free_port()) as living:
        yield living


@pytest.fixture(scope="module")
def wire(reached: Town) -> Iterator[Wire]:
    """Whoever sends that bot what no page of Slack's would."""
    sending = Wire(reached)
    yield sending
    sending.close()


@pytest.fixture(scope="module")
def lookout(reached: Town) -> Iterator[Lookout]:
    """Whoever watches what that bot sends and logs."""
    watching = Lookout(reached)
    yield watching
    watching.finish()


@pytest.fixture
def elsewhere() -> Iterator[socket.socket]:
    """An address that somebody would like us to call."""
    with listen("127.0.0.1", 0) as listening:
        yield listening


@pytest.fixture
def debug(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Everything that is logged when everything is."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("DEBUG", "console")
    root.handlers[:] = [caplog.handler]
    yield caplog
    root.handlers[:] = handlers
    root.setLevel(level)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many cases of each row passed, of those whose names bear its number."""
    rows.tell(terminalreporter, ROWS, "THF")
