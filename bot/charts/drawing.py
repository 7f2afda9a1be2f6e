"""A chart as a PNG file, drawn by matplotlib without a screen."""

import unicodedata
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font

from bot.core.charts import Bar, Chart

SIZE: Final = (7.2, 4.9)  # inches; Slack shows it about 720 px wide
DOTS_PER_INCH: Final = 200
TITLE, HEADING, TEXT, SMALL = 15.0, 11.5, 10.5, 9.5  # points
INK: Final = "#1d1c1d"
GREY: Final = "#5c5a5e"  # 6.6 : 1 on white (WCAG 2.2 asks for 4.5)
TIME: Final = "#1d5c96"  # told apart by place and words, too, not by colour alone
COMPARED: Final = "#b05a00"
ANY_TITLE: Final = "One channel"
HEADROOM: Final = 1.18
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
BOLD: Final = "DejaVuSans-Bold.ttf"
_FONTS: Final = Path(mpl.get_data_path(), "fonts", "ttf")
_PLAIN: Final = FontProperties(fname=_FONTS / "DejaVuSans.ttf")
_BOLD: Final = FontProperties(fname=_FONTS / BOLD)
_alone: Final = Lock()  # matplotlib's settings are shared by all threads


def png(chart: Chart) -> bytes:
    """The file; equal charts have equal bytes. Whatever is set up on the machine is ignored."""
    with _alone, mpl.rc_context():
        mpl.rcdefaults()
        figure = Figure(figsize=SIZE, dpi=DOTS_PER_INCH, facecolor="white")
        FigureCanvasAgg(figure)
        _draw(figure, chart)
        file = BytesIO()
        figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def shown(title: str) -> str:
    """The title as the picture has it.

    The font that is always there lacks emoji and the letters of many scripts, and what is written
    from right to left would stand the wrong way round; the words beside the picture have the name.
    """
    known = get_font(_FONTS / BOLD).get_charmap()
    is_drawable = all(
        ord(char) in known and unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT
        for char in title
    )
    return title if is_drawable else ANY_TITLE


def _draw(figure: Figure, chart: Chart) -> None:
    title = figure.text(0.03, 0.94, shown(chart.title), color=INK)
    title.set(fontproperties=_font(TITLE, bold=True), parse_math=False)
    figure.text(0.03, 0.025, chart.note, fontproperties=_font(SMALL), color=GREY)
    above = figure.add_axes((0.03, 0.52, 0.94, 0.29))
    below = figure.add_axes((0.27, 0.10, 0.70, 0.24))
    _heading(figure, 0.85, chart.over_time.title)
    _columns(above, chart.over_time.bars)
    _heading(figure, 0.38, chart.compared.title)
    _rows(below, chart.compared.bars)


def _columns(axes: Axes, bars: Sequence[Bar]) -> None:
    places, heights = range(len(bars)), [bar.value for bar in bars]
    axes.bar(places, heights, width=0.62, color=TIME)
    for place, bar in zip(places, bars, strict=True):
        axes.annotate(
            bar.text,
            (place, bar.value),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontproperties=_font(TEXT),
            color=INK,
        )
    axes.set_xticks(places, [bar.label for bar in bars])
    axes.set_xlim(-0.6, max(len(bars), 4) - 0.4)
    axes.set_ylim(0, _longest(bars) * HEADROOM)
    axes.yaxis.set_visible(False)
    _bare(axes, kept="bottom")


def _rows(axes: Axes, bars: Sequence[Bar]) -> None:
    places, lengths = range(len(bars)), [bar.value for bar in bars]
    axes.barh(places, lengths, height=0.55, color=COMPARED)
    for place, bar in zip(places, bars, strict=True):
        axes.annotate(
            bar.text,
            (bar.value, place),
            xytext=(5, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            fontproperties=_font(TEXT),
            color=INK,
        )
    axes.set_yticks(places, [bar.label for bar in bars])
    axes.invert_yaxis()
    axes.set_xlim(0, _longest(bars) * HEADROOM * 1.1)
    axes.xaxis.set_visible(False)
    _bare(axes, kept="left")


def _bare(axes: Axes, *, kept: str) -> None:
    """Takes away what is no figure, but for the line on which the bars stand."""
    for side, spine in axes.spines.items():
        spine.set_visible(side == kept)
        spine.set_color(GREY)
    axes.tick_params(length=0, pad=5)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(_font(TEXT))
        label.set_color(INK)


def _heading(figure: Figure, height: float, text: str) -> None:
    figure.text(0.03, height, text, fontproperties=_font(HEADING, bold=True), color=INK)


def _longest(bars: Sequence[Bar]) -> float:
    return max((bar.value for bar in bars), default=0) or 1


def _font(size: float, *, bold: bool = False) -> FontProperties:
    font = (_BOLD if bold else _PLAIN).copy()
    font.set_size(size)
    return font
