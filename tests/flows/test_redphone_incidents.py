"""The card of a page, its timeline, the channel of its own, and what comes after it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.features.redphone.queries import pages
from bot.features.redphone.service import postmortems
from bot.playground.world import BOT_USER_ID, TEAM_ID, Channel, Json
from tests.support.databases import Rows, fill
from tests.support.pages import pages_somebody
from tests.support.town import Town, town

ROOM = "#inc-20261006-nobody-can-sign-up"
LOST = {"method": "conversations.create", "lose_answer": True}
_TIME = re.compile(r"<!date\^\d+\^[^|>]*\|[^>]*>")


def _page(living: Town, where: str = "#infra") -> None:
    """Sam pages Priya, who works now."""
    pages_somebody(living, living.sam, "Priya", where)


def _page_privately(living: Town) -> None:
    """Tom pages Priya from a private channel that both are in."""
    living.tom.invites("Baton", "#leads")
    living.settle()
    pages_somebody(living, living.tom, "Priya", "#leads")


def _shown(messages: list[Json]) -> list[str]:
    return [_TIME.sub("(time)", each["text"]) for each in messages]


def _cards(living: Town, where: str = "#infra") -> list[str]:
    return _shown([each for each in living.posts_in(where) if not each["is_reply"]])


def _lines(living: Town, where: str = "#infra") -> list[str]:
    """What stands below the card, without the time in front."""
    replies = [each for each in living.posts_in(where) if each["is_reply"]]
    return [each.removeprefix("(time) · ") for each in _shown(replies)]


def _channel(living: Town, name: str) -> Channel:
    found = living.server.slack.world.channel_called(name)
    assert found is not None, name
    return found


def _members(living: Town, name: str) -> set[str]:
    return set(_channel(living, name).members)


def _resolves(living: Town, words: str = "A bad deploy, rolled back") -> None:
    living.priya.presses("Resolve…")
    living.settle()
    living.priya.fills_in({"What was it, and what was done?": words})
    living.settle()


@pytest.fixture
def roomy(lively: Town) -> Town:
    """A town that wants a channel for each page."""
    lively.sets("redphone.incident_channels", "on")
    return lively


def test_the_card_stands_where_somebody_paged_and_shows_how_it_goes_on(lively: Town) -> None:
    _page(lively)
    (card,) = _cards(lively)
    assert "*Production down*\n> Nobody can sign up\nWhat it hurts:\n> All new customers" in card
    assert "Called by <@U0SAM0000>, (time). On the page: <@U0PRIYA00>" in card
    assert "*Nobody is on it yet.*" in card
    lively.priya.presses("I'm on it")
    lively.settle()
    (card,) = _cards(lively)
    assert "*<@U0PRIYA00> has been on it* since (time) (13:30 there)" in card
    lively.priya.presses("Post an update…")
    lively.settle()
    lively.priya.fills_in({"How does it go?": "The database is full"})
    (card,) = _cards(lively)
    assert "Last update, (time):\n> The database is full" in card
    _resolves(lively)
    (card,) = _cards(lively)
    assert "*Resolved* by <@U0PRIYA00>, (time)\n> A bad deploy, rolled back" in card
    assert _lines(lively) == [
        "<@U0SAM0000> used the red phone.",
        "<@U0PRIYA00> is on it.",
        "Update by <@U0PRIYA00>:\n> The database is full",
        "<@U0PRIYA00> resolved it:\n> A bad deploy, rolled back",
    ]


def test_cards_stand_in_the_channel_that_an_admin_named_and_that_can_be_undone(
    quiet: Town,
) -> None:
    quiet.sam.types("#infra", "/redphone channel #web-relaunch")
    assert "Only admins" in quiet.whispers_to(quiet.sam)[-1]
    quiet.tom.types("#infra", "/redphone channel #general")
    assert "I am not in #general" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#infra", "/redphone channel two words")
    assert "name of one channel" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.types("#infra", "/redphone channel #web-relaunch")
    assert "Every page has its card in #web-relaunch." in quiet.whispers_to(quiet.tom)[-1]
    _page(quiet)
    assert _cards(quiet) == []
    assert len(_cards(quiet, "#web-relaunch")) == 1
    quiet.tom.presses("Undo")
    quiet.tom.types("#infra", "/redphone channel")
    assert "where somebody types `/redphone`" in quiet.whispers_to(quiet.tom)[-1]


def test_people_who_talk_below_the_card_are_left_alone(quiet: Town) -> None:
    _page(quiet)
    (card,) = [each for each in quiet.posts_in("#infra") if not each["is_reply"]]
    quiet.ana.says("#infra", "Could it be the deploy?", reply_to=card["ts"])
    assert _lines(quiet) == ["<@U0SAM0000> used the red phone."]
    assert quiet.writes_to(quiet.ana) == []


def test_a_page_gets_a_channel_of_its_own_where_that_is_wanted(roomy: Town) -> None:
    _page(roomy)
    assert _members(roomy, ROOM) == {BOT_USER_ID, "U0SAM0000", "U0PRIYA00"}
    assert "I am Baton, new in" not in str(roomy.priya.messages(ROOM))
    (card,) = _cards(roomy)
    assert "What happens is told in <#" in card
    assert _lines(roomy)[-1].startswith("It goes on in <#")
    told = _shown(roomy.posts_in(ROOM))
    assert "*Nobody is on it yet.*" in told[0]
    assert told[1] == "*So far*\n(time) · <@U0SAM0000> used the red phone."
    roomy.priya.presses("I'm on it")
    roomy.settle()
    roomy.mei.presses("Join")
    roomy.settle()
    assert "U0MEI0000" in _members(roomy, ROOM)
    _resolves(roomy)
    told = [each.removeprefix("(time) · ") for each in _shown(roomy.posts_in(ROOM))]
    assert "*Resolved* by <@U0PRIYA00>" in told[0]
    assert told[2:] == [
        "<@U0PRIYA00> is on it.",
        "<@U0MEI0000> joined.",
        "<@U0PRIYA00> resolved it:\n> A bad deploy, rolled back",
        "This page is over, and so is what this channel was made for.",
    ]
    assert len(_lines(roomy)) == 2, "nothing more below the card"
    topic = "Production down: Nobody can sign up · open to everybody here"
    assert _channel(roomy, ROOM).topic == topic
    assert not _channel(roomy, ROOM).is_archived
    roomy.mei.presses("Archive this channel")
    roomy.settle()
    assert _channel(roomy, ROOM).is_archived
    assert _lines(roomy)[-1] == "<@U0MEI0000> archived the channel of this page."


@pytest.mark.parametrize("fault", [LOST, {**LOST, "lose_answer": False, "commit_late": 0.5}])
def test_a_channel_is_known_again_when_slacks_answer_was_lost(
    quiet: Town, fault: dict[str, Any]
) -> None:
    quiet.sets("redphone.incident_channels", "on")
    quiet.slack.faults(methods=[fault])
    _page(quiet)
    _page(quiet)
    names = [each["name"] for each in quiet.slack.see("Sam")["channels"]]
    made = [each for each in names if each.startswith("inc-")]
    assert made == [ROOM[1:], f"{ROOM[1:]}-2"], "of the same name, each its own"
    for room in made:
        assert "U0PRIYA00" in _members(quiet, room)
        assert len(_cards(quiet, f"#{room}")) >= 1


def test_a_name_that_is_taken_gets_a_number(quiet: Town) -> None:
    quiet.sets("redphone.incident_channels", "on")
    quiet.server.slack.world.channels["C0INFRA00"].name = ROOM[1:]
    _page(quiet, where=ROOM)
    assert "U0PRIYA00" in _members(quiet, f"{ROOM}-2")


def test_where_slack_refuses_a_channel_the_thread_tells_it(quiet: Town) -> None:
    quiet.sets("redphone.incident_channels", "on")
    refused = {"method": "conversations.create", "error": "restricted_action", "times": 9}
    quiet.slack.faults(methods=[refused])
    _page(quiet)
    quiet.priya.presses("I'm on it")
    quiet.settle()
    assert _lines(quiet) == [
        "<@U0SAM0000> used the red phone.",
        "I could not make a channel for this, so everything stands here.",
        "<@U0PRIYA00> is on it.",
    ]


def test_whom_slack_does_not_let_in_is_named(quiet: Town) -> None:
    quiet.sets("redphone.incident_channels", "on")
    fault = {"method": "conversations.invite", "error": "cant_invite", "about": "U0SAM0000"}
    quiet.slack.faults(methods=[fault])
    _page(quiet)
    told = [each.removeprefix("(time) · ") for each in _shown(quiet.posts_in(ROOM))]
    assert told[-1] == "I could not invite <@U0SAM0000> into this channel."
    assert _members(quiet, ROOM) == {BOT_USER_ID, "U0PRIYA00"}


@pytest.fixture
def bare(database_url: str, acquaintance: Rows) -> Iterator[Town]:
    """A town that wants channels, but did not grant what it takes to make public ones."""
    fill(database_url, acquaintance)
    with town(database_url, declined=["channels:manage"]) as living:
        living.sets("redphone.incident_channels", "on")
        yield living


@pytest.mark.alone("one of the two was not granted a scope")
def test_without_the_scope_the_thread_tells_it(bare: Town) -> None:
    _page(bare)
    assert _lines(bare) == [
        "<@U0SAM0000> used the red phone.",
        "I could not make a channel for this, so everything stands here.",
    ]
    assert [t for t in bare.slack.traffic() if t["what"] == "conversations.create"] == []


def test_a_page_from_a_private_channel_gets_a_private_channel(quiet: Town) -> None:
    quiet.sets("redphone.incident_channels", "on")
    _page_privately(quiet)
    assert _channel(quiet, ROOM).is_private
    assert "open to everybody" not in _channel(quiet, ROOM).topic


def test_what_came_of_a_page_becomes_a_post_mortem_and_a_decision(lively: Town) -> None:
    _page(lively)
    lively.priya.presses("I'm on it")
    lively.settle()
    _resolves(lively)
    assert "What is worth keeping of it?" in lively.writes_to(lively.priya)[-1]
    lively.priya.presses("Write a post-mortem…")
    lively.settle()
    form = lively.forms_of(lively.priya)[-1]
    assert "2026-10-06 08:00 Sam used the red phone." in form
    assert "Priya resolved it: A bad deploy, rolled back" in form
    lively.priya.fills_in({"What went well": "The rollback", "What we change": "Canaries"})
    lively.advance(seconds=2)
    assert "below the card in" in lively.forms_of(lively.priya)[-1]
    told = _lines(lively)[-1]
    assert told.startswith("*Post-mortem: Nobody can sign up*\n*What happened*")
    assert "*What went well*\nThe rollback\n*What we change*\nCanaries" in told
    lively.priya.presses("Make it a decision…")
    lively.settle()
    form = lively.forms_of(lively.priya)[-1]
    assert "Decision: A bad deploy, rolled back" in form
    lively.priya.fills_in({})
    lively.advance(seconds=2)
    assert "A bad deploy, rolled back" in _lines(lively)[-1]


def test_a_drill_leads_to_no_channel(quiet: Town) -> None:
    quiet.sets("redphone.incident_channels", "on")
    quiet.tom.types("#infra", "/redphone drill")
    quiet.settle()
    assert [t for t in quiet.slack.traffic() if t["what"] == "conversations.create"] == []


def test_a_post_mortem_is_shown_to_nobody_who_cannot_see_the_page(quiet: Town) -> None:
    _page_privately(quiet)
    quiet.priya.presses("I'm on it")
    quiet.settle()
    _resolves(quiet)
    quiet.advance(minutes=2)
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        (page,) = pages.pages_of(uow, "U0TOM0000")
        seen = {
            user: postmortems.seen(uow, page.id, user) is not None
            for user in ("U0TOM0000", "U0PRIYA00", "U0SAM0000", "U0GIL0000")
        }
    assert seen == {"U0TOM0000": True, "U0PRIYA00": True, "U0SAM0000": False, "U0GIL0000": False}
