"""The command line as people call it: a process of its own."""

import os
import sys
import tempfile
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 60.0
_PROCESSES: Final = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["bot.app", "bot.cli", "tests.support.shell"])
"""Each process is split off from one that has imported everything, which takes longest."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs `baton` in a folder of its own, with these settings and no others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, stdin: str = "", **environment: str) -> Told:
        with tempfile.TemporaryDirectory(prefix="baton-shell-") as folder:
            streams = Path(folder)
            (streams / "0").write_text(stdin)
            given = (arguments, self.folder, self.environment | environment, streams)
            process = _PROCESSES.Process(target=_run, args=given)
            process.start()
            process.join(PATIENCE)
            is_over = process.exitcode is not None
            if not is_over:
                process.kill()
                process.join()
            said, complained = ((streams / name).read_text() for name in "12")
        assert is_over, f"{arguments} did not end: {said}{complained}"
        return Told(process.exitcode or 0, said, complained)

    @property
    def environment(self) -> dict[str, str]:
        """What the process finds in its environment."""
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    @staticmethod
    def command(*arguments: str) -> list[str]:
        """The words of a command, for a process that is started from nothing."""
        return [sys.executable, "-m", "bot", *arguments]


def _run(
    arguments: tuple[str, ...], folder: Path, environment: dict[str, str], streams: Path
) -> None:
    """Becomes the command: its arguments, folder, environment and standard streams."""
    from bot.cli import main  # noqa: PLC0415 - in the new process, where it is there already

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for number, mode in enumerate(("r", "w", "w")):
        with (streams / str(number)).open(mode) as stream:
            os.dup2(stream.fileno(), number)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115 - for as long as the process lives
    sys.argv = ["baton", *arguments]
    main()
