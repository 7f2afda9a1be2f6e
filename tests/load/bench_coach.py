"""How long a whole review of a message takes, and that it grows no faster than the message.

`make bench-coach`, or `python -m tests.load.bench_coach --help`. The table goes to standard error,
the same as JSON to standard output; 1 is returned where a bar is missed. Times are those of one
processor; the yardstick, 30 regular expressions searched for one by one, is measured beside them.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Annotated, Final

import typer

from bot.core.message_store import StoredMessage
from bot.features.coach.rules.answerability import find
from bot.features.coach.rules.reading import read
from bot.features.coach.rules.review import review
from bot.features.coach.rules.situation import Situation

CHARACTERS: Final = 200
BEFORE: Final = 5
MOST_CHARACTERS: Final = 40_000  # Slack's longest message
PER_SECOND: Final = 10_000
LONGEST_MS: Final = 50.0
ROWS: Final = Path(__file__).parents[1] / "eval"
FILES: Final = ("coach/messages_tuned.jsonl", "asks/messages_tuned.jsonl")
MOMENT: Final = datetime(2026, 1, 6, 12, tzinfo=UTC)
UNITS: Final = (
    "a",
    "?",
    "hi ",
    "<",
    "`",
    ">",
    "&gt;",
    ":a",
    "- ",
    "-",
    "a,",
    "<@U1> ",
    "<!here> ",
    "www.",
    "@a ",
    "can anyone help me ",
    "this blocks me, please decide. ",
    "THIS IS RIDICULOUS! ",
    "quick call? ",
)
"""What a message of the greatest length is made of."""
YARDSTICK: Final = [
    re.compile(rf"\b(?:{first}|{second})\b[^.!?]{{0,30}}\b(?:{third}|this|that)\b", re.IGNORECASE)
    for first in ("can", "could", "please", "any", "need")
    for second in ("somebody", "anyone")
    for third in ("help", "look", "question")
]


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured: microseconds for a message, reviews a second, milliseconds at the most.

    `ratio` is what a review takes of the yardstick. `worst` is the message that takes longest,
    `longest` the milliseconds of the greatest messages by what they are made of.
    """

    messages: int
    reading: float
    answerability: float
    review: float
    yardstick: float
    per_second: int
    ratio: float
    worst: float
    worst_message: str
    longest: Mapping[str, float]

    @property
    def passes(self) -> bool:
        """Whether reviews are quick enough, of messages of every length."""
        return self.per_second >= PER_SECOND and max(self.longest.values()) <= LONGEST_MS


def texts() -> list[str]:
    """Workplace talk in pieces of 200 characters."""
    lines = (line for name in FILES for line in (ROWS / name).read_text("utf-8").splitlines())
    rows = map(json.loads, lines)
    talk = " ".join(row["text"] for row in rows if "```" not in row["text"])
    return list(_pieces(talk))


def bench(messages: Sequence[str], repetitions: int, characters: int = MOST_CHARACTERS) -> Report:
    """Measures; of several repetitions the best counts, for the others were disturbed."""
    situations = list(_situations(messages))
    readings = [read(text) for text in messages]
    both = list(zip(readings, situations, strict=True))

    def per_message(run: Callable[[], object]) -> float:
        return 1e6 * _best(run, repetitions) / len(messages)

    rounds = [
        [1e6 * _taken(partial(review, each)) for each in situations] for _ in range(repetitions)
    ]
    reviews = min(rounds, key=sum)
    reviewed = sum(reviews) / len(reviews)
    yardstick = per_message(lambda: [[cue.search(text) for cue in YARDSTICK] for text in messages])
    slowest = max(zip(reviews, messages, strict=True))
    return Report(
        len(messages),
        round(per_message(lambda: [read(text) for text in messages]), 1),
        round(per_message(lambda: [list(find(*each)) for each in both]), 1),
        round(reviewed, 1),
        round(yardstick, 1),
        per_second=int(1e6 / reviewed),
        ratio=round(reviewed / yardstick, 2),
        worst=round(slowest[0], 1),
        worst_message=slowest[1],
        longest={unit: _milliseconds(unit, characters) for unit in UNITS},
    )


def told(report: Report) -> Iterator[str]:
    """A report as lines for people."""
    yield f"{report.messages} messages of {CHARACTERS} characters, microseconds for each"
    for name in ("reading", "answerability", "review", "yardstick", "worst"):
        yield f"{name:>14}{getattr(report, name):>10,}"
    yield f"{report.per_second:,} reviews a second, {report.ratio} of the yardstick's time"
    yield f"worst: {report.worst_message}"
    yield "milliseconds for the longest messages, by what they are made of"
    for unit, taken in sorted(report.longest.items(), key=lambda each: -each[1]):
        yield f"{taken:>14,}  {unit!r}"


def main(
    repetitions: Annotated[int, typer.Option(min=1)] = 20,
) -> None:
    """Measures how long reviews take."""
    report = bench(texts(), repetitions)
    for line in told(report):
        typer.echo(line, err=True)
    verdict = "Passed" if report.passes else "Missed"
    typer.echo(f"{verdict}: {PER_SECOND:,} a second, {LONGEST_MS} ms for the longest", err=True)
    typer.echo(json.dumps(asdict(report), indent=2))
    raise typer.Exit(not report.passes)


def _pieces(talk: str) -> Iterator[str]:
    """Pieces that begin and end with a word."""
    words = iter(talk.split(" "))
    piece = ""
    for word in words:
        if len(piece) + len(word) >= CHARACTERS:
            yield piece
            piece = word
        else:
            piece = f"{piece} {word}".strip()


def _situations(messages: Sequence[str]) -> Iterator[Situation]:
    """Each message after those before it, a minute between, by four people in turn."""
    said = [
        StoredMessage(
            "C1", f"{number}", f"U{number % 4}", text, None, MOMENT + timedelta(minutes=number)
        )
        for number, text in enumerate(messages)
    ]
    for number, message in enumerate(said):
        before = list(islice(said, max(0, number - BEFORE), number))
        yield Situation(message, before=before, is_first=not before)


def _milliseconds(unit: str, characters: int) -> float:
    text = (unit * characters)[:characters]
    situation = next(_situations([text]))
    return round(1e3 * _best(lambda: review(situation), repetitions=2), 1)


def _best(run: Callable[[], object], repetitions: int) -> float:
    return min(_taken(run) for _ in range(repetitions))


def _taken(run: Callable[[], object]) -> float:
    """Seconds of the processor."""
    started = process_time()
    run()
    return process_time() - started


if __name__ == "__main__":
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(main)
    app()
