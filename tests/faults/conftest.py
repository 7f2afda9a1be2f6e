"""How much of the long form is run, and what is told of it."""

from collections.abc import Callable
from typing import Final

import pytest

from tests.faults.register import ROWS
from tests.support import rows


class Noting:
    """Tells what came of a test: a line at once, and numbers for the journal."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], counts: Callable[[str, object], None]
    ) -> None:
        self._capsys: Final = capsys
        self.counts: Final = counts

    def says(self, line: str) -> None:
        """Prints a line."""
        with self._capsys.disabled():
            print(f"\n{line}")  # noqa: T201 - figures that belong into the output


@pytest.fixture
def noting(
    capsys: pytest.CaptureFixture[str], record_property: Callable[[str, object], None]
) -> Noting:
    return Noting(capsys, record_property)


@pytest.fixture
def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether all of it is wanted, or a few seconds of each."""
    return bool(request.config.getoption("--long"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A storm comes in blocks, of which the quick form takes one."""
    if "block" in metafunc.fixturenames:
        blocks = metafunc.config.getoption("--blocks") if metafunc.config.getoption("--long") else 1
        metafunc.parametrize("block", range(int(blocks)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many cases of each row passed, of those whose names bear its number."""
    rows.tell(terminalreporter, ROWS, "PF")
