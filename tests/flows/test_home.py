"""App Home and help."""

import pytest

from bot.core import boards
from bot.core.events import MessageNotSent
from bot.features import FEATURES
from bot.features.digest.rules.wishes import Wish, WishFor
from bot.features.digest.service import wishes
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

PULL = "https://github.com/tideline/web/pull/12"


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


def test_a_word_that_means_nothing_is_said_to(quiet: Town) -> None:
    nothing = "means nothing to me here, so I changed nothing. `/baton help` tells what I know."
    quiet.tom.types("#general", "/baton setings")
    assert quiet.whispers_to(quiet.tom)[-1] == f"“setings” {nothing}"
    for text in ("/baton", "/baton help"):
        quiet.tom.types("#general", text)
        assert nothing not in quiet.whispers_to(quiet.tom)[-1]


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
    assert "1 waits on you" in home
    parts = ("Waiting on you (1)", "Red phone", "Decided since", "Your settings", "Your time:")
    places = [home.index(part) for part in (*parts, "My settings")]
    assert places == sorted(places)


@pytest.mark.needs("asks")
def test_it_is_published_once_as_long_as_nothing_changes(lively: Town) -> None:
    lively.home_of(lively.mei)
    lively.home_of(lively.mei)
    lively.home_of(lively.mei)
    assert len(_published(lively, lively.mei)) == 1
    lively.advance(hours=25)  # its buttons are renewed in time
    lively.home_of(lively.mei)
    assert len(_published(lively, lively.mei)) == 2


