"""Draws charts if the package for it is installed.

It is imported when the first chart is drawn: it takes a second and 70 MB of memory.
"""

import importlib
import importlib.util

from bot.core.charts import Chart
from bot.core.errors import ChartNotDrawn

PACKAGE = "matplotlib"


class InstalledCharts:
    """Draws with matplotlib."""

    @property
    def can_draw(self) -> bool:
        """Whether matplotlib is there; it is not imported to find out."""
        return importlib.util.find_spec(PACKAGE) is not None

    def draw(self, chart: Chart) -> bytes:
        """The chart as a PNG file, 1,440 pixels wide. Raises ChartNotDrawn."""
        if not self.can_draw:
            raise ChartNotDrawn
        try:
            drawing = importlib.import_module("bot.charts.drawing")
            png: bytes = drawing.png(chart)
        except Exception as error:
            raise ChartNotDrawn(f"({type(error).__name__}: {error})") from error
        return png
