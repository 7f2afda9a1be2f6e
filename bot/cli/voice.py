"""Speaks to whoever waits for a long command."""

from typing import Final, TextIO

import typer

from bot.core.clock import monotonic

PROGRESS_SECONDS: Final = 1.0


class Voice:
    """Sentences always, a moving count of `what` on a terminal only."""

    def __init__(self, file: TextIO, what: str) -> None:
        self._file, self._what = file, what
        self._next = monotonic() + PROGRESS_SECONDS

    def say(self, sentence: str) -> None:
        """Says a sentence on a line of its own."""
        self.wipe()
        typer.echo(sentence, file=self._file)

    def count(self, number: int) -> None:
        """Says now and then how many there were by now."""
        if monotonic() >= self._next and self._file.isatty():
            self._next += PROGRESS_SECONDS
            typer.echo(f"\r{number:,} {self._what}", file=self._file, nl=False)

    def wipe(self) -> None:
        """Takes the count away."""
        if self._file.isatty():
            typer.echo("\r\x1b[K", file=self._file, nl=False)
