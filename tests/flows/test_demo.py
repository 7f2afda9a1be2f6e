"""The demo's day, as whoever has just cloned the repository sees it."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from bot.app import Application
from bot.core.scenes import NeverSees, Sees
from bot.playground.demo import STORY
from bot.settings import Settings
from tests.support.messages_api import KEY, MessagesApi, quoting

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HEADING = re.compile(r"^── (\w+) (\d+) October, (\d\d:\d\d) ([\w ]+) ──", re.MULTILINE)


def _demo(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", "demo"],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.needs(*STORY)
def test_the_day_is_told_in_order_and_everything_that_has_to_happen_does(tmp_path: Path) -> None:
    told = _demo(tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"
    story, _, verdict = told.stdout.partition("── What had to happen ──")
    assert "✗" not in verdict
    scenes = Application(Settings(_env_file=None)).bot.scenes.values()
    steps = [step for scene in scenes for moment in scene.moments for step in moment.steps]
    for step in steps:
        if isinstance(step, Sees | NeverSees) and step.told:
            assert f"✓ {step.told}" in verdict
    assert story.count("App Home:") == 2, "a board is told when it is opened, not when redrawn"
    cities = {city for *_, city in HEADING.findall(story)}
    assert cities == {"Berlin", "Kolkata", "Los Angeles", "São Paulo", "Tokyo"}
    berlin = re.findall(r"(\d\d:\d\d) Berlin", story)
    midnights = sum(later < earlier for earlier, later in pairwise(berlin))
    assert midnights == 1, "time goes forward, over one midnight"


@pytest.mark.needs(*STORY)
def test_with_a_key_the_digests_of_the_day_are_worded_by_the_model(tmp_path: Path) -> None:
    with MessagesApi(quoting) as api:
        told = _demo(tmp_path, ANTHROPIC_API_KEY=KEY, ANTHROPIC_BASE_URL=api.url)
    assert (told.returncode, told.stderr) == (0, "")
    assert "the model words what was said in the channels" in told.stdout
    assert "Drafted with AI from the linked" in told.stdout
    assert " wrote: " in told.stdout
    assert api.journal
    assert api.rejected == []
