"""A figure that was measured, beside its yardstick of the same run, and the bar it is to reach."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

_WIDTHS: Final = (5, 46, 11, 12, 12, 34, 8, 9)
_HEADS: Final = ("part", "what", "database", "value", "unit", "yardstick", "ratio", "bar")


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and on which database (empty: on none).

    `yardstick` is what `of` came to in the same run, None: it is a count. `least` and `most` bound
    the value, or the ratio where `is_ratio`.
    """

    part: str
    what: str
    database: str
    value: float
    unit: str
    yardstick: float | None = None
    of: str = ""
    least: float | None = None
    most: float | None = None
    is_ratio: bool = False

    @property
    def ratio(self) -> float | None:
        """The value in yardsticks."""
        return round(self.value / self.yardstick, 3) if self.yardstick else None

    @property
    def passes(self) -> bool:
        """Whether it reaches its bar; what has none does."""
        found = self.ratio if self.is_ratio else self.value
        if found is None:
            return False
        is_enough = self.least is None or found >= self.least
        return is_enough and (self.most is None or found <= self.most)

    @property
    def bar(self) -> str:
        """The bar as people write it."""
        times = " x" if self.is_ratio else ""
        least = [f">= {self.least:g}{times}"] if self.least is not None else []
        most = [f"<= {self.most:g}{times}"] if self.most is not None else []
        return " ".join(least + most)


def told(figures: Iterable[Figure]) -> Iterator[str]:
    """The figures as a table for people; whatever misses its bar is marked."""
    yield _line(_HEADS)
    for each in figures:
        yardstick = f"{each.of}: {each.yardstick:,g}" if each.yardstick is not None else ""
        ratio = f"{each.ratio:.2f}" if each.ratio is not None else ""
        cells = (each.part, each.what, each.database, f"{each.value:,g}", each.unit)
        missed = "" if each.passes else "  missed"
        yield _line((*cells, yardstick, ratio, each.bar)) + missed


def _line(cells: Iterable[str]) -> str:
    padded = (f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True))
    return "".join(padded).rstrip()
