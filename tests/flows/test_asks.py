"""Asks, from the question to the answer or the one reminder."""

from datetime import UTC, datetime

import pytest

from bot.core import people
from bot.features.asks.service import showing
from tests.support.town import Town

CHASED = "is still waiting for your answer"
QUESTION = "@Priya can you look at the pool size? I would set it to 20."
WEDNESDAY_13_29_KOLKATA = datetime(2026, 10, 7, 7, 59, tzinfo=UTC)
WEDNESDAY_13_31_KOLKATA = datetime(2026, 10, 7, 8, 1, tzinfo=UTC)


def test_silence_brings_one_reminder_after_a_working_day_of_the_answerer(lively: Town) -> None:
    lively.tom.says("#web-relaunch", QUESTION)  # 13:30 in Kolkata
    lively.move_to(WEDNESDAY_13_29_KOLKATA)
    assert _reminders(lively) == [], "not a minute before the time that was promised"
    lively.move_to(WEDNESDAY_13_31_KOLKATA)
    lively.advance(hours=1)
    lively.advance(days=3)
    reminders = _reminders(lively)
    assert len(reminders) == 1
    assert "can you look at the pool size?" in reminders[0]
    assert "asked Tue 6 Oct, 13:30 (your time)" in reminders[0]


def test_a_reply_in_the_thread_closes_the_ask(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", QUESTION)
    lively.priya.says("#web-relaunch", "Set to 20.", reply_to=ts)
    lively.move_to(WEDNESDAY_13_31_KOLKATA)
    assert _reminders(lively) == []


def test_a_check_mark_closes_the_ask(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", QUESTION)
    lively.priya.reacts("#web-relaunch", ts, "white_check_mark")
    lively.move_to(WEDNESDAY_13_31_KOLKATA)
    assert _reminders(lively) == []


def test_the_askers_own_words_and_others_replies_close_nothing(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", QUESTION)
    lively.tom.says("#web-relaunch", "Log: https://logs.example/4711", reply_to=ts)
    lively.mei.says("#web-relaunch", "Same here.", reply_to=ts)
    lively.mei.reacts("#web-relaunch", ts, "white_check_mark")
    lively.move_to(WEDNESDAY_13_31_KOLKATA)
    assert len(_reminders(lively)) == 1


def test_a_deleted_question_is_withdrawn(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", QUESTION)
    lively.tom.deletes("#web-relaunch", ts)
    lively.move_to(WEDNESDAY_13_31_KOLKATA)
    assert _reminders(lively) == []
    assert _waiting_on(lively, "Priya") == []


def test_a_question_taken_back_after_the_reminder_settles_the_reminder(quiet: Town) -> None:
    ts = quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    quiet.tom.deletes("#web-relaunch", ts)
    quiet.settle()
    written = [message["text"] for message in quiet.priya.direct_messages()]
    assert any("took the question back" in text for text in written)
    assert not any(CHASED in text for text in written)


def test_an_edit_asks_whoever_it_names_and_nobody_else_any_more(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", QUESTION)
    lively.tom.edits("#web-relaunch", ts, QUESTION.replace("@Priya", "@Mei"))
    lively.settle()
    assert _waiting_on(lively, "Priya") == []
    assert _waiting_on(lively, "Mei") == [QUESTION.replace("@Priya", "@Mei")]


def test_an_edit_that_adds_a_question_much_later_starts_its_clock_then(quiet: Town) -> None:
    ts = quiet.tom.says("#web-relaunch", "The pump is back.")
    quiet.advance(days=1)
    quiet.tom.edits("#web-relaunch", ts, f"The pump is back. {QUESTION}")
    quiet.advance(hours=1)
    assert _reminders(quiet) == []
    quiet.advance(days=1)
    assert len(_reminders(quiet)) == 1


def test_a_check_mark_that_is_taken_back_reopens_the_ask(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", QUESTION)
    lively.priya.reacts("#web-relaunch", ts, "white_check_mark")
    lively.settle()
    assert _waiting_on(lively, "Priya") == []
    lively.priya.reacts("#web-relaunch", ts, "white_check_mark", add=False)
    lively.settle()
    assert _waiting_on(lively, "Priya") == [QUESTION]
    lively.move_to(WEDNESDAY_13_31_KOLKATA)
    assert len(_reminders(lively)) == 1, "and it is due when it was"


def test_one_message_can_ask_two_people(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", "@Priya @Mei which logo do we ship?")
    lively.priya.says("#web-relaunch", "The blue one.", reply_to=ts)
    lively.settle()
    assert _waiting_on(lively, "Priya") == []
    assert _waiting_on(lively, "Mei") == ["@Priya @Mei which logo do we ship?"]


def test_nobody_is_reminded_outside_their_working_time(quiet: Town) -> None:
    quiet.slack.move_to(datetime(2026, 10, 9, 11, 0, tzinfo=UTC))  # Friday 16:30 in Kolkata
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(datetime(2026, 10, 12, 10, 59, tzinfo=UTC))  # Monday 16:29
    assert _reminders(quiet) == []
    quiet.move_to(datetime(2026, 10, 12, 14, 0, tzinfo=UTC))  # the bot is late: 19:30
    assert _reminders(quiet) == []
    quiet.move_to(datetime(2026, 10, 13, 4, 29, tzinfo=UTC))  # Tuesday 09:59
    assert _reminders(quiet) == [], "the digest of 09:00 says so"
    quiet.move_to(datetime(2026, 10, 13, 4, 30, tzinfo=UTC))
    assert len(_reminders(quiet)) == 1


def test_done_settles_the_reminder_and_the_ask(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    quiet.priya.presses("Done")
    quiet.settle()
    written = [message["text"] for message in quiet.priya.direct_messages()]
    assert any("Settled" in text for text in written)
    assert not any(CHASED in text for text in written)
    assert _waiting_on(quiet, "Priya") == []


@pytest.mark.needs("home")
def test_the_home_page_shows_both_sides(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.settle()
    assert "Waiting on you (1)" in quiet.home_of(quiet.priya)
    assert "You are waiting for (1)" in quiet.home_of(quiet.tom)
    assert "Nothing is waiting on you" in quiet.home_of(quiet.tom)


@pytest.mark.needs("home")
def test_done_on_the_home_page_takes_the_line_away(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.settle()
    assert "can you look at the pool size?" in quiet.home_of(quiet.priya)
    quiet.priya.picks_option("can you look at the pool size?", "Done")
    quiet.settle()
    home = quiet.priya.home
    assert home is not None
    assert "Nothing is waiting on you" in str(home)


def test_quotes_code_statements_and_talk_with_guests_open_nothing(quiet: Town) -> None:
    for text in (
        "> @Priya can you look?",
        "`@Priya can you look?`",
        "@Priya thanks, that worked.",
        "@Gil can you look?",
        "@Dora can you look?",
        "@Tom can I do it?",
    ):
        quiet.tom.says("#web-relaunch", text)
    quiet.gil.says("#web-relaunch", QUESTION)
    quiet.settle()
    assert all(_waiting_on(quiet, name) == [] for name in ("Priya", "Gil", "Dora", "Tom"))


def _waiting_on(town: Town, name: str) -> list[str]:
    """What is asked of somebody, as they would read it."""
    town.settle()
    with town.app.bot.begin("T0TIDELINE", during="job") as uow:
        person = people.find(uow.session, uow.team_id, town.slack.see(name)["me"])
        return [ask.quote or "" for ask in showing.waiting_on(uow, person).seen] if person else []


def _reminders(town: Town) -> list[str]:
    return [text for text in town.writes_to(town.priya) if CHASED in text]
