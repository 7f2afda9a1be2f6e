"""Baton keeps up with who is who and who is where, however Slack answers."""

from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest

from bot.core import channels, people
from bot.core.channels import Channel
from bot.core.people import Person, PersonRow
from bot.core.queue import State
from bot.playground.client import NotPossible
from bot.playground.world import User
from tests.support.town import Town

QUESTION = "@Mei can you check the pump? CANARY"


@pytest.mark.needs("digest")
def test_f23_a_zone_this_machine_does_not_know_stops_nobodys_digest(quiet: Town) -> None:
    with quiet.app.bot.database.transaction() as session:
        sam = session.get_one(PersonRow, ("T0TIDELINE", quiet.slack.see("Sam")["me"]))
        sam.time_zone = "America/NotYetKnown"
    quiet.move_to(datetime(2026, 10, 6, 16, 5, tzinfo=UTC))
    quiet.mei.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 7, 7, 0, tzinfo=UTC))  # 09:00 in Berlin
    assert "The pump is back." in quiet.writes_to(quiet.tom)[-1]


@pytest.mark.needs("asks", "home")
def test_f16_an_event_waits_until_slack_tells_who_it_is_about(quiet: Town) -> None:
    """Nothing is lost, and nothing becomes a dead letter, while users.info is held back."""
    limited = {"method": "users.info", "status": 429, "retry_after": "2", "times": 3}
    quiet.slack.faults(methods=[limited])
    _account(quiet, "Dora").deleted = False
    quiet.tom.invites("Dora", "#infra")
    quiet.slack.person("Dora").says("#infra", "@Priya can you look at the pool size?")
    quiet.settle()
    assert "can you look at the pool size?" in quiet.home_of(quiet.priya)
    assert set(quiet.row_counts(State.DEAD).values()) == {0}


@pytest.mark.alone("a token that Slack refuses is parked where it was installed")
@pytest.mark.needs("asks", "home", "digest")
def test_one_refused_token_does_not_make_baton_deaf(quiet: Town) -> None:
    quiet.slack.faults(methods=[{"method": "views.publish", "error": "invalid_auth"}])
    quiet.tom.opens_home()
    quiet.slack.settled()
    quiet.tom.says("#infra", "@Priya can you look at the pool size?")
    quiet.tom.types("#infra", "/digest")
    quiet.slack.settled()
    answers = [e["text"] for e in quiet.slack.journal() if e["kind"] == "ephemeral"]
    assert "Your next digest comes" in answers[-1]
    assert any(_home_shows(quiet, "can you look at the pool size?") for _ in range(20))


@pytest.mark.needs("digest")
def test_whoever_becomes_a_full_member_is_enrolled(quiet: Town) -> None:
    _account(quiet, "Gil").is_ultra_restricted = False
    quiet.advance(hours=13)
    quiet.mei.says("#web-relaunch", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 7, 7, 0, tzinfo=UTC))  # 09:00 in Madrid
    assert any("The pump is back." in text for text in quiet.writes_to(quiet.gil))


@pytest.mark.needs("digest")
def test_whoever_moves_gets_their_digest_in_their_new_morning(quiet: Town) -> None:
    _account(quiet, "Sam").tz = "Asia/Tokyo"
    quiet.advance(hours=13)  # 06:00 in Tokyo
    quiet.tom.says("#infra", "The pump is back.")
    quiet.move_to(datetime(2026, 10, 7, 0, 5, tzinfo=UTC))  # 09:05 in Tokyo
    assert "The pump is back." in quiet.writes_to(quiet.sam)[-1]


def test_a_new_zone_and_a_new_role_are_noticed_at_once(lively: Town) -> None:
    lively.sam.moves_to("Asia/Tokyo")
    lively.tom.makes("Mei", "guest")
    lively.settle()
    assert _known(lively, "Sam").time_zone == "Asia/Tokyo"
    assert not _known(lively, "Mei").is_member
    lively.tom.makes("Mei", "member")
    lively.settle()
    assert _known(lively, "Mei").is_member


def test_a_change_asks_only_about_somebody_whom_baton_knows(quiet: Town) -> None:
    before = len(_asked_about(quiet))
    quiet.tom.activates("Dora")
    quiet.slack.person("Dora").sets_status(":palm_tree:", "Vacationing")
    quiet.settle()
    assert "U0DORA000" not in _asked_about(quiet)[before:]
    quiet.tom.sets_status(":palm_tree:", "Vacationing")
    quiet.settle()
    assert "U0TOM0000" in _asked_about(quiet)[before:]


