"""Leave with a stand-in: named before it, shown to whoever asks, asked instead, and the return."""

from datetime import UTC, datetime

import pytest

from bot.core.agreement.setting import person_scope
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "availability", "handoffs", "home")

QUESTION = "@Priya can you look at the pool size?"
STANDS_IN = "is away and back on Mon 12 Oct; @Mei stands in for them"


def _on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def _priya_is_away(town: Town) -> None:
    """From today until Friday, and Mei stands in."""
    town.priya.types("#infra", "/baton away until Friday")
    town.priya.types("#infra", "/handoff stand-in @Mei")
    town.settle()


def test_leave_with_a_stand_in_from_the_last_day_to_the_return(lively: Town) -> None:
    lively.priya.types("#infra", "/baton away tomorrow until Friday")
    lively.settle()
    assert not any("in your place" in text for text in lively.writes_to(lively.priya))
    lively.move_to(_on(6, 10, 31))  # 16:01 in Kolkata, an hour before her last day ends
    offers = [text for text in lively.writes_to(lively.priya) if "stand-in" in text.lower()]
    assert len(offers) == 1, lively.writes_to(lively.priya)
    assert "You are about to be away. What is done, and who carries on the rest?" in offers[0]
    lively.priya.presses("Name a stand-in…")
    lively.priya.fills_in({"Who stands in for you?": "@Mei"})
    assert "@Mei stands in for you from Wed 7 Oct to Fri 9 Oct" in lively.forms_of(lively.priya)[-1]
    lively.move_to(_on(7, 0, 5))  # Wednesday, 09:05 in Tokyo
    told = " ".join(lively.writes_to(lively.mei))
    assert "You stand in for @Priya from Wed 7 Oct to Fri 9 Oct" in told, "in her digest"
    lively.move_to(_on(7, 8))  # 10:00 in Berlin, 13:30 in Kolkata
    ts = lively.tom.says("#web-relaunch", QUESTION)
    lively.settle()
    assert STANDS_IN in lively.whispers_to(lively.tom)[-1]
    lively.tom.presses("Ask Mei instead")
    assert "I asked @Mei instead." in lively.whispers_to(lively.tom)[-1]
    lively.move_to(_on(8, 1))
    asked = [text for text in lively.writes_to(lively.mei) if "in their place" in text]
    assert len(asked) == 1
    assert "@Priya is away, so @Tom asks you" in asked[0]
    lively.mei.says("#web-relaunch", "Set it to 20.", reply_to=ts)
    lively.settle()
    assert "pool size" not in _list_of(lively, "Tom")
    lively.move_to(_on(12, 8))
    assert "pool size" not in _list_of(lively, "Priya")
    assert not any("is still waiting" in text for text in lively.writes_to(lively.priya))
    lively.tom.says("#web-relaunch", "@Priya which port does the shop listen on?")
    lively.settle()
    assert "stands in" not in lively.whispers_to(lively.tom)[-1], "she is back"


def test_the_command_names_the_stand_in_and_a_second_press_is_harmless(quiet: Town) -> None:
    _priya_is_away(quiet)
    quiet.tom.types("#infra", "/ask @Priya is the copy final?")
    assert STANDS_IN in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Ask Mei instead")
    assert "I asked @Mei instead." in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Ask Mei instead")
    assert "@Mei was asked instead already." in quiet.whispers_to(quiet.tom)[-1]
    assert "@Mei was asked instead" in _list_of(quiet, "Tom")
    assert "is the copy final?" in _list_of(quiet, "Mei")
    assert "is the copy final?" not in _list_of(quiet, "Priya")


def test_asking_instead_can_be_taken_back_and_the_time_is_what_it_was(quiet: Town) -> None:
    _priya_is_away(quiet)
    quiet.tom.types("#infra", "/ask @Priya is the copy final? by 13 Oct 2 pm")
    quiet.tom.presses("Ask Mei instead")
    quiet.tom.presses("Undo")
    assert "Your question is where it was." in quiet.whispers_to(quiet.tom)[-1]
    assert "is the copy final?" not in _list_of(quiet, "Mei")
    assert "is the copy final?" in _list_of(quiet, "Priya")
    assert "due Tue 13 Oct, 17:30 there" in quiet.posts_in("#infra")[-1]["text"]
    quiet.tom.presses("Undo")
    assert "was taken back" in quiet.whispers_to(quiet.tom)[-1]


def test_what_the_stand_in_returns_is_told_to_the_asker_and_waits_for_the_first(
    quiet: Town,
) -> None:
    _priya_is_away(quiet)
    quiet.tom.types("#infra", "/ask @Priya is the copy final?")
    quiet.tom.presses("Ask Mei instead")
    quiet.move_to(_on(7, 1))
    quiet.mei.presses("Return it")
    quiet.move_to(_on(7, 8))
    assert any("@Mei cannot do it" in text for text in quiet.writes_to(quiet.tom))
    assert "is the copy final?" in _list_of(quiet, "Priya")


