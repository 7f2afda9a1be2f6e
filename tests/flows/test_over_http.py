"""The same town with events over signed HTTP requests instead of sockets."""

from collections.abc import Iterator

import pytest

from tests.support.ports import free_port
from tests.support.town import Town, town


@pytest.fixture
def wired(database_url: str) -> Iterator[Town]:
    port = free_port()
    with town(database_url, http_port=port) as living:
        yield living


@pytest.mark.needs("coach", "decisions", "home", "agreement")
def test_events_commands_menus_forms_and_buttons_arrive(wired: Town) -> None:
    wired.sets("coach.mode", "on")
    wired.nobody_is_new()
    wired.tom.says("#web-relaunch", "Hi @Ana")
    wired.advance(seconds=95)
    assert len(wired.whispers_to(wired.tom)) == 1
    wired.tom.presses("Stop this kind")
    ts = wired.tom.says("#infra", "We take Postgres.")
    wired.tom.picks("Log a decision", "#infra", ts)
    wired.tom.fills_in({})
    wired.mei.types("#general", "/decision find postgres")
    assert "D-1 We take Postgres" in wired.whispers_to(wired.mei)[-1]
    assert "You get no hints about" in wired.whispers_to(wired.tom)[-1]
    assert "Your board, Mei" in wired.home_of(wired.mei)


@pytest.mark.needs("coach")
def test_an_event_that_came_twice_is_answered_once(wired: Town) -> None:
    wired.sets("coach.mode", "on")
    wired.nobody_is_new()
    wired.slack.faults(deliveries=3)
    wired.tom.says("#web-relaunch", "Hi @Ana")
    wired.advance(seconds=95)
    assert len(wired.whispers_to(wired.tom)) == 1


@pytest.mark.needs("redphone")
def test_t13_a_command_that_came_twice_is_acknowledged_and_done_once(wired: Town) -> None:
    people = {each["name"]: each["id"] for each in wired.slack.see("Tom")["people"]}
    typed = {
        "team_id": "T0TIDELINE",
        "channel_id": wired.slack.see("Tom")["channels"][0]["id"],
        "user_id": people["Tom"],
        "command": "/redphone",
        "text": f"oncall <@{people['Priya']}>",
        "trigger_id": "one-and-the-same",
    }
    assert "is on call" in wired.delivers("slash_commands", typed)["text"]
    wired.tom.types("#infra", "/redphone oncall @Sam")
    assert "twice" in wired.delivers("slash_commands", typed)["text"]
    wired.tom.types("#infra", "/redphone oncall")
    assert wired.whispers_to(wired.tom)[-1] == "@Sam is on call."
