"""A process that stands still while the bot is uninstalled and installed again, over real HTTP."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest

from bot.core.clock import monotonic
from bot.playground.oauth_events import REVOKED, UNINSTALLED
from tests.support.open_town import FIRST, OpenTown, open_town
from tests.support.shell import ROOT

ROOM = "C0INFRA00"
PATIENCE = 60


class Frozen:
    """A real process of the bot's that has claimed a message, and stands still."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.since = monotonic()

    def continues(self) -> str:
        """Lets it go on to its end; returns what it says of its call."""
        self._process.send_signal(signal.SIGCONT)
        said, _ = self._process.communicate(timeout=PATIENCE)
        assert self._process.returncode == 0, said
        return said.strip()


@contextmanager
def frozen(place: OpenTown, **settings: str) -> Iterator[Frozen]:
    """One that froze after its claim, before its call."""
    given = place.environment | settings | {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.support.frozen_sender", FIRST, ROOM]
    with subprocess.Popen(
        command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            _, status = os.waitpid(process.pid, os.WUNTRACED)
            assert os.WIFSTOPPED(status), process.stdout and process.stdout.read()
            yield Frozen(process)
        finally:
            process.kill()


def _texts(place: OpenTown) -> list[str]:
    return [each["text"] for each in place.slack.journal() if each["kind"] == "message"]


@pytest.fixture
def place(database_url: str) -> Iterator[OpenTown]:
    """What is kept of a workspace is deleted a day later, unless it comes back."""
    with open_town(database_url) as living:
        living.moves_in(living.slack)
        yield living


@pytest.mark.slow
@pytest.mark.parametrize("is_past_its_lease", [False, True], ids=["in its lease", "past its lease"])
def test_f34_what_froze_before_its_call_makes_none_under_a_newer_installation(
    place: OpenTown, *, is_past_its_lease: bool
) -> None:
    seconds = 1 if is_past_its_lease else 60
    names = ("BATON_SLACK_TIMEOUT_SECONDS", "BATON_SLACK_MARGIN_SECONDS")
    with frozen(place, **dict.fromkeys(names, str(seconds))) as sender:
        place.slack.uninstalls("Tom", order=[UNINSTALLED], late=[REVOKED])
        place.moves_in(place.slack)
        place.slack.catches_up()
        place.settle()
        before = len(_texts(place))
        number = place.slack.traffic()[-1]["number"]
        if is_past_its_lease:
            Event().wait(max(0.0, sender.since + 2 * seconds - monotonic()))
        said = sender.continues()
        place.settle()
    calls = place.calls(place.slack, number)
    dialect = place.app.bot.database.dialect
    print(f"F34 {dialect}: {len(calls)} calls after it went on ({said})")  # noqa: T201
    assert calls == []
    assert "frozen" not in _texts(place)[before:]


def test_f34_what_froze_while_it_was_uninstalled_makes_no_call(place: OpenTown) -> None:
    with frozen(place, BATON_SLACK_MARGIN_SECONDS="60") as sender:
        place.slack.uninstalls("Tom")
        place.settle()
        number = place.slack.traffic()[-1]["number"]
        assert sender.continues() in {"WorkspaceGone", "LeaseLost"}
    assert place.calls(place.slack, number) == []


def test_what_froze_and_goes_on_in_time_sends(place: OpenTown) -> None:
    with frozen(place, BATON_SLACK_MARGIN_SECONDS="60") as sender:
        said = sender.continues()
    assert said == "no error"
    assert "frozen" in _texts(place)
