"""Each feature can be taken out: the rest starts, keeps its contracts and passes its own tests."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.features import FEATURES
from bot.playground.demo import STORY

ROOT = Path(__file__).parents[2]
KEPT = ("bot", "migrations", "prompts", "tests", "alembic.ini", "pyproject.toml")


def _without(feature: str, folder: Path) -> Path:
    """A copy of the project from which a feature was taken out as CONTRIBUTING says."""
    copy = folder / "project"
    copy.mkdir()
    for name in KEPT:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.db*")
            shutil.copytree(source, copy / name, ignore=ignored)
        else:
            shutil.copy(source, copy / name)
    shutil.rmtree(copy / "bot/features" / feature)
    shutil.rmtree(copy / "prompts" / feature, ignore_errors=True)
    shutil.rmtree(copy / "tests/features" / feature)
    for own in (f"test_{feature}.py", f"test_{feature}_*.py"):
        for path in (copy / "tests/flows").glob(own):
            path.unlink()
    listed = copy / "bot/features/__init__.py"
    listed.write_text(re.sub(rf' *"{feature}",\n', "", listed.read_text()))
    return copy


def _run(copy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "COV", "SLACK_", "BATON_"))
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=copy,
        env=environment | {"PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=480,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("feature", FEATURES)
def test_without_a_feature_the_rest_keeps_its_contracts_and_starts(
    feature: str, tmp_path: Path
) -> None:
    """What takes longer, the demo and the others' tests, is in the long form."""
    copy = _without(feature, tmp_path)
    contracts = _run(copy, "-c", "from importlinter.cli import lint_imports_command as c; c()")
    assert contracts.returncode == 0, contracts.stdout[-3_000:]
    started = _run(copy, "-m", "bot", "manifest", "--socket-mode")
    assert started.returncode == 0, started.stderr[-3_000:]
    assert "/baton" in started.stdout, "its verbs are answered, whoever answers for the command"


@pytest.mark.long
@pytest.mark.parametrize("feature", FEATURES)
def test_without_a_feature_every_test_of_the_others_passes_and_the_demo_says_what_is_missing(
    feature: str, tmp_path: Path
) -> None:
    copy = _without(feature, tmp_path)
    passed = _run(copy, "-m", "pytest", "-p", "no:cacheprovider", "tests/features", "tests/flows")
    assert passed.returncode == 0, passed.stdout[-3_000:]

    demo = _run(copy, "-m", "bot", "demo")
    assert demo.returncode == 1, demo.stdout[-3_000:]
    assert f"✗ {STORY[feature]}" in demo.stdout
    others = [STORY[name] for name in FEATURES if name != feature]
    assert not any(f"✗ {promise}" in demo.stdout for promise in others)
