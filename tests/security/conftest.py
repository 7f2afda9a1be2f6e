"""One running bot, behind HTTP, for all the cases of a module."""

import logging
import re
import shutil
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from bot.core import logs
from bot.core.listening import listen
from tests.security.register import ROWS
from tests.support.databases import Rows, fill
from tests.support.lookout import Lookout
from tests.support.ports import free_port
from tests.support.town import Town, town
from tests.support.wire import Wire

_ROW: Final = re.compile(r"(?<![^_\W])([THF]\d\d)(?![^_\W])", re.ASCII | re.IGNORECASE)


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
    passed = terminalreporter.stats.get("passed", [])
    counts = Counter(row for each in passed for row in rows_in(each.nodeid))
    if counts:
        terminalreporter.section("cases per row")
        by_sentence = sum(isinstance(each, str) for each in ROWS.values())
        named = {each for shown in ROWS.values() if not isinstance(shown, str) for each in shown}
        count = sum(counts.values())
        terminalreporter.write_line(
            f"{len(ROWS)} rows: {len(ROWS) - by_sentence} shown by {len(named)} tests, "
            f"{by_sentence} by a sentence; {count} cases of {len(counts)} rows passed"
        )
        told = [f"{row} {counts[row]}" for row in sorted(counts)]
        for start in range(0, len(told), 12):
            terminalreporter.write_line(" · ".join(told[start : start + 12]))


def rows_in(nodeid: str) -> set[str]:
    """The rows that a test bears in its name or that of its case."""
    path, _, name = nodeid.partition("::")
    if path.endswith("test_register.py"):
        return set()
    return {found.upper() for found in _ROW.findall(name)}
