"""Every row of the tables of threats, hostile inputs and faults is shown by a test that exists."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.security.register import EXPECTED, ROWS

ROOT = Path(__file__).parents[2]


@cache
def _tests_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text())
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(node.name for node in found if node.name.startswith("test_"))


@pytest.mark.parametrize("row", EXPECTED)
def test_a_row_is_shown_by_tests_or_a_sentence_says_why_not(row: str) -> None:
    shown = ROWS[row]
    if isinstance(shown, str):
        assert shown.endswith("."), "a sentence"
        return
    named = [each.partition("::") for each in shown]
    assert named
    missing = [f"{path}::{name}" for path, _, name in named if not _begins(path, name)]
    assert missing == []


def _begins(path: str, name: str) -> bool:
    return any(each.startswith(name) for each in _tests_in(path))


def test_no_row_is_registered_that_no_table_has() -> None:
    assert set(EXPECTED) == set(ROWS)
