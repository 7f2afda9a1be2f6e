"""The red phone, from the command to whoever is on it."""

from datetime import UTC, datetime

import pytest

from bot.playground.client import Person
from bot.playground.world import Json
from tests.support.town import Town

FIRE = "/redphone Nobody can sign up"


def test_a_page_reaches_whoever_is_on_call_and_the_caller_is_told(lively: Town) -> None:
    lively.tom.types("#infra", "/redphone oncall @Priya")
    lively.move_to(datetime(2026, 10, 6, 21, 30, tzinfo=UTC))  # 03:00 in Kolkata
    lively.sam.types("#infra", FIRE)
    form = lively.forms_of(lively.sam)[-1]
    assert "@Priya is on call. It is 03:00 there." in form
    assert _pages(lively, lively.priya) == [], "nobody is paged before it is confirmed"
    lively.sam.fills_in({})
    pages = _pages(lively, lively.priya)
    assert len(pages) == 1
    assert "@Sam needs you now:\n> Nobody can sign up" in pages[0]
    lively.priya.presses("I'm on it")
    assert lively.writes_to(lively.sam) == ["@Priya is on it (03:00 there):\n> Nobody can sign up"]
    assert "You have been on it since 03:00" in lively.priya.direct_messages()[-1]["text"]


def test_somebody_else_can_be_paged_instead(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone oncall @Priya")
    quiet.sam.types("#infra", FIRE)
    quiet.sam.fills_in({"Whom to page": "Ana"})
    assert _pages(quiet, quiet.priya) == []
    assert len(_pages(quiet, quiet.ana)) == 1


def test_without_anybody_on_call_the_form_asks_whom(quiet: Town) -> None:
    quiet.sam.types("#infra", FIRE)
    assert "Nobody is on call, so say whom to page." in quiet.forms_of(quiet.sam)[-1]
    quiet.sam.fills_in({})
    view = quiet.sam.form
    assert view is not None
    assert {"whom"} == set(view["errors"])


def test_guests_and_apps_can_neither_be_paged_nor_page_nor_be_on_call(quiet: Town) -> None:
    quiet.sam.types("#infra", FIRE)
    for nobody in ("Gil", "Deploys", "Dora"):
        quiet.sam.fills_in({"Whom to page": nobody})
        view = quiet.sam.form
        assert view is not None
        assert "Only full members" in view["errors"]["whom"]
    quiet.tom.types("#infra", "/redphone oncall @Gil")
    assert "cannot be on call" in quiet.whispers_to(quiet.tom)[-1]
    quiet.gil.types("#web-relaunch", FIRE)
    assert "full members" in quiet.whispers_to(quiet.gil)[-1]
    assert quiet.forms_of(quiet.gil) == []


def test_the_second_press_is_told_that_it_is_taken(quiet: Town) -> None:
    quiet.sam.types("#infra", FIRE)
    quiet.sam.fills_in({"Whom to page": "Ana"})
    quiet.settle()
    first = quiet.ana.direct_messages()[-1]
    button = next(b for b in first["blocks"] if b["type"] == "actions")["elements"][0]
    quiet.ana.presses("I'm on it")
    told = len(quiet.writes_to(quiet.sam))
    _press_again(quiet, button)
    assert "You are on it already" in quiet.whispers_to(quiet.ana)[-1]
    assert told == len(quiet.writes_to(quiet.sam))


def test_the_caller_is_told_if_slack_refuses_the_page(quiet: Town) -> None:
    quiet.sam.types("#infra", FIRE)
    refusal = {"method": "chat.postMessage", "error": "user_disabled"}
    quiet.slack.faults(methods=[refusal])
    quiet.sam.fills_in({"Whom to page": "Priya"})
    told = quiet.writes_to(quiet.sam)
    assert len(told) == 1
    assert "Slack did not let me page @Priya" in told[0]


def test_the_caller_learns_at_once_that_whoever_left_cannot_be_paged(quiet: Town) -> None:
    """From the form if Slack tells in time that they left, else from what became of the page."""
    users = quiet.server.slack.world.users.values()
    quiet.sam.types("#infra", FIRE)
    quiet.advance(minutes=2)
    next(user for user in users if user.name == "Priya").deleted = True
    quiet.sam.fills_in({"Whom to page": "Priya"})
    told = "".join(quiet.writes_to(quiet.sam))
    errors = (quiet.sam.form or {}).get("errors") or {}
    refused = "Only full members" in errors.get("whom", "")
    assert refused or "Slack did not let me page @Priya" in told
    assert _pages(quiet, quiet.priya) == []


def test_what_is_happening_may_begin_with_oncall_and_keeps_its_signs(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone oncall pager is broken, @Mei says R&D <prod> is down")
    form = quiet.forms_of(quiet.tom)[-1]
    assert "oncall pager is broken, @Mei says R&D <prod> is down" in form


def test_who_is_on_call_is_told(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone oncall")
    assert "Nobody is on call" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#infra", "/redphone oncall @Priya")
    assert quiet.whispers_to(quiet.tom)[-1] == "@Priya is on call."
    quiet.tom.types("#infra", "/redphone oncall @Priya")
    (told,) = quiet.writes_to(quiet.priya)
    assert "@Tom put you on call" in told


def test_nobody_is_woken_to_be_told_that_they_are_on_call(quiet: Town) -> None:
    quiet.tom.types("#infra", "/redphone oncall @Sam")  # 01:00 in Los Angeles
    assert "please tell them yourself" in quiet.whispers_to(quiet.tom)[-1]
    assert quiet.writes_to(quiet.sam) == []


@pytest.mark.parametrize("who", ["Priya", "@Nobody", "@Priya @Sam"])
def test_whoever_is_not_clearly_named_is_not_put_on_call(who: str, quiet: Town) -> None:
    quiet.tom.types("#infra", f"/redphone oncall {who}")
    assert f"I do not know whom you mean by “{who}”" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#infra", "/redphone oncall")
    assert "Nobody is on call" in quiet.whispers_to(quiet.tom)[-1]


def test_nobody_pages_themselves(quiet: Town) -> None:
    quiet.sam.types("#infra", FIRE)
    quiet.sam.fills_in({"Whom to page": "Sam"})
    view = quiet.sam.form
    assert view is not None
    assert "That is you" in view["errors"]["whom"]


@pytest.mark.needs("home")
def test_who_is_on_call_stands_on_everybodys_home_page(quiet: Town) -> None:
    assert "nobody is on call" in quiet.home_of(quiet.mei)
    quiet.tom.types("#infra", "/redphone oncall @Priya")
    assert "Red phone: @Priya is on call." in quiet.home_of(quiet.mei)


def _pages(town: Town, person: Person) -> list[str]:
    return [text for text in town.writes_to(person) if "needs you now" in text]


def _press_again(town: Town, button: Json) -> None:
    """Presses the old button as a client would whose view of the message is stale."""
    channel = town.ana.direct_with(town.slack.see("Ana")["app"]["user"])
    ts = town.ana.messages(channel)[-1]["ts"]
    blocks = town.server.slack.world.channels[channel].messages[ts].blocks
    blocks.append({"type": "actions", "elements": [button]})
    town.ana.presses("I'm on it")
