"""What `baton eval` tells of a file: how many rows, how many bad ones, and the scores."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from bot.cli.tables import aligned
from bot.core.scores import Score

RATES: Final = ("precision", "recall", "f1", "accuracy", "too_early_rate")
HEAD: Final = (
    *("field", "labelled", "precision", "recall", "F1", "accuracy", "too early"),
    *("TP", "FP", "FN", "TN"),
)
COUNTS: Final = ("tp", "fp", "fn", "tn")


@dataclass(slots=True)
class Report:
    """What is known of a file; it grows row by row."""

    what: str
    rows: int = 0
    bad_rows: int = 0
    repeated_ids: int = 0
    scores: dict[str, Score] = field(default_factory=dict)

    def add(self, scores: Mapping[str, Score]) -> None:
        """Adds one row's scores."""
        for name, score in scores.items():
            self.scores[name] = self.scores.get(name, Score()) + score


def as_data(report: Report) -> dict[str, Any]:
    """The report for machines; a rate that makes no sense is null."""
    return asdict(report) | {
        "scores": {
            name: {rate: getattr(score, rate) for rate in RATES} | {"counts": asdict(score)}
            for name, score in report.scores.items()
        }
    }


def as_table(report: Report) -> str:
    """The report for people."""
    repeated = f", {report.repeated_ids:,} repeated ids" if report.repeated_ids else ""
    said = f"{report.what}: {report.rows:,} rows, {report.bad_rows:,} of them bad{repeated}\n"
    if not report.scores:
        return said + "No row has labels for this, so there are no scores.\n"
    table = [HEAD, *(_cells(name, score) for name, score in report.scores.items())]
    return said + "".join(f"{line}\n" for line in aligned(table))


def _cells(name: str, score: Score) -> Sequence[str]:
    rates = [getattr(score, rate) for rate in RATES]
    return (
        name,
        f"{score.labelled:,}",
        *("-" if rate is None else f"{rate:.3f}" for rate in rates),
        *(f"{getattr(score, count):,}" for count in COUNTS),
    )
