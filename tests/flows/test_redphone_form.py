"""The form of the red phone: who would be reached, and what becomes of what was typed."""

from datetime import UTC, datetime

from bot.playground.client import Person
from tests.support.pages import FILLED, FIRE, notices, on_call, pages_somebody, progress
from tests.support.town import Town


def test_whom_to_page_changes_who_would_be_reached_and_nothing_typed_is_lost(lively: Town) -> None:
    on_call(lively, lively.priya)
    lively.sam.types("#infra", FIRE)
    assert "1:30 PM for @Priya, on call" in lively.forms_of(lively.sam)[-1]
    lively.sam.picks_option("Whom to page", "A person")
    form = lively.forms_of(lively.sam)[-1]
    assert "What is happening: Nobody can sign up" in form
    assert "Pick whom to page" in form
    lively.sam.picks_option("Person to page", "Mei")
    assert "5:00 PM for @Mei" in lively.forms_of(lively.sam)[-1]
    lively.sam.picks_option("Whom to page", "On call: @Priya")
    form = lively.forms_of(lively.sam)[-1]
    assert "Person to page" not in form
    lively.sam.fills_in(FILLED)
    assert len(notices(lively, lively.priya)) == 1
    assert notices(lively, lively.mei) == []


def test_the_form_says_where_the_card_stands_and_what_slack_alone_cannot_do(quiet: Town) -> None:
    on_call(quiet, quiet.priya)
    quiet.sam.types("#infra", FIRE)
    form = quiet.forms_of(quiet.sam)[-1]
    assert "Its card will stand in #infra, where every member reads it." in form
    assert "Slack alone cannot break through “do not disturb”" in form


def test_somebody_who_sleeps_is_paged_only_after_a_second_confirmation(lively: Town) -> None:
    lively.tom.types("#infra", FIRE)
    lively.tom.fills_in(FILLED | {"Person to page": "Sam"})
    form = lively.forms_of(lively.tom)[-1]
    assert "Is it worth waking @Sam?" in form
    assert "01:00 for @Sam, not working now, and not on call" in form
    assert "What it hurts: All new customers" in form
    assert "[Page anyway]" in form
    assert notices(lively, lively.sam) == []
    lively.tom.fills_in({"What it hurts": "Everybody by now"})
    (paged,) = notices(lively, lively.sam)
    assert "Everybody by now" in paged


def test_one_press_makes_it_an_ask_to_be_answered_within_two_hours(lively: Town) -> None:
    lively.tom.types("#infra", FIRE)
    lively.tom.fills_in(FILLED | {"Person to page": "Sam"})
    lively.tom.presses("Make it an ask: answer within 2 hours")
    told = lively.forms_of(lively.tom)[-1]
    assert "@Sam is asked to answer by" in told
    assert "Nobody was paged." in told
    lively.move_to(datetime(2026, 10, 6, 16, 5, tzinfo=UTC))  # 09:05 for Sam
    assert notices(lively, lively.sam) == []
    asked = [text for text in lively.writes_to(lively.sam) if "Nobody can sign up" in text]
    assert asked, "the ask waits until Sam works"


def test_what_is_missing_is_said_beside_its_field(quiet: Town) -> None:
    quiet.tom.types("#infra", FIRE)
    quiet.tom.fills_in({**FILLED, "What it hurts": "\u200b\u200b"})
    assert set(_errors(quiet.tom)) == {"redphone.person"}
    quiet.tom.fills_in({"Person to page": "Priya"})
    assert set(_errors(quiet.tom)) == {"impact"}
    for nobody in ("Gil", "Deploys", "Dora"):
        quiet.tom.fills_in(FILLED | {"Person to page": nobody})
        assert "Only full members" in _errors(quiet.tom)["redphone.person"]
    quiet.tom.fills_in({"Person to page": "Tom"})
    assert "nobody but you" in _errors(quiet.tom)["redphone.person"]
    quiet.tom.fills_in({"Person to page": "Priya"})
    assert len(notices(quiet, quiet.priya)) == 1


def test_a_guest_can_neither_page_nor_open_the_form(quiet: Town) -> None:
    quiet.gil.types("#web-relaunch", FIRE)
    assert "full members" in quiet.whispers_to(quiet.gil)[-1]
    assert quiet.forms_of(quiet.gil) == []


def test_f43_a_form_that_is_sent_off_twice_pages_once(lively: Town) -> None:
    pages_somebody(lively, lively.tom, "Priya")
    bodies = [each["detail"] for each in lively.slack.traffic() if each["what"] == "interactive"]
    (sent,) = [each for each in bodies if each["type"] == "view_submission"]
    lively.delivers("interactive", sent | {"trigger_id": "1.2.another"})
    lively.settle()
    assert len(notices(lively, lively.priya)) == 1
    assert "being paged" in progress(lively, lively.tom)


def test_help_is_no_page(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone help")
    assert "It is for emergencies only" in quiet.whispers_to(quiet.tom)[-1]
    assert quiet.forms_of(quiet.tom) == []


def _errors(person: Person) -> dict[str, str]:
    errors: dict[str, str] = (person.form or {}).get("errors") or {}
    return errors
