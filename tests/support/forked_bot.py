"""The bot in a process of its own that starts within a moment: all it imports is there already."""

import os
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from bot.settings import Settings
from tests.support import echoing_bot

STOP_SECONDS: Final = 30.0
_PROCESSES: Final = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bot.app", "tests.support.forked_bot"])


class ForkedBot:
    """Runs the bot with these settings; it is killed, and started again, as often as need be."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        folder: Path,
        *,
        receive: bool = True,
        work: bool = True,
        name: str = "bot",
    ) -> None:
        self._settings = {key.lower(): value for key, value in settings.items()}
        self._does = (receive, work)
        self.log = folder / f"{name}.log"
        self._process: BaseProcess | None = None

    @property
    def has_ended(self) -> bool:
        """Whether it is no longer running."""
        return self._process is None or not self._process.is_alive()

    @property
    def process_id(self) -> int:
        """Of the process that was started last."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def start(self, **more: str) -> None:
        """Starts it; `more` are settings for this time only."""
        given = (self._settings | more, *self._does, str(self.log))
        self._process = _PROCESSES.Process(target=_serve, args=given, daemon=True)
        self._process.start()

    def strike(self) -> None:
        """Kill -9, and leave it to others to notice."""
        if self._process is not None:
            self._process.kill()

    def stop(self) -> int | None:
        """Asks it to end and returns its exit code; kills it if it does not."""
        if self._process is None:
            return 0
        self._process.terminate()
        self._process.join(STOP_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        return self._process.exitcode


def _serve(settings: Mapping[str, Any], receive: bool, work: bool, log: str) -> None:
    with Path(log).open("ab", buffering=0) as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
    echoing_bot.serve(Settings(_env_file=None, **settings), receive=receive, work=work)
