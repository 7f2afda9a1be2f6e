"""`baton eval`: what a feature's rules say about rows of labelled chat, and how often rightly."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final, TextIO

import typer

from bot import features
from bot.cli import eval_report, files, texts
from bot.cli.eval_report import Report
from bot.core import evals
from bot.core.bot import Bot
from bot.core.clock import SystemClock, monotonic
from bot.core.db import Database
from bot.core.errors import FileUnreadable, NoJudge, NothingToJudge, RowUnfit
from bot.core.evals import Judge
from bot.core.scores import scored

NEVER_OPENED: Final = "sqlite:///never-opened.db"  # judges need neither database nor settings
PROGRESS_SECONDS: Final = 1.0


def evaluate(what: str, source: str, out: Path | None, json_scores: Path | None) -> int:
    """Judges a file row by row; returns 0, or 1 if something was wrong with a row.

    Raises BatonError if nothing could be judged.
    """
    judge, report = _judge(what), Report(what)
    with files.whole(out) if out else files.stdout() as verdicts:
        _judge_all(report, judge, _lines(source), verdicts)
        if not report.rows:
            raise NothingToJudge
    if json_scores:
        with files.whole(json_scores) as scores:
            scores.write(texts.as_json(eval_report.as_data(report)))
    typer.echo(eval_report.as_table(report), err=True, nl=False)
    return int(report.bad_rows > 0)


def _judge(what: str) -> Judge:
    bot = Bot(Database(NEVER_OPENED), SystemClock(), SystemClock())
    features.register(bot)
    if what not in bot.judges:
        known = ", ".join(sorted(bot.judges)) or "none"
        raise NoJudge(f"({what}) There are: {known}.")
    return bot.judges[what]


def _lines(source: str) -> Iterator[tuple[int, bytes]]:
    try:
        with ExitStack() as stack:
            is_stdin = source == "-"
            file = sys.stdin.buffer if is_stdin else stack.enter_context(Path(source).open("rb"))
            yield from evals.lines(file)
    except OSError as error:
        raise FileUnreadable(f"({source}: {error.strerror})") from None


def _judge_all(
    report: Report, judge: Judge, lines: Iterator[tuple[int, bytes]], verdicts: TextIO
) -> None:
    seen: set[int] = set()  # of hashes: ids may be long
    voice = _Voice(sys.stderr)
    for number, line in lines:
        report.rows += 1
        try:
            row = evals.judged(line, judge)
            if hash(row.id) in seen:
                report.repeated_ids += 1
                voice.say(f"line {number}: the id {json.dumps(row.id)} is on a line before, too.")
            seen.add(hash(row.id))
            verdicts.write(f"{row.line}\n")
            report.add(scored(row.verdict, row.labels))
        except RowUnfit as error:
            report.bad_rows += 1
            voice.say(f"line {number}: {error.detail}.")
        voice.count(report.rows)
    voice.wipe()


class _Voice:
    """Speaks to whoever waits: sentences always, a moving count on a terminal only."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._next = monotonic() + PROGRESS_SECONDS

    def say(self, sentence: str) -> None:
        """Says a sentence on a line of its own."""
        self.wipe()
        typer.echo(sentence, file=self._file)

    def count(self, rows: int) -> None:
        """Says now and then how many rows are judged."""
        if monotonic() >= self._next and self._file.isatty():
            self._next += PROGRESS_SECONDS
            typer.echo(f"\r{rows:,} rows", file=self._file, nl=False)

    def wipe(self) -> None:
        """Takes the count away."""
        if self._file.isatty():
            typer.echo("\r\x1b[K", file=self._file, nl=False)
