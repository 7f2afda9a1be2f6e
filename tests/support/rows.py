"""Rows of a table of threats or faults, each with the tests that show it, or a sentence why not.

A test is named by its file and how its name begins.
"""

import ast
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
IN_A_LINE: Final = 12

Shown = tuple[str, ...]
Rows = Mapping[str, Shown | str]


@cache
def _tests_in(path: str) -> frozenset[str]:
    """The tests that pytest collects from a file."""
    file = ROOT / path
    if not file.name.startswith("test_") or not file.exists():
        return frozenset()
    functions = (each for each in ast.parse(file.read_text()).body)
    names = (each.name for each in functions if isinstance(each, ast.FunctionDef))
    return frozenset(name for name in names if name.startswith("test_"))


def missing(shown: Shown | str) -> list[str]:
    """Which of the named tests there are not; of a sentence, whether it is none."""
    if isinstance(shown, str):
        return [] if shown.endswith(".") else [shown]
    named = [each.partition("::") for each in shown]
    found = [f"{path}::{name}" for path, _, name in named if not _begins(path, name)]
    return found if named else ["nothing is named"]


def _begins(path: str, name: str) -> bool:
    return any(each.startswith(name) for each in _tests_in(path))


def rows_in(nodeid: str, letters: str) -> set[str]:
    """The rows that a test bears in its name or that of its case; a row is a letter and digits."""
    path, _, name = nodeid.partition("::")
    if path.endswith("test_register.py"):
        return set()
    row = rf"(?<![^_\W])([{letters}]\d\d?)(?![^_\W])"
    return {found.upper() for found in re.findall(row, name, re.ASCII | re.IGNORECASE)}


def tell(reporter: pytest.TerminalReporter, rows: Rows, letters: str) -> None:
    """How many rows there are, how they are shown, and how many cases of each passed just now."""
    passed = reporter.stats.get("passed", [])
    bears = [row for each in passed for row in rows_in(each.nodeid, letters)]
    counts = Counter(row for row in bears if row in rows)
    if not counts:
        return
    reporter.section("cases per row")
    by_sentence = sum(isinstance(each, str) for each in rows.values())
    named = {each for shown in rows.values() if not isinstance(shown, str) for each in shown}
    reporter.write_line(
        f"{len(rows)} rows: {len(rows) - by_sentence} shown by {len(named)} tests, "
        f"{by_sentence} by a sentence; {counts.total()} cases of {len(counts)} rows passed"
    )
    told = [f"{row} {counts[row]}" for row in sorted(counts)]
    for start in range(0, len(told), IN_A_LINE):
        reporter.write_line(" · ".join(told[start : start + IN_A_LINE]))
