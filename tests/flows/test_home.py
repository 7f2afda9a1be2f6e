"""App Home and help."""

import pytest

from bot.features import FEATURES
from tests.support.town import Town


def test_the_home_page_of_a_newcomer_has_every_part(lively: Town) -> None:
    home = lively.home_of(lively.mei)
    assert "Your board, Mei" in home
    assert "Only you see this page." in home


def test_a_guest_has_no_board(quiet: Town) -> None:
    quiet.gil.opens_home()
    quiet.settle()
    assert "I work with full members" in str(quiet.gil.home)
    assert "Your board" not in str(quiet.gil.home)


def test_help_explains_every_feature(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton help")
    told = quiet.whispers_to(quiet.tom)[-1]
    texts = quiet.app.bot.help_texts
    assert set(texts) == set(FEATURES) - {"home"}
    for text in texts.values():
        assert text.split("*")[1] in told


def test_whoever_writes_to_baton_is_told_once_what_it_does(lively: Town) -> None:
    channel = lively.tom.direct_with(lively.slack.see("Tom")["app"]["user"])
    lively.tom.says(channel, "hello?")
    answers = lively.writes_to(lively.tom)
    assert len(answers) == 1
    assert "I cannot talk" in answers[0]


@pytest.mark.needs("asks", "decisions", "redphone", "agreement", "availability")
def test_the_home_page_brings_all_features_together(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "@Mei which logo do we ship?")
    quiet.settle()
    home = quiet.home_of(quiet.mei)
    for part in ("My settings", "Your time", "Waiting on you (1)", "Decisions", "Red phone"):
        assert part in home
