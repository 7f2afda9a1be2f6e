"""How far verdicts agree with labels: precision, recall, F1, accuracy, and what came too early."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from bot.core.errors import RowUnfit
from bot.core.evals import Value, Verdict

ALSO: Final = "also_acceptable"
"""The label that lists further messages which are as right as the one that is labelled."""


@dataclass(frozen=True, slots=True)
class Score:
    """What was counted for one field of the verdicts; scores of several rows add up.

    `tp` was found rightly, `fp` was found and is not so, `fn` was not found, and where `tn`
    nothing was to be found and nothing was. A message that is not the right one counts as `fp`
    and, if there is a right one, as `fn`. `too_early` are the rows, of those that have an order,
    in which a message was picked before any right one, or though there is none.
    """

    labelled: int = 0
    right: int = 0
    tp: int = 0
    fp: int = 0
    fn: int = 0
    tn: int = 0
    ordered: int = 0
    too_early: int = 0

    def __add__(self, other: "Score") -> "Score":
        names = [field.name for field in fields(Score)]
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def precision(self) -> float | None:
        """How much of what was found is so; None if nothing was found."""
        return _share(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """How much of what is so was found; None if nothing is so."""
        return _share(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @property
    def accuracy(self) -> float | None:
        """How many rows are entirely right."""
        return _share(self.right, self.labelled)

    @property
    def too_early_rate(self) -> float | None:
        """How many rows were settled too early; None where there is no order."""
        return _share(self.too_early, self.ordered)


def scored(verdict: Verdict, labels: Mapping[str, Any]) -> dict[str, Score]:
    """The score of each field of one verdict that has a label. Raises RowUnfit."""
    also = labels.get(ALSO) or []
    if not isinstance(also, list) or not all(_is_number(each) for each in also):
        raise RowUnfit(f'its label "{ALSO}" is of a wrong type')
    common = [name for name in verdict if name in labels]
    found = {name: _score(name, verdict[name], labels[name], also) for name in common}
    return {name: score for name, score in found.items() if score is not None}


def _score(name: str, value: Value, label: Any, also: list[int]) -> Score | None:
    match value, label:
        case (bool(), bool()):
            return _flag(value=value, label=label)
        case (None | int(), None | int()) if not {type(value), type(label)} & {bool}:
            return _number(value, label, also)
        case (_, None):
            return None
        case (str(), str()):
            return Score(labelled=1, right=int(value == label))
        case (list() | tuple(), list()) if all(isinstance(each, str) for each in label):
            return _words(set(value), set(label))
    raise RowUnfit(f'its label "{name}" is of a wrong type')


def _flag(*, value: bool, label: bool) -> Score:
    return Score(
        labelled=1,
        right=value is label,
        tp=value and label,
        fp=value and not label,
        fn=label and not value,
        tn=not value and not label,
    )


def _number(value: int | None, label: int | None, also: list[int]) -> Score:
    right = value == label or value in also
    firsts = [each for each in (label, *also) if each is not None]
    return Score(
        labelled=1,
        right=right,
        tp=right and value is not None,
        fp=value is not None and not right,
        fn=label is not None and not right,
        tn=value is None and label is None,
        ordered=1,
        too_early=value is not None and not right and (not firsts or value < min(firsts)),
    )


def _words(value: set[str], label: set[str]) -> Score:
    return Score(
        labelled=1,
        right=value == label,
        tp=len(value & label),
        fp=len(value - label),
        fn=len(label - value),
        tn=not value and not label,
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
