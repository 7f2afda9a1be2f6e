"""What people write is told whole, and a refusal says what to do."""

from typing import Final

import pytest

from tests.flows.test_asks_composed import (
    ASK,
    BY,
    REASON,
    URGENCY,
    URGENT,
    WEDNESDAY_13_31_KOLKATA,
    WHAT,
    WHOM,
    dm,
    errors,
    on,
    written_to,
)
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "home")

LONG: Final = "The import broke on Friday. " * 12 + "So: may I drop the table?"
LONGER: Final = "word " * 700 + "and the END?"


def test_what_goes_directly_is_told_whole(quiet: Town) -> None:
    quiet.tom.types("#general", f"/ask @Priya {LONG}")
    quiet.settle()
    assert "may I drop the table?" in str(written_to(quiet.priya, "asks you")["blocks"])


def test_a_text_that_is_too_long_for_a_form_stays_whole(quiet: Town) -> None:
    quiet.tom.says(dm(quiet.tom, quiet), LONGER)
    quiet.settle()
    quiet.tom.presses("Send as an ask")
    assert "longer than a form" in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({WHOM: "Priya", "Where?": "#infra"})
    assert "the END?" in str(quiet.posts_in("#infra")[0]["blocks"])
    quiet.tom.presses("Edit")
    assert "longer than a form" in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({BY: "Thursday 2 pm"})
    card = str(quiet.posts_in("#infra")[0]["blocks"])
    assert "the END?" in card
    assert "due Thu 8 Oct, 17:30 there" in card
    quiet.tom.presses("Post in a channel")
    quiet.tom.fills_in({"Where?": "#infra"})
    assert "the END?" in str(quiet.posts_in("#infra")[-1]["blocks"])


