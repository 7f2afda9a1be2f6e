"""The app as a process of its own, as an operator would run it: started, killed, started again."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final, Self

STOP_SECONDS: Final = 30.0
PROXIES: Final = frozenset({"http_proxy", "https_proxy", "all_proxy", "no_proxy"})
OURS: Final = ("SLACK_", "BATON_", "DATABASE_URL", "ANTHROPIC_", "HOST", "PORT")


class AppProcess:
    """Runs `python -m bot run`, or another command, with these settings and none from around it."""

    def __init__(self, settings: Mapping[str, str], folder: Path, *, command: str = "run") -> None:
        self._folder, self._command = folder, command
        self._settings = dict(settings)
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the process wrote."""
        return self._folder / "bot.log"

    @property
    def has_ended(self) -> bool:
        """Whether it is no longer running."""
        return self._process is None or self._process.poll() is not None

    def start(self, **more: str) -> None:
        """Starts it; `more` are settings for this time only."""
        self._close()
        self._log = self.log.open("ab")
        self._process = subprocess.Popen(  # noqa: S603 - one of our own commands
            [sys.executable, "-m", "bot", self._command],
            cwd=self._folder,  # where no `.env` of the user's lies
            env=self._environment() | self._settings | more,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is for whoever started us; we pass it on
        )

    def stop(self) -> int:
        """Asks it to end and returns its exit code; kills it if it does not."""
        if self._process is None:
            return 0
        self._process.terminate()
        try:
            code = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            code = -signal.SIGKILL
        self._process = None
        self._close()
        return code

    def kill(self) -> None:
        """Kill -9, and wait until it is dead."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._close()

    def strike(self) -> None:
        """Kill -9, and leave it to others to notice."""
        if self._process is not None:
            self._process.kill()

    def signal(self, number: int) -> None:
        """Sends it a signal."""
        if self._process is not None:
            self._process.send_signal(number)

    def wait(self, seconds: float) -> bool:
        """Waits until it ends by itself; returns whether it did."""
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def _close(self) -> None:
        if self._log is not None:
            self._log.close()

    def _environment(self) -> dict[str, str]:
        package = Path(__file__).parents[2]
        kept = {
            name: value
            for name, value in os.environ.items()
            if name.lower() not in PROXIES and not name.startswith(OURS)
        }
        path = os.pathsep.join(filter(None, [str(package), os.environ.get("PYTHONPATH", "")]))
        return kept | {"PYTHONPATH": path}
