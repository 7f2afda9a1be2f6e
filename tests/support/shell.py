"""The command line as people call it: a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


class Shell:
    """Runs `baton` in a folder of its own, with these settings and no others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *arguments: str, stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment | environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        """What the process finds in its environment."""
        return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

    @staticmethod
    def command(*arguments: str) -> list[str]:
        """The words of a command."""
        return [sys.executable, "-m", "bot", *arguments]
