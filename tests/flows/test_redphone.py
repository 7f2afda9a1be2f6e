"""The red phone, from the command to whoever is on it."""

from datetime import UTC, datetime

from tests.support.pages import FILLED, FIRE, notices, on_call, pages_somebody, progress, shown
from tests.support.town import Town

NIGHT_IN_KOLKATA = datetime(2026, 10, 6, 21, 42, tzinfo=UTC)  # 03:12 there


def test_a_page_reaches_whoever_is_on_call_and_the_caller_follows_it(lively: Town) -> None:
    on_call(lively, lively.priya)
    lively.move_to(NIGHT_IN_KOLKATA)
    lively.sam.types("#infra", FIRE)
    form = lively.forms_of(lively.sam)[-1]
    assert "• 3:12 AM for @Priya, on call" in form
    assert notices(lively, lively.priya) == [], "nobody is paged before it is confirmed"
    lively.sam.fills_in(FILLED)
    (paged,) = notices(lively, lively.priya)
    assert "@Sam needs you now:\n> Nobody can sign up" in paged
    assert "What it hurts: All new customers" in paged
    assert "It is 3:12 am for you. Round 1 of 3" in paged
    assert "@Priya is being paged by direct message. It is 3:12 AM there." in progress(lively)
    assert "@Priya is being paged" in lively.forms_of(lively.sam)[-1]
    lively.priya.presses("I'm on it")
    lively.settle()
    assert "You have been on it since 3:12 am" in shown(lively, lively.priya)[-1]
    assert "@Priya has been on it since 2:42 PM" in progress(lively)
    assert "@Priya has been on it since 2:42 PM" in lively.forms_of(lively.sam)[-1]
    told = [text for text in lively.writes_to(lively.sam) if "@Priya is on it" in text]
    assert len(told) == 1, "the caller is notified of it, once"


def test_it_is_paged_again_until_the_rounds_are_over_and_then_the_caller_is_told_what_to_do(
    quiet: Town,
) -> None:
    quiet.sets("redphone.human_route", "Call the duty desk, 030 1234567")
    pages_somebody(quiet, quiet.tom, "Priya")
    quiet.advance(minutes=5)
    assert "Nobody answered yet. Round 2 of 3:" in progress(quiet, quiet.tom)
    quiet.advance(minutes=5)
    assert len(notices(quiet, quiet.priya)) == 3
    quiet.advance(minutes=5)
    assert len(notices(quiet, quiet.priya)) == 3
    ended = progress(quiet, quiet.tom)
    assert "*Nobody answered*, in 3 rounds." in ended
    assert "Call the duty desk, 030 1234567" in ended
    quiet.priya.presses("I'm on it")
    quiet.settle()
    assert "@Priya has been on it" in progress(quiet, quiet.tom)


def test_whoever_paged_can_call_it_off(lively: Town) -> None:
    pages_somebody(lively, lively.tom, "Priya")
    lively.priya.presses("I'm on it")
    lively.settle()
    lively.tom.presses("It's over")
    assert "You called it off at 10:00" in progress(lively, lively.tom)
    assert "It is over: @Tom called it off." in lively.writes_to(lively.priya)[-1]
    first = next(text for text in shown(lively, lively.priya) if "needed you" in text)
    assert "It is over: @Tom called it off at 1:30 pm." in first
    before = len(lively.writes_to(lively.priya))
    lively.advance(minutes=20)
    assert len(notices(lively, lively.priya)) == 1
    assert len([text for text in lively.writes_to(lively.priya)[before:] if "needs" in text]) == 0


def test_a_page_that_is_called_off_before_anybody_is_on_it_pages_nobody_any_more(
    quiet: Town,
) -> None:
    pages_somebody(quiet, quiet.tom, "Priya")
    quiet.tom.presses("It's over")
    quiet.advance(minutes=30)
    (one,) = [text for text in shown(quiet, quiet.priya) if "need" in text]
    assert "It is over: @Tom called it off at 1:30 pm." in one


def test_the_caller_is_told_if_slack_refuses_the_page(quiet: Town) -> None:
    quiet.sets("redphone.human_route", "Call the duty desk, 030 1234567")
    quiet.tom.types("#infra", FIRE)
    refusal = {"method": "chat.postMessage", "error": "user_disabled", "about": "needs"}
    quiet.slack.faults(methods=[refusal])
    quiet.tom.fills_in(FILLED | {"Person to page": "Priya"})
    quiet.settle()
    assert "I could not reach @Priya by direct message." in quiet.forms_of(quiet.tom)[-1]
    assert "Call the duty desk" in quiet.forms_of(quiet.tom)[-1]


def test_a_group_is_paged_as_a_whole_and_never_its_caller(quiet: Town) -> None:
    quiet.tom.makes_group("oncall", "Tom", "Priya", "Ana", "Gil")
    quiet.tom.types("#infra", f"{FIRE}, @oncall")
    quiet.tom.picks_option("Whom to page", "Everybody in @oncall")
    form = quiet.forms_of(quiet.tom)[-1]
    assert "13:30 for @Priya, working" in form
    assert "05:00 for @Ana, not working now" in form
    assert "for @Tom" not in form
    assert "@Gil" not in form
    quiet.tom.fills_in(FILLED)
    assert notices(quiet, quiet.ana) == [], "Ana sleeps: it is asked a second time"
    quiet.tom.fills_in({})
    assert len(notices(quiet, quiet.ana)) == len(notices(quiet, quiet.priya)) == 1
    assert notices(quiet, quiet.tom) == []
    quiet.priya.presses("I'm on it")
    quiet.settle()
    assert "@Priya has been on it since 05:00" in shown(quiet, quiet.ana)[-1]


def test_a_page_begins_with_a_message(lively: Town) -> None:
    ts = lively.ana.says("#infra", "the database is on fire")
    lively.tom.picks("Red phone…", "#infra", ts)
    assert "What is happening: the database is on fire" in lively.forms_of(lively.tom)[-1]
    lively.tom.fills_in(FILLED | {"Person to page": "Priya"})
    (paged,) = notices(lively, lively.priya)
    assert "It is about the message." in paged


def test_words_of_a_private_channel_are_not_carried_out_of_it(quiet: Town) -> None:
    ts = quiet.tom.says("#leads", "we let somebody go")
    quiet.priya.picks("Red phone…", "#leads", ts)
    form = quiet.forms_of(quiet.priya)[-1]
    assert "we let somebody go" not in form
    assert "say in your own words" in form
    quiet.priya.fills_in(FILLED | {"What is happening": "Come", "Person to page": "Ana"})
    quiet.priya.fills_in({})
    (paged,) = notices(quiet, quiet.ana)
    assert "It is about the message." not in paged, "Ana is not in that channel"


def test_to_a_caller_who_left_nothing_is_written_and_the_page_goes_on(quiet: Town) -> None:
    pages_somebody(quiet, quiet.sam, "Priya")
    quiet.tom.deactivates("Sam")
    before = len(quiet.writes_to(quiet.sam))
    quiet.advance(minutes=5)
    assert len(notices(quiet, quiet.priya)) == 2
    quiet.priya.presses("I'm on it")
    assert len(quiet.writes_to(quiet.sam)) == before


def test_whoever_left_meanwhile_is_not_paged_again(quiet: Town) -> None:
    pages_somebody(quiet, quiet.sam, "Priya")
    quiet.tom.deactivates("Priya")
    quiet.advance(minutes=5)
    assert len(notices(quiet, quiet.priya)) == 1
    assert "nobody" in quiet.writes_to(quiet.sam)[-1].lower()
