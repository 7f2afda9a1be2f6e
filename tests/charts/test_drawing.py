"""Charts as files: what they are made of, and that nothing people are called spoils them."""

import struct
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest

from bot.charts.installed import InstalledCharts
from bot.core.charts import Bar, Chart, NoCharts, Panel
from bot.core.errors import ChartNotDrawn

PEN = InstalledCharts()
CHART = Chart(
    "#checkout",
    Panel("Asks a week", (Bar("5 Oct", 3, "3"), Bar("12 Oct", 0, "0"))),
    Panel("Until an answer", (Bar("half", 2.5, "2.5 h"), Bar("nine in ten", 0, "unknown"))),
    "Until Monday",
)
ODD_NAMES = {"emoji": "#🚀-start", "right to left": "#שלום", "arabic": "#مرحبا", "kana": "#あ"}


@pytest.fixture(scope="module")
def drawing() -> Any:
    """What draws; it is imported late here, too."""
    return import_module("bot.charts.drawing")


@pytest.mark.slow
def test_it_is_a_png_of_twice_the_width_at_which_slack_shows_it() -> None:
    png = PEN.draw(CHART)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", png[16:24]) == (1440, 980)
    assert len(png) < 200_000


def test_equal_charts_have_equal_bytes_and_others_have_others() -> None:
    png = PEN.draw(CHART)
    assert png == PEN.draw(Chart.from_json(CHART.to_json()))
    assert png != PEN.draw(replace(CHART, title="#infra"))
    assert b"tEXt" not in png, "no name, no version"
    assert b"tIME" not in png


def test_whatever_is_set_up_on_the_machine_changes_nothing(drawing: Any) -> None:
    png, mpl = PEN.draw(CHART), drawing.mpl
    with mpl.rc_context({"axes.facecolor": "black", "font.family": "serif"}):
        assert png == PEN.draw(CHART)
        assert mpl.rcParams["axes.facecolor"] == "black", "and it changes nothing either"


@pytest.mark.parametrize("title", ODD_NAMES.values(), ids=list(ODD_NAMES))
def test_a_name_that_the_font_cannot_show_is_not_half_shown(title: str, drawing: Any) -> None:
    assert drawing.shown(title) == drawing.ANY_TITLE


def test_one_odd_name_looks_like_the_other() -> None:
    first, *others = (PEN.draw(replace(CHART, title=title)) for title in ODD_NAMES.values())
    assert set(others) == {first}


@pytest.mark.parametrize("title", ["#checkout", "#büro", "#склад"])
def test_other_names_are_shown_as_they_are(title: str, drawing: Any) -> None:
    assert drawing.shown(title) == title


def test_a_name_is_no_formula() -> None:
    assert PEN.draw(replace(CHART, title="#a_$x^{$"))


def test_without_the_package_nothing_is_drawn() -> None:
    assert InstalledCharts().can_draw
    assert not NoCharts().can_draw
    with pytest.raises(ChartNotDrawn):
        NoCharts().draw(CHART)
