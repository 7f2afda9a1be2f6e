"""What `baton coach replay` tells of talk that is over."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from bot.cli.heard import Heard, Why
from bot.cli.tables import aligned
from bot.core.replays import Example, Outcome, Tally

WEEK: Final = timedelta(days=7)
HEAD: Final = ("rule", "hints", "people", "per 1,000", "per week", "without limits")
LEFT_ALONE: Final = {
    Why.APPS: "of apps and of Slack itself",
    Why.GUESTS: "of guests and people from elsewhere",
    Why.DIRECT: "in direct messages",
    Why.SHARED: "in channels shared with another organisation",
}
HELD_BACK: Final = {
    "completed": "completed or answered within 90 seconds",
    "resting": "within 4 hours of another hint to the same person",
    "said_there": "the same as before in their thread",
}


@dataclass(slots=True)
class Report:
    """What is known of the talk; it grows message by message."""

    messages: int = 0
    bad: int = 0
    left_alone: Counter[Why] = field(default_factory=Counter)
    people: set[str] = field(default_factory=set)
    channels: set[str] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None

    @property
    def read(self) -> int:
        """How many messages there were by now, whoever wrote them."""
        return self.messages + self.left_alone.total()

    @property
    def weeks(self) -> float:
        """From the first message to the last; a week at least, so that nothing is projected."""
        return max((self.last - self.first) / WEEK, 1.0) if self.first and self.last else 1.0

    def add(self, heard: Heard) -> None:
        """Adds a message of a person."""
        message = heard.message
        if not heard.is_looked_at:
            self.left_alone[Why.GUESTS] += 1
            return
        self.messages += 1
        self.people.add(message.user_id)
        self.channels.add(message.channel_id)
        self.first = min(self.first or message.at, message.at)
        self.last = max(self.last or message.at, message.at)


def as_data(report: Report, outcome: Outcome) -> dict[str, Any]:
    """The report for machines."""
    return {
        "messages": report.messages,
        "people": len(report.people),
        "channels": len(report.channels),
        "first": report.first.isoformat() if report.first else None,
        "last": report.last.isoformat() if report.last else None,
        "bad": report.bad,
        "left_alone": {why.value: report.left_alone[why] for why in Why},
        "total": _figures(report, outcome.total),
        "held_back": outcome.held_back,
        "rules": {
            name: _figures(report, tally)
            | {"examples": [{"phrase": e.phrase, "channel": e.place} for e in tally.examples]}
            for name, tally in outcome.rules.items()
        },
    }


def as_text(report: Report, outcome: Outcome) -> str:
    """The report for people."""
    tallies = {**outcome.rules, "all": outcome.total}
    table = aligned([HEAD, *(_cells(report, name, each) for name, each in tallies.items())])
    rows = [table[0]]
    for row, tally in zip(table[1:-1], outcome.rules.values(), strict=True):
        rows += [row, *(_example(each) for each in tally.examples)]
    end = [*_held_back(outcome), "Nothing was sent, nothing was stored."]
    return "\n".join([_head(report), *_left_alone(report), "", *rows, table[-1], "", *end, ""])


def _head(report: Report) -> str:
    bad = f", {report.bad:,} more could not be read" if report.bad else ""
    days = f", {report.first:%Y-%m-%d} to {report.last:%Y-%m-%d}" if report.first else ""
    messages = _many(report.messages, "message", "messages")
    people = _many(len(report.people), "person", "people")
    channels = _many(len(report.channels), "channel", "channels")
    return f"{messages} of {people} in {channels}{days}{bad}"


def _many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def _left_alone(report: Report) -> Sequence[str]:
    counts = report.left_alone
    parts = [f"{counts[why]:,} {words}" for why, words in LEFT_ALONE.items() if counts[why]]
    return [f"Left alone: {', '.join(parts)}"] if parts else []


def _held_back(outcome: Outcome) -> Sequence[str]:
    counts = outcome.held_back
    parts = [f"{counts[why]:,} {words}" for why, words in HELD_BACK.items() if counts[why]]
    return [f"Held back: {', '.join(parts)}."] if parts else []


def _figures(report: Report, tally: Tally) -> dict[str, Any]:
    return {
        "hints": tally.hints,
        "people": tally.people,
        "per_thousand": round(_per_thousand(report, tally), 2),
        "per_week": round(tally.hints / report.weeks, 2),
        "without_limits": tally.without_limits,
    }


def _cells(report: Report, name: str, tally: Tally) -> Sequence[str]:
    return (
        name,
        f"{tally.hints:,}",
        f"{tally.people:,}",
        f"{_per_thousand(report, tally):.2f}",
        f"{tally.hints / report.weeks:.2f}",
        f"{tally.without_limits:,}",
    )


def _per_thousand(report: Report, tally: Tally) -> float:
    return 1_000 * tally.hints / max(report.messages, 1)


def _example(example: Example) -> str:
    return f"  “{example.phrase}” in {example.place}"
