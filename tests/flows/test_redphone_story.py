"""The whole story of a page: from three at night in Kolkata to what came of it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.encryption import new_key
from tests.support.databases import Rows, fill
from tests.support.pagers_api import PagersApi
from tests.support.pages import FILLED, FIRE, notices, progress, shown
from tests.support.town import Town, town

NIGHT_IN_KOLKATA = datetime(2026, 10, 6, 21, 42, tzinfo=UTC)  # 03:12 there, 06:42 in Tokyo
NUMBER = "+4915123456789"


@pytest.fixture
def api() -> Iterator[PagersApi]:
    """Those who ring phones, and who hear that all is well."""
    with PagersApi() as running:
        yield running


@pytest.fixture
def ringing(
    database_url: str, weather: dict[str, Any], acquaintance: Rows, api: PagersApi
) -> Iterator[Town]:
    """A town in which phones ring, in order and in disorder."""
    fill(database_url, acquaintance)
    given = {"baton_encryption_keys": new_key(), **api.settings("twilio", "heartbeat")}
    with town(database_url, faults=weather, settings=given) as living:
        yield living


@pytest.mark.slow
def test_from_the_press_at_night_to_what_came_of_it(ringing: Town, api: PagersApi) -> None:
    _is_prepared(ringing, api)
    _is_paged_while_slack_asks_to_wait(ringing, api)
    _goes_on_to_the_next_level(ringing)
    _lapses_and_is_paged_on(ringing, api)
    _ends_with_a_sentence(ringing, api)


def _is_prepared(ringing: Town, api: PagersApi) -> None:
    """Tom says who is on call and who comes next; Priya enters her number."""
    ringing.tom.types("#infra", "/redphone oncall @Priya")
    ringing.tom.types("#infra", "/redphone policy")
    ringing.tom.presses("Add a level…")
    ringing.tom.fills_in({"Rotations and groups": "", "People": "Mei"})
    ringing.settle()
    ringing.priya.types("#infra", "/redphone contact")
    ringing.priya.presses("Add a phone number…")
    ringing.priya.fills_in({"Your phone number": NUMBER})
    ringing.settle()
    code = re.sub(r"\D", "", _texts(api)[-1].partition("Your code is ")[2].partition(".")[0])
    ringing.priya.fills_in({"The six digits": code})
    ringing.settle()
    ringing.move_to(NIGHT_IN_KOLKATA)


def _is_paged_while_slack_asks_to_wait(ringing: Town, api: PagersApi) -> None:
    """Her phone rings at once, though Slack takes no message just now."""
    ringing.sam.types("#infra", FIRE)
    assert "3:12 AM for @Priya, on call" in ringing.forms_of(ringing.sam)[-1]
    wait = {"method": "chat.postMessage", "status": 429, "retry_after": "2", "times": 2}
    ringing.slack.faults(methods=[wait])
    ringing.sam.fills_in(FILLED)
    ringing.settle()
    assert _calls(api) == 1
    assert len(_texts(api)) == 2, "her code, and the next way, as the message did not come"
    assert "Nobody can sign up" in _texts(api)[-1]
    assert len(notices(ringing, ringing.priya)) == 1, "and the message comes when Slack lets it"
    assert "@Priya is being paged by direct message" in progress(ringing)


def _goes_on_to_the_next_level(ringing: Town) -> None:
    """She sleeps on; a reaction takes nothing; Mei presses the button."""
    assert notices(ringing, ringing.mei) == []
    ringing.advance(minutes=5)
    (paged,) = notices(ringing, ringing.mei)
    assert "@Sam needs you now" in paged
    for who in ("Priya", "Mei"):
        assert f"@{who} is being paged" in progress(ringing), "as the card says"
    ringing.mei.presses("I'm on it")
    ringing.settle()
    assert "@Mei has been on it since" in progress(ringing)
    assert "@Mei has been on it since" in shown(ringing, ringing.priya)[-1]
    ringing.advance(minutes=20)
    assert len(notices(ringing, ringing.priya)) == 1, "nothing more rings"
    assert len(notices(ringing, ringing.mei)) == 1


def _lapses_and_is_paged_on(ringing: Town, api: PagersApi) -> None:
    """Mei says nothing for half an hour, nor when she is asked: it goes on, and Priya wakes up."""
    ringing.advance(minutes=10)
    assert "Are you still on it?" in ringing.writes_to(ringing.mei)[-1]
    ringing.advance(minutes=5)
    assert len(notices(ringing, ringing.priya)) == 2
    assert _calls(api) == 2
    ringing.priya.presses("I'm on it")
    ringing.settle()
    assert "@Priya has been on it since" in progress(ringing)


def _ends_with_a_sentence(ringing: Town, api: PagersApi) -> None:
    """Ana joins, it is resolved, and both sides say whether it was an emergency."""
    ringing.priya.presses("Join me…")
    ringing.priya.fills_in({"Who joins you?": ["Ana"]})
    ringing.settle()
    ringing.ana.presses("Join")
    ringing.settle()
    ringing.priya.presses("Resolve…")
    ringing.priya.fills_in({"What was it, and what was done?": "A bad deploy, rolled back"})
    ringing.settle()
    assert "@Priya resolved it" in ringing.writes_to(ringing.sam)[-1]
    ringing.advance(hours=1)
    assert (_calls(api), len(_texts(api))) == (2, 2), "nothing rings any more"
    ringing.move_to(datetime(2026, 10, 7, 5, 0, tzinfo=UTC))  # 10:30 in Kolkata
    asked = [text for text in ringing.writes_to(ringing.priya) if "Was it an emergency?" in text]
    assert len(asked) == 1
    ringing.priya.presses("Yes")
    ringing.settle()
    assert "You said: it was an emergency." in ringing.priya.direct_messages()[-1]["text"]


def _texts(api: PagersApi) -> list[str]:
    """The texts that were sent to phones."""
    return [request.body["Body"] for name, request in api.told if name == "sms"]


def _calls(api: PagersApi) -> int:
    """How often phones rang."""
    return sum(name == "voice" for name, _ in api.told)