def test_a_form_that_was_corrected_goes_through_and_costs_nothing_before(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    quiet.tom.uses_global_shortcut(ASK)
    quiet.tom.fills_in({WHOM: "Tom", WHAT: "Which?", BY: "someday", URGENCY: URGENT})
    assert {"whom", "by", "reason"} <= errors(quiet.tom).keys()
    assert "can't ask yourself" in errors(quiet.tom)["whom"]
    given = {WHOM: "Mei", WHAT: "Which size?", "Where?": "#leads", REASON: "Payroll.", BY: ""}
    quiet.tom.fills_in(given)
    assert "cannot open that channel" in errors(quiet.tom)["whom"]
    quiet.tom.types("#infra", "/ask stats")
    assert "urgent asks" not in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.fills_in({WHOM: "Priya"})
    assert "Which size?" in str(quiet.posts_in("#leads"))


def test_what_is_one_ask_shows_all_its_messages_and_what_has_its_own_time_is_another(
    lively: Town,
) -> None:
    first = lively.tom.says("#infra", "@Priya is the pool size 20? by Tuesday 2 pm")
    lively.tom.says("#infra", "@Priya and which log is it in?")
    lively.tom.says("#infra", "@Priya can you book the room by Friday noon?")
    lively.settle()
    waiting = on(lively.priya, lively)
    assert "(2)" in waiting
    assert "due Tue, 6 Oct, 5:30 pm: “@Priya is the pool size 20?" in waiting
    assert "which log is it in?" in waiting
    assert "due Fri, 9 Oct, 3:30 pm: “@Priya can you book the room" in waiting
    lively.tom.edits("#infra", lively.tom.messages("#infra")[-2]["ts"], "@Priya or which log?")
    assert "due Tue, 6 Oct, 5:30 pm" in on(lively.priya, lively)
    lively.tom.deletes("#infra", first)
    assert "pool size" not in on(lively.priya, lively)
    assert "or which log?" in on(lively.priya, lively)


def test_a_chaser_is_told_of_the_ask_that_it_is_about(quiet: Town) -> None:
    quiet.tom.says("#infra", "@Priya can you check the logo? by 2 pm")
    quiet.advance(minutes=10)
    quiet.tom.says("#infra", "@Priya is the pool size 20? by Thursday 2 pm")
    quiet.advance(minutes=10)
    quiet.tom.says("#infra", "@Priya any news on the pool size?")
    note = quiet.whispers_to(quiet.tom)[-1]
    assert "has until Thu 8 Oct" in note
    assert "is the pool size 20?" in note
    quiet.advance(hours=4)
    quiet.tom.says("#infra", "@Priya any update?")
    note = quiet.whispers_to(quiet.tom)[-1]
    assert "can you check the logo?" in note
    assert "it was due Tue 6 Oct, 14:00" in note


def test_whoever_is_asked_already_is_waited_for_once_and_their_time_is_told(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "@Priya can you look at the pool size?")
    quiet.settle()
    quiet.tom.picks("Waiting for a reply", "#infra", ts)
    quiet.tom.fills_in({"From whom?": "Priya"})
    assert "Wed 7 Oct, 10:00" in quiet.forms_of(quiet.tom)[-1]
    assert on(quiet.priya, quiet).count("can you look at the pool size?") == 1


@pytest.mark.needs("digest")
def test_of_a_group_who_answered_is_named_and_that_one_answer_is_enough(quiet: Town) -> None:
    quiet.tom.types("#infra", "/ask @design which logo?")
    assert "One answer of the group is enough." in quiet.whispers_to(quiet.tom)[-1]
    card = quiet.posts_in("#infra")[0]
    assert "One answer of the group is enough." in str(card["blocks"])
    assert "Before it is due I mention it only in a digest" in str(card["blocks"])
    quiet.advance(hours=10)  # Tom has gone home
    quiet.mei.says("#infra", "The blue one.", reply_to=card["ts"])
    card = quiet.posts_in("#infra")[0]
    assert card["text"].count("settled by") == 1
    assert card["text"].endswith("MEI0000>: :white_check_mark: answered")
    assert "Before it is due" not in str(card["blocks"])
    quiet.slack.next_morning("Tom")
    quiet.settle()
    [settled] = [each for each in quiet.writes_to(quiet.tom) if "Settled for you" in each]
    assert "Your question, settled by @Mei: “which logo?”" in settled
    assert "@Ana" not in settled


def test_a_refusal_says_what_to_do(quiet: Town) -> None:
    said = {
        "@Tom is it final?": "You can't ask yourself",
        "@Nobody what is up?": "I found nobody called @Nobody",
        "list everything": "Did you mean /ask list?",
        "@Gil is it final?": "I could not ask @Gil. Only full members of this workspace",
    }
    for typed, told in said.items():
        quiet.tom.types("#web-relaunch", f"/ask {typed}")
        assert told in quiet.whispers_to(quiet.tom)[-1].replace("`", "")


@pytest.mark.parametrize(
    "typed",
    ["@Tom is it final?", "@Gil is it final?", "@Mei is it final? urgent:", "@Mei by 3/4 or so?"],
)
def test_whoever_is_refused_gets_back_what_they_typed(quiet: Town, typed: str) -> None:
    quiet.tom.types("#web-relaunch", f"/ask {typed}")
    assert quiet.whispers_to(quiet.tom)[-1].endswith(f"Nothing was sent.\n`/ask {typed}`")


def test_a_reminder_of_several_messages_follows_each_of_them(quiet: Town) -> None:
    quiet.tom.says("#infra", "@Priya can you look at the pool size?")
    second = quiet.tom.says("#infra", "@Priya and can you restart the canary?")
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    told = written_to(quiet.priya, "is still waiting")["text"]
    assert "pool size" in told
    assert "canary" in told
    quiet.priya.presses("Decline")
    assert "canary" in quiet.forms_of(quiet.priya)[-1]
    quiet.tom.deletes("#infra", second)
    quiet.settle()
    told = written_to(quiet.priya, "is still waiting")["text"]
    assert "pool size" in told
    assert "canary" not in told
