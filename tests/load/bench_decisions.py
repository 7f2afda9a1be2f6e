"""How long it takes to find what a conversation settles, and that it grows with its length alone.

`make bench-decisions`, or `python -m tests.load.bench_decisions --help`. The table goes to standard
error, the same as JSON to standard output; 1 is returned where a bar is missed. Times are those of
one processor; the yardstick, 30 regular expressions searched for one by one in each message, is
measured beside them.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Annotated, Final

import typer

from bot.core.cues import own_words
from bot.core.talk import Line
from bot.features.decisions.rules.weighing import deciding_message
from tests.load.bench_coach import YARDSTICK

MESSAGES: Final = 500
MOST_CHARACTERS: Final = 40_000  # Slack's longest message
MOST_MS: Final = 50.0
GROWTH: Final = 8
MOST_GROWTH: Final = 1.5
TALK: Final = Path(__file__).parents[1] / "eval/decisions/threads_tuned.jsonl"
UNITS: Final = (
    *("a", "?", "ok ", "then ", ":a", ":+1:", "- ", "a,", "&gt;", "<", "`", '"', "1 or "),
    *("let's ", "we'll ", "no more ", "agreed with ", "if we ", "going with it ", "ok so then "),
    *("A or B? ", "should we go for it or not ", "decided, next week. ", "will be on the "),
)
"""What a message of the greatest length is made of."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured, in milliseconds of the processor.

    `ratio` is what the conversation takes of the yardstick; `growth` what a message takes in one
    eight times as long, of what it takes in this; `longest` are the greatest messages, each after a
    question, by what they are made of.
    """

    messages: int
    conversation: float
    yardstick: float
    ratio: float
    growth: float
    longest: Mapping[str, float]

    @property
    def passes(self) -> bool:
        """Whether conversations are read quickly enough, and messages of every length."""
        quick = max(self.conversation, *self.longest.values()) <= MOST_MS
        return quick and self.growth <= MOST_GROWTH


def conversation(messages: int) -> list[Line]:
    """Labelled workplace talk in a row, again from the beginning where it ends."""
    rows = map(json.loads, TALK.read_text("utf-8").splitlines())
    said = [(each["user"], each["text"]) for row in rows for each in row["messages"]]
    return [Line(place, *each) for place, each in enumerate(islice(cycle(said), messages))]


def greatest(unit: str, characters: int = MOST_CHARACTERS) -> list[Line]:
    """A question, a message made of one thing, and an answer to it."""
    text = (unit * characters)[:characters]
    return [Line(0, "Ana", "should we drop it?"), Line(1, "Ivo", text), Line(2, "Ana", "ok")]


def bench(messages: int, repetitions: int, characters: int = MOST_CHARACTERS) -> Report:
    """Measures; of several repetitions the best counts, for the others were disturbed."""
    lines, many = conversation(messages), conversation(messages * GROWTH)
    taken = milliseconds(lambda: deciding_message(lines), repetitions)
    longer = milliseconds(lambda: deciding_message(many), max(1, repetitions // GROWTH))
    yardstick = milliseconds(
        lambda: [cue.search(each.text) for cue in YARDSTICK for each in lines], repetitions
    )
    return Report(
        messages,
        round(taken, 1),
        round(yardstick, 1),
        ratio=round(taken / yardstick, 2),
        growth=round(longer / taken / GROWTH, 2),
        longest={unit: _of_greatest(greatest(unit, characters)) for unit in UNITS},
    )


def milliseconds(run: Callable[[], object], repetitions: int) -> float:
    """What the quickest of several runs takes of the processor."""
    taken = []
    for _ in range(repetitions):
        own_words.cache_clear()
        started = process_time()
        run()
        taken.append(process_time() - started)
    return 1e3 * min(taken)


def told(report: Report) -> Iterator[str]:
    """A report as lines for people."""
    yield f"{report.messages} messages of one conversation, milliseconds"
    for name in ("conversation", "yardstick"):
        yield f"{name:>14}{getattr(report, name):>10,}"
    yield f"{report.ratio} of the yardstick's time; {report.growth} each in one {GROWTH} times that"
    yield "milliseconds for the longest messages, by what they are made of"
    for unit, taken in sorted(report.longest.items(), key=lambda each: -each[1]):
        yield f"{taken:>14,}  {unit!r}"


def main(repetitions: Annotated[int, typer.Option(min=1)] = 20) -> None:
    """Measures how long it takes to find what a conversation settles."""
    report = bench(MESSAGES, repetitions)
    for line in told(report):
        typer.echo(line, err=True)
    verdict = "Passed" if report.passes else "Missed"
    typer.echo(f"{verdict}: {MOST_MS} ms for {MESSAGES} messages, or for the longest", err=True)
    typer.echo(json.dumps(asdict(report), indent=2))
    raise typer.Exit(not report.passes)


def _of_greatest(lines: Sequence[Line]) -> float:
    return round(milliseconds(lambda: deciding_message(lines), repetitions=2), 1)


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
