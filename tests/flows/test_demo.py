"""The demo's day, as whoever has just cloned the repository sees it."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app import Application
from bot.core.scenes import NeverSees, Sees
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
ALL = ("asks", "decisions", "digest", "redphone", "coach", "home")
HEADING = re.compile(r"^── (\w+) (\d+) October, (\d\d:\d\d) ([\w ]+) ──", re.MULTILINE)


@pytest.mark.needs(*ALL)
def test_the_day_is_told_in_order_and_everything_that_has_to_happen_does(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "demo"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"
    story, _, verdict = told.stdout.partition("── What had to happen ──")
    assert "✗" not in verdict
    scenes = Application(Settings(_env_file=None)).bot.scenes.values()
    steps = [step for scene in scenes for moment in scene.moments for step in moment.steps]
    for step in steps:
        if isinstance(step, Sees | NeverSees) and step.told:
            assert f"✓ {step.told}" in verdict
    cities = {city for *_, city in HEADING.findall(story)}
    assert cities == {"Berlin", "Kolkata", "Los Angeles", "São Paulo", "Tokyo"}
    berlin = re.findall(r"(\d\d:\d\d) Berlin", story)
    midnights = sum(later < earlier for earlier, later in pairwise(berlin))
    assert midnights == 1, "time goes forward, over one midnight"
