"""What `make faults` has done, a line a test that passed: what was interrupted goes on there.

A line counts for the code that it was passed with. `make clean` forgets all of them.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PATH: Final = ROOT / "build" / "faults.jsonl"
CODE: Final = ("bot", "migrations", "tests")


@dataclass(frozen=True, slots=True)
class Passed:
    """A test, what of the code it passed with, how many seconds it took, and what it counted."""

    test: str
    code: str
    seconds: float
    counted: dict[str, int] = field(default_factory=dict)


@cache
def code() -> str:
    """A digest of all that decides what comes of a test."""
    files = [each for name in CODE for each in sorted((ROOT / name).rglob("*.py"))]
    told = sha256()
    for each in files:
        told.update(str(each.relative_to(ROOT)).encode() + each.read_bytes())
    return told.hexdigest()[:12]


def read() -> list[Passed]:
    """All that is noted, the first one first."""
    lines = PATH.read_text().splitlines() if PATH.exists() else []
    return [Passed(**json.loads(line)) for line in lines]


def note(passed: Passed) -> None:
    """Adds a line."""
    PATH.parent.mkdir(exist_ok=True)
    with PATH.open("a") as lines:
        lines.write(f"{json.dumps(asdict(passed))}\n")


class Resuming:
    """Leaves out what passed before with this code, notes what passes, and tells the sums."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Takes them out, as if they were not there."""
        done = {each.test for each in read() if each.code == code()}
        config.hook.pytest_deselected(items=[each for each in items if each.nodeid in done])
        items[:] = [each for each in items if each.nodeid not in done]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes each as soon as it is over; only where all of them are told of."""
        if report.when == "call" and report.passed and not hasattr(self, "is_one_of_many"):
            counted = {str(name): int(str(value)) for name, value in report.user_properties}
            note(Passed(report.nodeid, code(), round(report.duration, 1), counted))

    def pytest_configure(self, config: pytest.Config) -> None:
        """One of several processes leaves the notes to the one that started them."""
        if hasattr(config, "workerinput"):
            self.is_one_of_many = True

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """How much of what was done, with this code and in all."""
        terminalreporter.section(f"{PATH.relative_to(ROOT)}")
        for line in sums(read()):
            terminalreporter.write_line(line)


def sums(noted: list[Passed]) -> Iterator[str]:
    """What was counted, in words: with the code as it is now, and with any."""
    mine = [each for each in noted if each.code == code()]
    yield f"{len(mine)} tests passed with this code, {len(noted)} in all"
    now, ever = _counted(mine), _counted(noted)
    for name in ever:
        yield f"{name}: {now[name]:,} with this code, {ever[name]:,} in all"


def _counted(noted: list[Passed]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in noted:
        found.update(each.counted)
    return found