def test_the_list_and_the_chaser_are_told_who_stands_in(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.settle()
    quiet.advance(minutes=20)
    _priya_is_away(quiet)
    assert "away, back on Mon 12 Oct (@Mei stands in)" in _list_of(quiet, "Tom")
    quiet.tom.says("#web-relaunch", "@Priya any update?")
    quiet.settle()
    assert STANDS_IN in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Ask Mei instead")
    assert "I asked @Mei instead." in quiet.whispers_to(quiet.tom)[-1]


def test_only_the_asker_may_ask_instead(quiet: Town) -> None:
    _priya_is_away(quiet)
    quiet.tom.types("#infra", "/ask @Priya is the copy final?")
    assert "stands in" not in _list_of(quiet, "Sam")
    assert "stands in for them" not in str(quiet.posts_in("#infra")), "not for the whole channel"


def test_whoever_cannot_open_the_channel_is_not_asked_instead(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _priya_is_away(quiet)
    quiet.tom.says("#leads", "@Priya what did we offer Northwind?")
    quiet.settle()
    quiet.tom.presses("Ask Mei instead")
    assert "cannot open that channel" in quiet.whispers_to(quiet.tom)[-1]
    assert "Northwind" not in " ".join(quiet.writes_to(quiet.mei))
    assert "Northwind" not in _list_of(quiet, "Mei")


def test_whoever_cannot_stand_in_says_so_and_nobody_does(quiet: Town) -> None:
    quiet.priya.types("#infra", "/handoff stand-in @Mei until Friday")
    quiet.move_to(_on(7, 2))  # 11:00 in Tokyo, 07:30 in Kolkata
    quiet.mei.presses("I can't")
    quiet.settle()
    assert not any("cannot stand in" in text for text in quiet.writes_to(quiet.priya)), "she sleeps"
    quiet.move_to(_on(7, 4))
    assert any("cannot stand in for you" in text for text in quiet.writes_to(quiet.priya))
    quiet.priya.types("#infra", "/handoff stand-in")
    assert "Nobody stands in for you." in quiet.whispers_to(quiet.priya)[-1]
    quiet.mei.presses("I can't")
    assert "over or taken back already" in quiet.whispers_to(quiet.mei)[-1]


def test_naming_is_refused_where_it_makes_no_sense_and_off_takes_it_back(quiet: Town) -> None:
    for typed, sentence in {
        "@Priya": "That is you",
        "@Gil": "Only full members",
        "Mei": "Who stands in for you?",
        "@Mei until later": "I do not know which day",
        "": "Nobody stands in for you",
        "@Mei": "stands in for you on every leave",
    }.items():
        quiet.priya.types("#infra", f"/handoff stand-in {typed}")
        assert sentence in quiet.whispers_to(quiet.priya)[-1], typed
    quiet.priya.types("#infra", "/handoff stand-in off")
    assert "Taken back" in quiet.whispers_to(quiet.priya)[-1]
    quiet.sets("people.off", value=True, scope=person_scope("U0MEI0000"))
    quiet.priya.types("#infra", "/handoff stand-in @Mei")
    assert "may not write to them" in quiet.whispers_to(quiet.priya)[-1]


def test_a_stand_in_who_is_away_too_is_said_and_not_shown(quiet: Town) -> None:
    quiet.mei.types("#infra", "/baton away until Thursday")
    _priya_is_away(quiet)
    assert "@Mei is away, too, from Tue 6 Oct to Thu 8 Oct" in quiet.whispers_to(quiet.priya)[-1]
    quiet.tom.types("#infra", "/ask @Priya is the copy final?")
    assert "stands in" not in quiet.whispers_to(quiet.tom)[-1]
    quiet.mei.types("#infra", "/handoff stand-in @Sam")
    quiet.tom.types("#infra", "/ask @Priya which logo do we ship?")
    assert "@Sam stands in for them" in quiet.whispers_to(quiet.tom)[-1]
    quiet.sam.types("#infra", "/baton away until Thursday")
    quiet.sam.types("#infra", "/handoff stand-in @Mei")
    quiet.tom.types("#infra", "/ask @Priya which font do we take?")
    assert "stands in" not in quiet.whispers_to(quiet.tom)[-1], "they named one another"


def test_a_status_is_a_leave_and_a_leave_that_moves_takes_its_stand_in_along(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton away 20 Oct until 23 Oct")
    quiet.priya.types("#infra", "/handoff stand-in @Mei")
    assert "from Tue 20 Oct to Fri 23 Oct" in quiet.whispers_to(quiet.priya)[-1]
    quiet.priya.types("#infra", "/baton away")
    quiet.priya.presses("Take back")
    quiet.priya.types("#infra", "/baton away 27 Oct until 28 Oct")
    quiet.priya.types("#infra", "/handoff stand-in")
    assert "from Tue 27 Oct to Wed 28 Oct" in quiet.whispers_to(quiet.priya)[-1]
    quiet.sam.types("#infra", "/handoff stand-in @Mei")
    quiet.sam.sets_status(":palm_tree:", "Vacationing", until=_on(9, 18))
    quiet.settle()
    quiet.tom.types("#infra", "/ask @Sam is the copy final?")
    assert "@Mei stands in for them" in quiet.whispers_to(quiet.tom)[-1]


def _list_of(town: Town, name: str) -> str:
    person = town.slack.person(name)
    person.types("#infra", "/ask list")
    return town.whispers_to(person)[-1]
