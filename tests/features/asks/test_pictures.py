"""What a picture of figures shows, and the same in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.core.blocks import payload
from bot.features.asks.messages.figures import AS_A_PICTURE, MAX_NAME, picture, stats
from bot.features.asks.rules.figures import Counted, Figures
from bot.playground.web_api.files import MAX_ALT

MONDAY = datetime(2026, 10, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKS = tuple((date(2026, 8, 10) + timedelta(weeks=n), n * 3) for n in range(8))
SOME = Figures(84, 9, 0.83, 3.4 * HOUR, 11.9 * HOUR, WEEKS, 0.12)


def test_the_figures_of_a_channel_make_a_picture_with_the_same_in_words() -> None:
    made = picture(SOME, "C1", "checkout", MONDAY)
    assert made.chart.title == "#checkout"
    assert [bar.value for bar in made.chart.over_time.bars] == [count for _, count in WEEKS]
    assert [bar.text for bar in made.chart.compared.bars] == ["within 3.5 h", "within 12 h"]
    assert made.shows == {"C1"}
    for said in ("21 in the week of 28 Sep", "Urgent: 10 %", "within 3.5 h", "In time: 85 %"):
        assert said in made.alt
    assert len(made.alt) <= MAX_ALT


def test_what_nobody_knows_has_no_bar() -> None:
    made = picture(replace(SOME, median=None, ninetieth=None), "", "", MONDAY)
    assert made.chart.title == "Public channels of the workspace"
    assert {(bar.value, bar.text) for bar in made.chart.compared.bars} == {
        (0, "within a time nobody has waited yet")
    }
    assert made.shows == frozenset()


def test_a_long_name_is_shortened() -> None:
    made = picture(SOME, "C1", "long-" * 16, MONDAY)
    assert len(made.chart.title) <= MAX_NAME + 1


def test_figures_about_fewer_than_five_people_have_no_button() -> None:
    for of_channel, of_workspace, count in ((None, None, 0), (None, SOME, 1), (SOME, SOME, 2)):
        told = Counted("C1", of_channel, of_workspace, MONDAY)
        shown = str(payload(stats(told, (0, 0, 0), with_pictures=True))["blocks"])
        assert shown.count(AS_A_PICTURE) == count
        assert AS_A_PICTURE not in str(payload(stats(told, (0, 0, 0), with_pictures=False)))
