"""What people set about themselves and admins about others, and what the app is told of it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.playground.accounts import ROLES
from bot.playground.client import LocalSlackClient, NotPossible
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from tests.support.small_app import SmallApp, small_app
from tests.support.town import TUESDAY


@pytest.fixture
def server(manifest: dict[str, Any]) -> Iterator[LocalSlackServer]:
    curious = json.loads(json.dumps(manifest))
    events = curious["settings"]["event_subscriptions"]["bot_events"]
    events += {"user_change", "user_status_changed"} - set(events)
    with LocalSlackServer(curious, start=TUESDAY) as running:
        yield running


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


def _account(app: SmallApp, user: str) -> Json:
    account: Json = app.read("users.info", user=user)["user"]
    return account


def _events(app: SmallApp, count: int) -> dict[str, Json]:
    return {event["type"]: event["user"] for event in (app.event() for _ in range(count))}


def test_a_status_is_shown_told_and_over_when_its_time_is(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    until = TUESDAY + timedelta(hours=3)
    slack.person("Ana").sets_status(":palm_tree:", "Vacationing", until=until)
    profile = _account(app, "U0ANA0000")["profile"]
    assert (
        profile["status_emoji"],
        profile["status_text"],
        profile["status_expiration"],
    ) == (":palm_tree:", "Vacationing", int(until.timestamp()))
    told = _events(app, 2)
    assert set(told) == {"user_change", "user_status_changed"}
    assert told["user_change"] == told["user_status_changed"]
    assert told["user_change"]["profile"] == profile
    slack.advance(timedelta(hours=3, minutes=1))
    assert _events(app, 2)["user_change"]["profile"]["status_text"] == ""
    profile = _account(app, "U0ANA0000")["profile"]
    assert (profile["status_emoji"], profile["status_expiration"]) == ("", 0)


def test_a_status_is_cleared_and_has_an_emoji_of_slacks_if_it_has_none(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    slack.person("Ana").sets_status("", "Heads down")
    assert _account(app, "U0ANA0000")["profile"]["status_emoji"] == ":speech_balloon:"
    slack.person("Ana").clears_status()
    assert _account(app, "U0ANA0000")["profile"]["status_emoji"] == ""


def test_whoever_moves_is_told_of_with_their_zone(slack: LocalSlackClient, app: SmallApp) -> None:
    slack.person("Ana").moves_to("Asia/Tokyo")
    assert _events(app, 1)["user_change"]["tz"] == "Asia/Tokyo"
    assert _account(app, "U0ANA0000")["tz_offset"] == 9 * 3600
    with pytest.raises(NotPossible, match="no time zone"):
        slack.person("Ana").moves_to("Mars/Olympus")


@pytest.mark.parametrize("role", sorted(ROLES))
def test_an_admin_gives_a_role(role: str, slack: LocalSlackClient, app: SmallApp) -> None:
    slack.person("Tom").makes("Mei", role)
    changed = _events(app, 1)["user_change"]
    account = _account(app, "U0MEI0000")
    for name, value in ROLES[role].items():
        assert account[name] is value
        assert changed[name] is value


def test_a_deactivated_account_does_nothing_until_it_is_back(
    slack: LocalSlackClient, app: SmallApp
) -> None:
    slack.person("Tom").deactivates("Mei")
    assert _events(app, 1)["user_change"]["deleted"]
    with pytest.raises(NotPossible, match="deactivated"):
        slack.person("Mei").says("#infra", "hello")
    slack.person("Tom").activates("Mei")
    assert not _events(app, 1)["user_change"]["deleted"]
    assert slack.person("Mei").says("#infra", "hello")


def test_only_admins_change_others(slack: LocalSlackClient) -> None:
    ana = slack.person("Ana")
    with pytest.raises(NotPossible, match="no admin"):
        ana.makes("Mei", "guest")
    with pytest.raises(NotPossible, match="no admin"):
        ana.deactivates("Mei")
    with pytest.raises(NotPossible, match="no role"):
        slack.person("Tom").makes("Mei", "queen")


def test_a_channel_has_a_creator_and_one_person_of_the_team_is_admin(app: SmallApp) -> None:
    channel = app.read("conversations.info", channel="C0WEBSITE")["channel"]
    assert channel["creator"] == "U0PRIYA00"
    team = ("U0TOM0000", "U0ANA0000", "U0PRIYA00", "U0SAM0000", "U0MEI0000")
    accounts = [_account(app, user) for user in team]
    assert [each["is_admin"] for each in accounts] == [True, False, False, False, False]
    assert not any(each["is_owner"] or each["is_primary_owner"] for each in accounts)


def test_a_fault_may_concern_one_person(slack: LocalSlackClient, app: SmallApp) -> None:
    fault = {"method": "users.info", "about": "U0ANA0000", "error": "internal_error", "times": 2}
    slack.faults(methods=[fault])
    assert _account(app, "U0TOM0000")["name"] == "tom"
    answers = [app.read("users.info", user="U0ANA0000")["ok"] for _ in range(3)]
    assert answers == [False, False, True]
