"""Who may still see, and take back, what asks have quoted before."""

from datetime import UTC, datetime
from typing import Final

import pytest
from sqlalchemy import select

from bot.core.db import Base
from tests.flows.test_asks_composed import (
    QUESTION,
    WHAT,
    by,
    composes,
    dm,
    errors,
    labels,
    listed,
    on,
    written_to,
)
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "home")

CLOSED: Final = "You can't open that channel any more."
NEXT_DAY: Final = datetime(2026, 10, 7, 8, 1, tzinfo=UTC)


def now(town: Town, name: str) -> str:
    """What Baton has written to somebody, as it stands now."""
    town.settle()
    return "\n".join(str(each) for each in town.slack.person(name).direct_messages())


def test_an_old_message_opens_nothing_of_a_channel_its_reader_was_removed_from(
    quiet: Town,
) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    ts = quiet.tom.says("#leads", "@Priya can you look at the budget?")
    quiet.move_to(NEXT_DAY)
    quiet.priya.presses("Delegate")
    quiet.tom.removes("Priya", "#leads")
    quiet.settle()
    quiet.tom.edits("#leads", ts, "@Priya can you look at the CANARY?")
    quiet.settle()
    quiet.priya.fills_in({"Who can answer it?": "Tom"})
    assert errors(quiet.priya)["whom"] == CLOSED
    quiet.priya.closes_form()
    opened = len(quiet.forms_of(quiet.priya))
    for button in ("Decline", "Delegate", "Done", "On it", "Snooze"):
        quiet.priya.presses(button)
        assert quiet.whispers_to(quiet.priya)[-1] == CLOSED
    assert len(quiet.forms_of(quiet.priya)) == opened
    notice = written_to(quiet.priya, "still waiting")
    quiet.priya.says(dm(quiet.priya, quiet), "It is 5000.", reply_to=notice["ts"])
    quiet.settle()
    assert quiet.writes_to(quiet.priya)[-1] == CLOSED
    assert quiet.posts_in("#leads") == []
    assert "CANARY" not in now(quiet, "Priya")
    assert "budget" not in str(quiet.forms_of(quiet.priya)[opened:])