@pytest.mark.needs("asks")
def test_what_is_answered_elsewhere_leaves_the_boards_of_both(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", "@Priya which logo do we ship?")
    lively.settle()
    assert "which logo" in lively.home_of(lively.priya)
    assert "which logo" in lively.home_of(lively.tom)
    mei = lively.home_of(lively.mei)
    lively.priya.reacts("#web-relaunch", ts, "white_check_mark")
    lively.settle()
    for person in (lively.priya, lively.tom):
        assert "which logo" not in _published(lively, person)[-1]
    assert _published(lively, lively.mei) == [mei]


@pytest.mark.needs("asks")
def test_who_has_not_looked_for_a_day_gets_a_fresh_one_when_they_do(quiet: Town) -> None:
    quiet.home_of(quiet.priya)
    quiet.advance(hours=25)
    quiet.tom.says("#web-relaunch", "@Priya which logo do we ship?")
    quiet.settle()
    assert len(_published(quiet, quiet.priya)) == 1
    assert "which logo" in quiet.home_of(quiet.priya)


@pytest.mark.needs("asks")
def test_many_things_are_read_page_by_page_and_a_press_stays_on_its_page(quiet: Town) -> None:
    for number in range(32):
        quiet.tom.types("#general", f"/ask @Priya question {number}? by Friday")
    front = quiet.home_of(quiet.priya)
    assert "32 wait on you" in front
    assert front.count("“question") == 5
    assert "Page 1 of 3" in _after(quiet, quiet.priya, "All 32…")
    assert "Page 2 of 3" in _after(quiet, quiet.priya, "Next")
    last = _after(quiet, quiet.priya, "Next")
    assert "Page 3 of 3" in last
    assert last.count("“question") == 2
    first_of_page = last[last.index("“question") :].split("?")[0].strip("“")
    quiet.priya.picks_option(first_of_page, "Done")
    quiet.settle()
    shown = _published(quiet, quiet.priya)[-1]
    assert "Page 3 of 3" in shown
    assert first_of_page not in shown
    quiet.priya.picks_option("question", "Done")
    quiet.settle()
    assert "Page 2 of 2" in _published(quiet, quiet.priya)[-1], "the last page is gone"
    assert "Your board, Priya" in _after(quiet, quiet.priya, "Back to the board")
    _after(quiet, quiet.priya, "All 30…")
    assert "Your board, Priya" in quiet.home_of(quiet.priya), "opened anew it is the front"


@pytest.mark.needs("asks", "digest", "decisions", "availability", "redphone")
def test_a_newcomer_reads_in_five_lines_what_they_get_and_later_no_more(quiet: Town) -> None:
    home = quiet.home_of(quiet.mei)
    assert home.count("• ") == 5
    assert "To begin:" in home
    quiet.tom.says("#web-relaunch", "@Mei which logo do we ship?")
    quiet.settle()
    assert "What I do for you" in _published(quiet, quiet.mei)[-1]
    quiet.advance(days=3)
    assert "What I do for you" not in quiet.home_of(quiet.mei)


@pytest.mark.needs("asks", "decisions")
def test_an_old_hand_with_nothing_to_do_reads_just_that(quiet: Town) -> None:
    assert "All clear" not in quiet.home_of(quiet.mei), "a newcomer reads what all of it is"
    quiet.advance(days=4)
    home = quiet.home_of(quiet.mei)
    assert "All clear: nothing is waiting on you." in home
    assert home.count("is waiting on you") == 1
    assert "What I do for you" not in home
    assert "Nothing was decided." in home
    quiet.mei.presses("Ask somebody…")


@pytest.mark.needs("digest", "asks")
def test_a_pull_request_stands_on_the_board_until_it_is_reviewed(lively: Town) -> None:
    lively.tom.types("#general", "/baton link github tbecker")
    before = lively.home_of(lively.tom)
    assert "GitHub: you are tbecker there" in before
    assert "Pull requests" not in before
    asked = f"ana requested a review from tbecker on <{PULL}|#12 Shorter form>"
    lively.slack.app_says("GitHub", "#infra", asked)
    lively.settle()
    home = _published(lively, lively.tom)[-1]
    assert "1 waits on you" in home
    assert "Pull requests that wait for you (1)" in home
    assert "tideline/web #12" in home
    assert "Nothing is waiting on you" not in home
    lively.slack.app_says("GitHub", "#infra", f"Pull request merged by ana <{PULL}|#12>")
    lively.settle()
    assert "Pull requests" not in _published(lively, lively.tom)[-1]
    assert "GitHub:" not in _after(lively, lively.tom, "Unlink")


@pytest.mark.needs("digest")
def test_what_somebody_wants_of_channels_stands_there_and_one_click_ends_it(quiet: Town) -> None:
    ids = {f"#{each['name']}": each["id"] for each in quiet.slack.see("Mei")["channels"]}
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        for name, wish in (("#infra", Wish.MORE), ("#web-relaunch", Wish.LESS)):
            wishes.wish(uow, _id(quiet, quiet.mei), WishFor(wish, ids[name]))
    home = quiet.home_of(quiet.mei)
    assert "#infra: more of it in your digest" in home
    assert "#web-relaunch: less of it in your digest" in home
    after = _after(quiet, quiet.mei, "As usual")
    assert "#infra: more" not in after
    assert "#web-relaunch: less" in after


@pytest.mark.needs("redphone", "enrolment", "agreement")
def test_what_holds_for_everybody_changes_everybodys_board(quiet: Town) -> None:
    quiet.home_of(quiet.mei)
    quiet.tom.types("#general", "/redphone oncall @Priya")
    quiet.settle()
    assert "@Priya is on call" in _published(quiet, quiet.mei)[-1]
    quiet.tom.types("#general", "/baton pause")
    quiet.settle()
    assert "I am paused" in _published(quiet, quiet.mei)[-1]


@pytest.mark.needs("asks")
def test_what_slack_did_not_take_is_published_when_it_is_opened_again(quiet: Town) -> None:
    quiet.home_of(quiet.priya)
    quiet.tom.says("#web-relaunch", "@Priya which logo do we ship?")
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        row = boards.find(uow, _id(quiet, quiet.priya))
        assert row is not None
        quiet.app.bot.emit(MessageNotSent(team_id=TEAM_ID, key=f"home:{row.user_id}:1"), uow)
    count = len(_published(quiet, quiet.priya))
    quiet.home_of(quiet.priya)
    assert len(_published(quiet, quiet.priya)) == count + 1


def _published(town: Town, person: Person) -> list[str]:
    reader = _id(town, person)
    found = [entry for entry in town.slack.journal() if entry["kind"] == "home"]
    return [entry["text"] for entry in found if entry["audience"] == [reader]]


def _after(town: Town, person: Person, label: str) -> str:
    """What somebody's home shows after they press a button on it."""
    person.presses(label)
    town.settle()
    return _published(town, person)[-1]


def _id(town: Town, person: Person) -> str:
    return str(town.slack.see(person.name)["me"])
