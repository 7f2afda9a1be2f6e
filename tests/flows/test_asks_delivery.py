"""Asks that cannot reach somebody now, and what each side hears of the other."""

from datetime import UTC, datetime

import pytest

from bot.core.agreement.setting import person_scope
from bot.playground.client import Person
from tests.flows.test_asks_composed import (
    CHASED,
    POOL,
    QUESTION,
    WEDNESDAY_13_31_KOLKATA,
    WHAT,
    by,
    composes,
    dm,
    errors,
    listed,
    on,
    written_to,
)
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "home")

NAMED, STAND_INS = "Somebody I name below", "A stand-in, or several people"
ESCALATE = "Ask somebody else, too…"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant in October 2026, UTC."""
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def without_digest(person: Person, town: Town) -> None:
    """Somebody who gets no digest hears only what is written to them."""
    scope = person_scope(str(town.slack.see(person.name)["me"]))
    town.sets("digest.on", value=False, scope=scope)


@pytest.mark.needs("digest")
def test_a_direct_ask_beyond_the_daily_messages_comes_the_next_morning_and_runs_from_then(
    quiet: Town,
) -> None:
    without_digest(quiet.priya, quiet)
    for number in range(3):
        quiet.mei.types("#general", f"/ask @Priya is page {number} final?")
        quiet.settle()
    quiet.tom.types("#general", "/ask @Priya can you restart the shop? urgent: it is down")
    told = quiet.whispers_to(quiet.tom)[-1]
    assert "It goes out as a direct message from me, in your name: I am not in this" in told
    assert "@Priya gets it Wed 7 Oct, 09:00 (their time) and has until Wed 7 Oct, 07:30" in told
    quiet.move_to(at(7, 3, 29))
    assert not any("restart the shop" in text for text in quiet.writes_to(quiet.priya))
    quiet.move_to(at(7, 3, 31))
    [asked] = [text for text in quiet.writes_to(quiet.priya) if "restart the shop" in text]
    assert "due Wed 7 Oct, 11:00" in asked


def test_who_is_off_is_refused_wherever_they_are_named(quiet: Town) -> None:
    refused = "Baton may not write to"
    quiet.ana.types("#infra", "/baton off")
    for channel in ("#general", "#infra"):
        quiet.tom.types(channel, "/ask @Ana is the copy final?")
        assert f"{refused} @Ana" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    listed(quiet.priya, quiet)
    quiet.priya.picks_option(POOL, "Delegate…")
    quiet.priya.fills_in({"Who can answer it?": "Ana"})
    assert refused in errors(quiet.priya)["whom"]
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option(POOL, ESCALATE)
    quiet.tom.fills_in({"A stand-in, or several people": "Mei, Ana"})
    assert refused in errors(quiet.tom)["whom"]
    assert quiet.posts_in("#infra") == []


def test_while_baton_is_paused_nobody_is_asked_and_the_asker_is_told(quiet: Town) -> None:
    quiet.tom.types("#infra", "/baton pause")
    for channel in ("#infra", "#general"):
        quiet.tom.types(channel, "/ask @Priya is the copy final?")
        assert "I am paused here, so I asked nobody" in quiet.whispers_to(quiet.tom)[-1]
    composes(quiet.tom)
    assert "paused" in errors(quiet.tom)["whom"]
    quiet.tom.closes_form()
    quiet.tom.types("#infra", "/baton resume")
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    assert quiet.posts_in("#infra") == []


def test_a_direct_ask_on_a_saturday_says_when_it_arrives_and_when_it_cannot(quiet: Town) -> None:
    quiet.slack.move_to(at(17, 10))
    quiet.tom.types("#general", "/ask @Sam is the copy final?")
    assert "@Sam gets it Mon 19 Oct, 09:00 (their time)" in quiet.whispers_to(quiet.tom)[-1]
    quiet.settle()
    assert quiet.writes_to(quiet.sam) == []
    quiet.sam.types("#general", "/baton off")
    quiet.move_to(at(19, 16, 1))
    quiet.move_to(at(20, 8))
    assert quiet.writes_to(quiet.sam) == []
    assert "Baton may not write to @Sam" in "".join(quiet.writes_to(quiet.tom))


def _chased(town: Town) -> int:
    waits = ("waits for your answer", CHASED)
    return sum(any(words in text for words in waits) for text in town.writes_to(town.priya))


@pytest.mark.parametrize("is_told_before", [True, False])
@pytest.mark.needs("digest")
def test_a_snoozed_question_is_silent_until_the_next_day_and_comes_once(
    is_told_before: bool, quiet: Town
) -> None:
    without_digest(quiet.priya, quiet)
    quiet.tom.says("#infra", "@Priya can you look at the pool size by 1 pm?")
    if is_told_before:
        quiet.move_to(at(6, 10, 16))
        assert _chased(quiet) == 1, "due soon"
        quiet.priya.presses("Snooze")
        quiet.priya.presses("Snooze")
    else:
        listed(quiet.priya, quiet)
        quiet.priya.picks_option("pool size", "Snooze until my next day")
    before = _chased(quiet)
    if is_told_before:
        assert "It is snoozed until Wed 7 Oct, 09:00 already." in quiet.whispers_to(quiet.priya)
    told = next(each for each in quiet.whispers_to(quiet.priya) if "nothing more" in each)
    assert "can you look at the pool size" in told
    assert "nothing more of it until Wed 7 Oct, 09:00" in told
    assert "snoozed until Wed, 7 Oct, 9:00 am" in listed(quiet.priya, quiet)
    assert "snoozed until Wed, 7 Oct, 9:00 am" in on(quiet.priya, quiet)
    assert "snoozed" not in on(quiet.tom, quiet), "that is the answerer's business"
    quiet.move_to(at(6, 11, 1))
    assert _chased(quiet) == before
    quiet.move_to(at(7, 3, 31))
    quiet.advance(hours=2)
    assert _chased(quiet) == before + 1


@pytest.mark.needs("digest")
def test_what_is_due_by_the_morning_is_in_the_digest_and_a_message_an_hour_later(
    quiet: Town,
) -> None:
    quiet.tom.says("#infra", "@Priya can you look at the pool size by 5 pm?")
    quiet.move_to(at(7, 3, 29))
    before = _chased(quiet)
    quiet.move_to(at(7, 4, 29))
    assert "overdue since" in quiet.writes_to(quiet.priya)[-1]
    assert _chased(quiet) == before, "the digest of 09:00 said so"
    quiet.move_to(at(7, 4, 30))
    quiet.advance(hours=3)
    assert _chased(quiet) == before + 1


@pytest.mark.needs("digest")
def test_what_was_done_within_an_hour_of_the_digest_is_not_asked_for_again(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "@Priya can you look at the pool size by 5 pm?")
    quiet.move_to(at(7, 3, 31))
    before = _chased(quiet)
    assert "overdue since" in quiet.writes_to(quiet.priya)[-1]
    quiet.priya.says("#infra", "It is 20.", reply_to=ts)
    quiet.advance(hours=3)
    assert _chased(quiet) == before


@pytest.mark.needs("digest")
def test_who_takes_it_after_the_due_time_is_left_in_peace(quiet: Town) -> None:
    without_digest(quiet.priya, quiet)
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    quiet.priya.presses("On it")
    assert "I remind you no more" in quiet.whispers_to(quiet.priya)[-1]
    quiet.advance(hours=24)
    assert "overdue since Wed, 7 Oct, 1:30 pm, on it" in on(quiet.priya, quiet)
    assert "You are on it" in "".join(m["text"] for m in quiet.priya.direct_messages())
    assert _chased(quiet) == 1, "and nothing came after that"
    listed(quiet.tom, quiet)
    quiet.tom.picks_option(POOL, ESCALATE)
    assert quiet.tom.form is not None


def test_a_card_that_is_not_taken_asks_none_of_those_it_names(quiet: Town) -> None:
    refused = {"method": "chat.postMessage", "about": "C0INFRA00", "error": "is_archived"}
    quiet.slack.faults(methods=[refused])
    quiet.tom.types("#infra", "/ask @Priya @Mei is the copy final?")
    quiet.settle()
    quiet.slack.faults()
    assert "".join(quiet.writes_to(quiet.tom)).count("Nobody was asked") == 1
    assert "You are not waiting for anybody" in by(quiet.tom, quiet)


def test_a_question_back_to_baton_turns_the_clock_until_the_asker_answers_it(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    asked = written_to(quiet.priya, "asks you")
    there, here = dm(quiet.priya, quiet), dm(quiet.tom, quiet)
    quiet.priya.says(there, "Which copy do you mean?", reply_to=asked["ts"])
    quiet.settle()
    assert "Which copy do you mean?" in on(quiet.tom, quiet)
    assert "waits for the asker" in on(quiet.priya, quiet)
    back = written_to(quiet.tom, "asks back before they can answer you")
    assert "You had asked:* is the copy final?" in back["text"]
    quiet.tom.says(here, "The one of the shop.", reply_to=back["ts"])
    quiet.settle()
    assert "Nothing is waiting on you" in on(quiet.tom, quiet)
    again = written_to(quiet.priya, "waits for you again")
    assert "Answer:* The one of the shop." in again["text"]
    quiet.priya.says(there, "It is final.", reply_to=again["ts"])
    quiet.settle()
    answered = written_to(quiet.tom, "answered")
    assert "Answer:* It is final." in answered["text"]
    quiet.priya.says(there, "Page 3 is not, do not print that.", reply_to=again["ts"])
    quiet.settle()
    assert "@Priya adds: Page 3 is not" in quiet.writes_to(quiet.tom)[-1]
    quiet.tom.says(here, "Which line of page 3?", reply_to=answered["ts"])
    quiet.advance(days=1)
    assert "@Tom adds: Which line of page 3?" in "".join(quiet.writes_to(quiet.priya))
    assert "You are not waiting for anybody" in by(quiet.tom, quiet)


def test_who_has_it_now_stands_on_the_card_on_the_board_and_in_a_message(quiet: Town) -> None:
    noor = quiet.slack.person("Noor")
    composes(quiet.tom, where="#infra", **{WHAT: "Which pool size?"})
    quiet.settle()
    listed(quiet.priya, quiet)
    quiet.priya.picks_option("Which pool size?", "Delegate…")
    quiet.priya.fills_in({"Who can answer it?": "Noor"})
    quiet.settle()
    assert "passed it on to <@U0NOOR000>: due" in quiet.posts_in("#infra")[0]["text"]
    assert "@Priya in #infra, passed on to @Noor, due" in by(quiet.tom, quiet)
    assert "@Priya passed your question in #infra on to @Noor" in quiet.writes_to(quiet.tom)[-1]
    noor.presses("Return it")
    quiet.settle()
    written_to(noor, "You returned it; <@U0PRIYA00> has it again")
    assert "<@U0PRIYA00>: due" in quiet.posts_in("#infra")[0]["text"]
    assert "@Priya in #infra, due" in by(quiet.tom, quiet)


def test_who_cannot_open_the_channel_is_not_asked_too_and_nothing_is_noted(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    quiet.tom.types("#leads", "/ask @Priya is the budget final?")
    quiet.settle()
    listed(quiet.priya, quiet)
    quiet.priya.picks_option("budget", "Delegate…")
    quiet.priya.fills_in({"Who can answer it?": "Mei"})
    assert "cannot open that channel" in errors(quiet.priya)["whom"]
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option("budget", ESCALATE)
    quiet.tom.fills_in({"Whom?": NAMED, STAND_INS: "Mei"})
    assert "cannot open that channel" in errors(quiet.tom)["whom"]
    quiet.tom.closes_form()
    quiet.tom.picks_option("budget", "What happened so far")
    assert "escalated" not in quiet.forms_of(quiet.tom)[-1]


def test_the_reason_of_a_stand_in_and_of_the_one_asked_reach_the_asker(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option(POOL, ESCALATE)
    quiet.tom.fills_in({"Whom?": NAMED, STAND_INS: "Mei"})
    quiet.settle()
    for person, reason in ((quiet.mei, "I do not know pools."), (quiet.priya, "Ivo has it now.")):
        listed(person, quiet)
        person.picks_option(POOL, "Decline…")
        person.fills_in({"Why not?": reason})
        quiet.settle()
    quiet.advance(days=1)
    told = "".join(quiet.writes_to(quiet.tom))
    assert told.count("I do not know pools.") == 1
    assert told.count("Ivo has it now.") == 1