def test_a_card_of_a_channel_its_author_left_is_not_changed_from_an_old_form(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    quiet.priya.types("#leads", "/ask @Tom is the budget final?")
    quiet.settle()
    quiet.priya.presses("Edit")
    quiet.tom.removes("Priya", "#leads")
    quiet.settle()
    quiet.priya.fills_in({WHAT: "CANARY?"})
    assert errors(quiet.priya)["what"] == CLOSED
    assert "CANARY" not in str(quiet.posts_in("#leads"))


def test_what_was_written_for_an_ask_that_is_settled_by_then_is_given_back(quiet: Town) -> None:
    quiet.tom.types("#infra", "/ask @Priya is the copy final?")
    quiet.settle()
    quiet.mei.types("#general", "/ask @Priya which logo do we ship?")
    quiet.settle()
    listed(quiet.priya, quiet)
    quiet.priya.presses("Answer several…")
    copy = "Your answer to Tom: “is the copy final?”"
    logo = "Your answer to Mei: “which logo do we ship?”"
    quiet.tom.presses("Withdraw")
    quiet.settle()
    quiet.priya.fills_in({copy: "A long answer.", logo: "The blue one."})
    shown = quiet.forms_of(quiet.priya)[-1]
    assert "Your answer is on the way" in shown
    assert "“is the copy final?”" in shown
    assert "That one was taken back, by @Tom. I did not send what you wrote:" in shown
    assert "A long answer." in shown
    assert "Nothing was filled in" not in shown
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_an_answer_that_was_given_directly_is_corrected_and_taken_back_with_its_message(
    quiet: Town,
) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(NEXT_DAY)
    home = dm(quiet.priya, quiet)
    answers = [
        quiet.priya.says(home, text, reply_to=written_to(quiet.priya, notice)["ts"])
        for notice, text in (
            ("asks you", "It is CANARY."),
            ("still waiting for your answer in", "It is CANARY."),
        )
    ]
    quiet.settle()
    assert "CANARY" in now(quiet, "Tom")
    assert "CANARY" in str(quiet.posts_in("#infra"))
    for ts in answers:
        quiet.priya.edits(home, ts, "It is final.")
    assert "It is final." in now(quiet, "Tom")
    assert "It is final." in str(quiet.posts_in("#infra"))
    assert "CANARY" not in now(quiet, "Tom") + str(quiet.posts_in("#infra"))
    for ts in answers:
        quiet.priya.deletes(home, ts)
    assert "(deleted)" in now(quiet, "Tom")
    assert "(deleted)" in str(quiet.posts_in("#infra"))
    assert "It is final." not in now(quiet, "Tom") + str(quiet.posts_in("#infra"))


def test_a_direct_question_that_is_asked_after_all_stands_there_again(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    listed(quiet.tom, quiet)
    quiet.tom.picks_option("copy final", "Withdraw")
    quiet.settle()
    taken_back = written_to(quiet.priya, "took the question back")
    quiet.tom.presses("Undo")
    quiet.settle()
    again = written_to(quiet.priya, "is the copy final?")
    assert again["ts"] == taken_back["ts"]
    assert {"Answer", "Done", "Decline"} <= set(labels(again))
    quiet.priya.presses("Answer")
    quiet.priya.fills_in({"Your answer": "It is."})
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_a_reminder_follows_an_edit_of_what_was_composed(quiet: Town) -> None:
    composes(quiet.tom, where="#infra", **{WHAT: "Shall I delete table A?"})
    quiet.move_to(NEXT_DAY)
    reminder = written_to(quiet.priya, "still waiting")
    quiet.tom.presses("Edit")
    quiet.tom.fills_in({WHAT: "Shall I keep table B?"})
    quiet.settle()
    edited = written_to(quiet.priya, "still waiting")
    assert edited["ts"] == reminder["ts"]
    assert "table B" in edited["text"]
    assert "table A" not in str(edited)
    assert "Delegate" in labels(edited)


WAIT: Final = "Waiting for a reply"


@pytest.mark.parametrize("wish", ["/baton privacy erase", "/baton off"])
def test_words_that_somebody_waits_for_a_reply_to_go_with_their_author(
    wish: str, quiet: Town
) -> None:
    between = quiet.tom.direct_with("Priya")
    ts = quiet.priya.says(between, "CANARY: which size do we take?")
    quiet.tom.picks(WAIT, between, ts)
    quiet.tom.fills_in({"From whom?": "Noor"})
    assert "CANARY" in by(quiet.tom, quiet)
    quiet.settle()
    noor = quiet.slack.person("Noor")
    noor.presses("Answer")
    noor.fills_in({"Your answer": "Twenty."})
    assert "CANARY" in now(quiet, "Tom")
    quiet.tom.picks(WAIT, between, ts)
    quiet.tom.fills_in({"From whom?": "Mei"})
    quiet.settle()
    quiet.priya.types("#general", wish)
    if quiet.priya.form is not None:
        quiet.priya.fills_in({})
    assert "CANARY" not in by(quiet.tom, quiet) + now(quiet, "Tom") + quiet.home_of(quiet.tom)
    assert "in a conversation that I am not in" in by(quiet.tom, quiet)


def test_nothing_is_kept_of_a_message_before_somebody_waits_for_a_reply_to_it(quiet: Town) -> None:
    between = quiet.tom.direct_with("Priya")
    ts = quiet.priya.says(between, "CANARY: which size do we take?")
    quiet.tom.picks(WAIT, between, ts)
    quiet.tom.closes_form()
    quiet.settle()
    quiet.priya.types("#infra", "/baton off")
    quiet.tom.picks(WAIT, between, ts)
    quiet.tom.fills_in({"From whom?": "Mei"})
    assert "in a conversation that I am not in" in by(quiet.tom, quiet)
    with quiet.app.bot.reading() as (session, _now):
        assert session.scalars(select(Base.metadata.tables["ask_texts"].c.what)).all() == [""]


def test_of_a_message_from_before_baton_came_the_words_reach_only_whoever_waits(
    quiet: Town,
) -> None:
    ts = quiet.tom.says("#general", "The pool size should be CANARY.")
    quiet.tom.invites("Baton", "#general")
    quiet.settle()
    quiet.tom.picks(WAIT, "#general", ts)
    form = quiet.forms_of(quiet.tom)[-1]
    assert "They get the link, not the words" in form
    assert "I am not in that conversation" not in form
    quiet.tom.fills_in({"From whom?": "Priya"})
    assert "@Tom asks you" in "".join(quiet.writes_to(quiet.priya))
    assert "CANARY" not in now(quiet, "Priya") + on(quiet.priya, quiet)
    assert "CANARY" in by(quiet.tom, quiet)
    quiet.tom.edits("#general", ts, "The pool size should be a CANARY of 20.")
    assert "CANARY of 20" in by(quiet.tom, quiet)
    assert "CANARY" not in on(quiet.priya, quiet)
    quiet.tom.deletes("#general", ts)
    assert "CANARY" not in by(quiet.tom, quiet)
    with quiet.app.bot.reading() as (session, _now):
        assert session.scalars(select(Base.metadata.tables["ask_texts"].c.what)).all() == [""]
