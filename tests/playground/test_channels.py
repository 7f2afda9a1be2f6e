"""Channels that an app makes in the local Slack."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.playground.client import LocalSlackClient, NotPossible
from bot.playground.server import LocalSlackServer
from bot.playground.world import BOT_USER_ID, Json
from tests.playground.test_local_slack import Caller
from tests.support.town import TUESDAY


@pytest.fixture
def call(server: LocalSlackServer) -> Iterator[Caller]:
    with closing(Caller(server)) as caller:
        yield caller


def _made(call: Caller, *, is_private: bool = False) -> str:
    answer = call("conversations.create", name="inc-1", is_private=is_private)
    assert answer["ok"], answer
    return str(answer["channel"]["id"])


def test_an_app_makes_a_channel_and_is_in_it(call: Caller, slack: LocalSlackClient) -> None:
    answer = call("conversations.create", name="inc-1")["channel"]
    assert (answer["name"], answer["creator"], answer["is_member"]) == ("inc-1", BOT_USER_ID, True)
    assert not answer["is_private"]
    assert "inc-1" in [each["name"] for each in slack.see("Ana")["channels"]]
    names = [each["name"] for each in call.read("users.conversations")["channels"]]
    assert "inc-1" in names


def test_a_private_one_is_seen_only_by_who_was_invited(
    call: Caller, slack: LocalSlackClient
) -> None:
    channel = _made(call, is_private=True)
    assert "inc-1" not in [each["name"] for each in slack.see("Ana")["channels"]]
    assert call("conversations.invite", channel=channel, users="U0ANA0000")["ok"]
    assert "inc-1" in [each["name"] for each in slack.see("Ana")["channels"]]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("infra", "name_taken"),
        ("leads", "name_taken"),
        ("Inc", "invalid_name_specials"),
        ("inc 1", "invalid_name_specials"),
        ("inc.1", "invalid_name_specials"),
        ("--", "invalid_name_punctuation"),
        ("a" * 81, "invalid_name_maxlength"),
        ("", "invalid_arguments"),
    ],
)
def test_a_name_that_slack_does_not_take_is_refused(call: Caller, name: str, error: str) -> None:
    assert call("conversations.create", name=name)["error"] == error


def test_an_archived_channel_keeps_its_name_and_takes_no_words(
    call: Caller, slack: LocalSlackClient
) -> None:
    channel = _made(call)
    assert call("conversations.archive", channel=channel)["ok"]
    assert call("conversations.archive", channel=channel)["error"] == "already_archived"
    assert call("conversations.create", name="inc-1")["error"] == "name_taken"
    assert call("chat.postMessage", channel=channel, text="x")["error"] == "is_archived"
    assert call("conversations.setTopic", channel=channel, topic="x")["error"] == "is_archived"
    assert call("conversations.archive", channel="C0GENERAL")["error"] == "not_in_channel"
    seen = {each["name"]: each["is_archived"] for each in slack.see("Ana")["channels"]}
    assert seen["inc-1"]
    slack.act("Ana", "join", channel="#inc-1")
    with pytest.raises(NotPossible, match="archived"):
        slack.person("Ana").says("#inc-1", "Hello?")


@pytest.mark.parametrize(
    ("user", "error"),
    [
        ("U0NOBODY0", "user_not_found"),
        (BOT_USER_ID, "cant_invite_self"),
        ("U0DORA000", "cant_invite"),
        ("U0GIL0000", "ura_max_channels"),
    ],
)
def test_who_cannot_be_invited_is_refused_and_nobody_else_is(
    call: Caller, slack: LocalSlackClient, user: str, error: str
) -> None:
    channel = _made(call)
    answer = call("conversations.invite", channel=channel, users=f"U0ANA0000,{user}")
    assert answer["error"] == error
    assert answer["errors"] == [{"user": user, "ok": False, "error": error}]
    assert call.read("conversations.members", channel=channel)["members"] == [BOT_USER_ID]
    assert call("conversations.invite", channel=channel, users="U0ANA0000")["ok"]
    again = call("conversations.invite", channel=channel, users="U0ANA0000")
    assert again["error"] == "already_in_channel"
    assert slack.person("Ana").messages("#inc-1") == []


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0NOWHERE", "channel_not_found"),
        ("G0LEADS00", "channel_not_found"),
        ("C0GENERAL", "not_in_channel"),
    ],
)
def test_other_channels_are_left_alone(call: Caller, channel: str, error: str) -> None:
    given: Json = {"channel": channel}
    assert call("conversations.invite", **given, users="U0ANA0000")["error"] == error
    assert call("conversations.setTopic", **given, topic="x")["error"] == error


def test_a_topic_stands_above_the_channel(call: Caller) -> None:
    channel = _made(call)
    assert call("conversations.setTopic", channel=channel, topic="Sign-up")["ok"]
    found = call.read("conversations.info", channel=channel)["channel"]
    assert found["topic"]["value"] == "Sign-up"
    assert call("conversations.setTopic", channel=channel, topic="x" * 251)["error"] == "too_long"


@pytest.mark.parametrize(
    ("scope", "is_private"), [("channels:manage", False), ("groups:write", True)]
)
def test_without_the_scope_no_channel_is_made(
    manifest: Json, scope: str, *, is_private: bool
) -> None:
    with (
        LocalSlackServer(manifest, start=TUESDAY, declined=[scope]) as server,
        closing(Caller(server)) as call,
    ):
        answer = call("conversations.create", name="inc-1", is_private=is_private)
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
