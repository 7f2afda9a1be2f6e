"""How much of the long form is run, and what is told of it."""

import pytest


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A storm comes in blocks, of which the quick form takes one."""
    if "block" in metafunc.fixturenames:
        blocks = metafunc.config.getoption("--blocks") if metafunc.config.getoption("--long") else 1
        metafunc.parametrize("block", range(int(blocks)))
