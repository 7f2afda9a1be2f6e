"""Charts: a picture's figures as plain data, and the port to whoever can draw them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from bot.core.errors import ChartNotDrawn
from bot.core.render import Mrkdwn

FILES: Final = "files:write"
"""Slack's scope to upload a picture; an admin may leave it out."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: how long its bar is (finite, not negative), and what stands at its end."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Figures that are compared with one another, all in one unit."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Two panels, one below the other: columns over time, then bars beside their names."""

    title: str
    over_time: Panel
    compared: Panel
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """The chart as JSON, to be kept until it is drawn."""
        return {
            "title": self.title,
            "over_time": _panel_to_json(self.over_time),
            "compared": _panel_to_json(self.compared),
            "note": self.note,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Chart":
        """The chart that was kept."""
        over_time, compared = (_panel(kept[name]) for name in ("over_time", "compared"))
        return cls(kept["title"], over_time, compared, kept["note"])


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart to be shown to somebody, with a line beside it.

    `alt` says the same in words, for screen readers. `shows` are the channels that whoever it is
    for must be able to open when it is sent.
    """

    chart: Chart
    text: Mrkdwn
    alt: str
    shows: frozenset[str] = field(default=frozenset())


class Charts(Protocol):
    """Draws charts."""

    @property
    def can_draw(self) -> bool:
        """Whether what it takes is installed."""
        ...

    def draw(self, chart: Chart) -> bytes:
        """The chart as a PNG file, the same bytes for the same chart. Raises ChartNotDrawn."""
        ...


class NoCharts:
    """Nobody draws."""

    @property
    def can_draw(self) -> bool:
        """Never."""
        return False

    def draw(self, _chart: Chart) -> bytes:
        """Raises ChartNotDrawn."""
        raise ChartNotDrawn


def _panel_to_json(panel: Panel) -> dict[str, Any]:
    return {
        "title": panel.title,
        "bars": [[bar.label, bar.value, bar.text] for bar in panel.bars],
    }


def _panel(kept: Mapping[str, Any]) -> Panel:
    return Panel(kept["title"], tuple(Bar(*bar) for bar in kept["bars"]))
