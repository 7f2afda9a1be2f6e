"""What the tests of the command line ask for."""

from pathlib import Path

import pytest

from tests.support.shell import Shell


@pytest.fixture
def baton(tmp_path: Path) -> Shell:
    """The command line, in an empty folder."""
    return Shell(tmp_path)


@pytest.fixture
def house(baton: Shell, sqlite_url: str) -> Shell:
    """The command line, in a folder with a database that has its tables and no rows."""
    assert sqlite_url == f"sqlite:///{baton.folder / 'baton.db'}"
    return baton
