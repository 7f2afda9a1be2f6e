"""`baton eval`: what a feature's rules say about rows of labelled chat, and how often rightly."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TextIO

import typer

from bot import features
from bot.cli import eval_report, files, texts
from bot.cli.eval_report import Report
from bot.cli.lines import numbered
from bot.cli.voice import Voice
from bot.core import evals
from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.errors import NoJudge, NothingToJudge, RowUnfit
from bot.core.evals import Judge
from bot.core.scores import scored

NEVER_OPENED: Final = "sqlite:///never-opened.db"  # judges need neither database nor settings


def evaluate(what: str, source: str, out: Path | None, json_scores: Path | None) -> int:
    """Judges a file row by row; returns 0, or 1 if something was wrong with a row.

    Raises BatonError if nothing could be judged.
    """
    judge, report = _judge(what), Report(what)
    with files.whole(out) if out else files.stdout() as verdicts:
        _judge_all(report, judge, numbered(source), verdicts)
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


def _judge_all(
    report: Report, judge: Judge, lines: Iterator[tuple[int, bytes]], verdicts: TextIO
) -> None:
    seen: set[int] = set()  # of hashes: ids may be long
    voice = Voice(sys.stderr, "rows")
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
