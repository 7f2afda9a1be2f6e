"""What a channel is told when Baton joins it, and what a pause silences."""

from datetime import UTC, datetime

import pytest

from bot.core import pausing
from bot.core.blocks import Message
from bot.core.render import mrkdwn
from bot.playground.world import TEAM_ID
from tests.support.pages import FILLED, FIRE
from tests.support.town import Town

WELCOME = "I am Baton, new in"
QUESTION = "@Priya can you look at the pool size?"


def _welcomes(town: Town, channel: str) -> list[str]:
    town.settle()
    texts = [message["text"] for message in town.tom.messages(channel)]
    return [text for text in texts if WELCOME in text]


def test_a_channel_that_baton_joins_is_welcomed_once_in_five_lines(fresh: Town) -> None:
    assert len(_welcomes(fresh, "#web-relaunch")) == 1
    fresh.tom.invites(fresh.slack.see("Tom")["app"]["name"], "#general")
    welcomes = _welcomes(fresh, "#general")
    assert len(welcomes) == 1
    assert len(welcomes[0].splitlines()) == 5
    for word in ("30 days", "/baton settings", "/baton off", "/baton pause", "/remove"):
        assert word in welcomes[0]


def test_the_welcome_says_how_long_text_is_kept(quiet: Town) -> None:
    quiet.sets("messages.retention_days", 0)
    quiet.tom.invites(quiet.slack.see("Tom")["app"]["name"], "#general")
    assert "I keep no text of what you write" in _welcomes(quiet, "#general")[0]


@pytest.mark.needs("asks", "digest")
def test_in_a_pause_nobody_is_written_to_and_nothing_comes_late(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", QUESTION)
    quiet.tom.types("#infra", "/baton pause")
    assert "I am silent now" in quiet.whispers_to(quiet.tom)[-1]
    quiet.move_to(datetime(2026, 10, 8, 8, 0, tzinfo=UTC))
    quiet.tom.types("#infra", "/baton resume")
    quiet.advance(hours=3)
    assert quiet.writes_to(quiet.priya) == []
    quiet.tom.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 9, 3, 35, tzinfo=UTC))  # Friday 09:05 in Kolkata
    assert len(quiet.writes_to(quiet.priya)) == 1, "the digest of the next morning"


def test_what_waited_when_the_pause_began_is_not_sent_after_it(quiet: Town) -> None:
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        uow.outbox.post("before the pause", "C0INFRA00", Message(mrkdwn("Too late")))
        pausing.pause(uow, by="operator")
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        pausing.resume(uow, by="operator")
    assert not any(message["text"] == "Too late" for message in quiet.posts_in("#infra"))


@pytest.mark.needs("redphone")
def test_the_red_phone_rings_in_a_pause(quiet: Town) -> None:
    quiet.tom.types("#infra", "/baton pause")
    quiet.sam.types("#infra", FIRE)
    quiet.sam.fills_in({**FILLED, "Person to page": "Priya"})
    assert "needs you now" in quiet.writes_to(quiet.priya)[-1]
    quiet.priya.presses("I'm on it")
    assert "is on it" in quiet.writes_to(quiet.sam)[-1]


def test_only_admins_pause_for_everybody(quiet: Town) -> None:
    for command in ("/baton pause", "/baton resume"):
        quiet.mei.types("#infra", command)
        assert "Only admins pause and resume me" in quiet.whispers_to(quiet.mei)[-1]


@pytest.mark.needs("home")
def test_an_admin_pauses_and_resumes_on_the_home_page(quiet: Town) -> None:
    assert "Pause Baton" in quiet.home_of(quiet.tom)
    assert "Pause Baton" not in quiet.home_of(quiet.mei)
    quiet.tom.presses("Pause Baton")
    assert "I am paused" in quiet.home_of(quiet.mei)
    quiet.tom.opens_home()
    quiet.settle()
    quiet.tom.presses("Resume")
    assert "I am paused" not in quiet.home_of(quiet.mei)


def test_a_second_pause_says_that_it_is_one(quiet: Town) -> None:
    quiet.tom.types("#infra", "/baton pause")
    quiet.tom.types("#infra", "/baton pause")
    assert "I am silent already" in quiet.whispers_to(quiet.tom)[-1]