@pytest.mark.needs("asks", "digest", "home")
def test_a_private_channels_question_reaches_nobody_outside_of_it(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.tom.says("#leads", QUESTION)
    quiet.settle()
    assert "CANARY" not in quiet.home_of(quiet.mei)
    quiet.advance(days=1, hours=3)
    quiet.advance(days=1)
    assert not any("CANARY" in text for text in quiet.writes_to(quiet.mei))


@pytest.mark.needs("asks", "home")
def test_whoever_left_a_private_channel_reads_nothing_of_it(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    ts = quiet.tom.says("#leads", "@Priya can you look at the budget?")
    quiet.settle()
    assert "budget" in quiet.home_of(quiet.priya)
    quiet.tom.removes("Priya", "#leads")
    quiet.tom.edits("#leads", ts, "@Priya can you look at the budget? CANARY")
    quiet.settle()
    home = quiet.home_of(quiet.priya)
    assert "budget" not in home
    quiet.advance(days=2)
    assert not any("CANARY" in text for text in quiet.writes_to(quiet.priya))


@pytest.mark.needs("asks")
def test_nobody_is_reminded_of_a_channel_that_baton_left(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    quiet.tom.removes("Baton", "#infra")
    quiet.advance(days=2)
    assert not any("still waiting" in text for text in quiet.writes_to(quiet.mei))


def test_a_channel_that_turned_private_without_a_word_is_noticed_within_a_day(quiet: Town) -> None:
    quiet.server.slack.world.channels["C0INFRA00"].kind = "group"
    quiet.advance(hours=13)
    for job in quiet.app.bot.jobs:
        job.run(quiet.app.bot)
    quiet.settle()
    with quiet.app.bot.reading() as (session, _):
        infra = channels.find(session, "T0TIDELINE", "C0INFRA00")
    assert infra is not None
    assert infra.is_private


def test_a_channel_counts_as_shared_while_people_of_another_organisation_can_read_it(
    lively: Town,
) -> None:
    assert not _channel(lively, "C0INFRA00").is_shared
    lively.sam.shares("#infra")
    lively.settle()
    assert _channel(lively, "C0INFRA00").is_shared
    assert not _channel(lively, "C0WEBSITE").is_shared
    lively.sam.says("#infra", "Hello, partners.")
    lively.sam.unshares("#infra")
    lively.settle()
    assert not _channel(lively, "C0INFRA00").is_shared
    told = [each["detail"] for each in lively.slack.traffic() if each["what"] == "events_api"]
    assert {
        each["is_ext_shared_channel"]
        for each in told
        if each["event"].get("text") == "Hello, partners."
    } == {True}


def test_the_channel_that_everybody_is_in_is_known_whatever_it_is_called(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#general")
    quiet.settle()
    assert _channel(quiet, "C0GENERAL").is_general
    assert not _channel(quiet, "C0INFRA00").is_general
    with pytest.raises(NotPossible, match="cannot be shared"):
        quiet.tom.shares("#general")


def _home_shows(town: Town, text: str) -> bool:
    """Whether Priya's home shows a text soon after she opens it, whatever else still waits."""
    town.priya.opens_home()
    shown = town.slack.wait_for(
        lambda entry: entry["kind"] == "home" and text in entry["text"], seconds=1.0
    )
    return shown is not None


def _channel(town: Town, channel_id: str) -> Channel:
    with town.app.bot.reading() as (session, _):
        found = channels.find(session, "T0TIDELINE", channel_id)
    assert found is not None
    return found


def _known(town: Town, name: str) -> Person:
    with town.app.bot.reading() as (session, _):
        found = people.find(session, "T0TIDELINE", town.slack.see(name)["me"])
    assert found is not None
    return found


def _asked_about(town: Town) -> list[str]:
    """Whom Slack was asked about, in order."""
    calls = [each for each in town.slack.traffic() if each["what"] == "users.info"]
    return [parse_qs(call["detail"]["form"])["user"][0] for call in calls]


def _account(town: Town, name: str) -> User:
    users = town.server.slack.world.users.values()
    return next(user for user in users if user.name == name)
