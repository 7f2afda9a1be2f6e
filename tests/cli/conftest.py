"""What the tests of the command line ask for."""

from pathlib import Path

import pytest

from tests.support.shell import Shell


@pytest.fixture
def baton(tmp_path: Path) -> Shell:
    """The command line, in an empty folder."""
    return Shell(tmp_path)
