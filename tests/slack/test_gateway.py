"""Calls to Slack: every way a call can go wrong becomes one of our errors."""

import json
import socket
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.core.blocks import Message
from bot.core.errors import (
    SlackDown,
    SlackError,
    SlackOutcomeUnknown,
    SlackRateLimited,
    SlackRefused,
    SlackScopeMissing,
    SlackTokenDead,
    SlackUnreachable,
)
from bot.core.outbox import Sent
from bot.core.render import mrkdwn
from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.playground.world import BOT_USER_ID
from bot.slack.gateway import Gateway
from tests.support.one_token import OneToken
from tests.support.town import TUESDAY

CHANNEL = "C0WEBSITE"
HELLO = {"text": "hello"}
MARK = UUID(int=7)


@pytest.fixture
def gateway(server: LocalSlackServer) -> Gateway:
    return _gateway(server.url)


@pytest.mark.parametrize("tz", ["America/NotYetKnown", "../../etc/passwd", "America", None, ""])
def test_h30_a_zone_nobody_knows_is_the_workspaces_own(
    tz: str | None, gateway: Gateway, slack: LocalSlackClient
) -> None:
    user = {"id": "U0TOM0000", "team_id": "T0TIDELINE", "name": "tom", "tz": tz}
    body = json.dumps({"ok": True, "user": user})
    slack.faults(methods=[{"method": "users.info", "body": body}])
    assert gateway.person("T0TIDELINE", "U0TOM0000").time_zone == "UTC"


def test_a_user_group_has_members_and_a_handle(gateway: Gateway, slack: LocalSlackClient) -> None:
    assert gateway.group_members("T0TIDELINE", "S0DESIGN0") == ["U0ANA0000", "U0MEI0000"]
    assert gateway.group_handles("T0TIDELINE")["S0DESIGN0"] == "design"
    slack.person("Tom").disables_group("design")
    assert gateway.group_handles("T0TIDELINE")["S0DESIGN0"] == "design"
    for group_id in ("S0DESIGN0", "S0NOWHERE"):
        with pytest.raises(SlackRefused, match="no_such_subteam"):
            gateway.group_members("T0TIDELINE", group_id)


def test_an_answer_without_what_it_should_have_is_of_unknown_outcome(
    gateway: Gateway, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "*", "body": '{"ok": true}', "times": 2}])
    with pytest.raises(SlackOutcomeUnknown):
        gateway.open_socket("xapp-1")
    with pytest.raises(SlackOutcomeUnknown):
        gateway.post("T0TIDELINE", CHANNEL, HELLO, MARK)


def _gateway(url: str, token: str = BOT_TOKEN) -> Gateway:
    timeout = timedelta(seconds=0.5)
    return Gateway(f"{url}api/", OneToken(token), timeout=timeout, time_zone="UTC")


def _post(gateway: Gateway) -> Sent:
    return gateway.post("T1", CHANNEL, HELLO, MARK)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"lose_answer": True}, SlackDown),
        ({"delay": 1.0}, SlackDown),
        ({"status": 500}, SlackDown),
        ({"status": 503, "body": "<html>"}, SlackDown),
        ({"body": "<html>fine</html>"}, SlackDown),
        ({"body": ""}, SlackDown),
        ({"body": "[1, 2]"}, SlackOutcomeUnknown),
        ({"body": '"ok"'}, SlackOutcomeUnknown),
        ({"body": "{}"}, SlackDown),
        ({"error": "internal_error"}, SlackOutcomeUnknown),
        ({"error": "fatal_error"}, SlackOutcomeUnknown),
        ({"error": "request_timeout"}, SlackDown),
        ({"error": "team_added_to_org"}, SlackDown),
        ({"error": "org_login_required"}, SlackDown),
        ({"error": "duplicate_message_not_found"}, SlackOutcomeUnknown),
        ({"error": "ratelimited"}, SlackRateLimited),
        ({"error": "channel_not_found"}, SlackRefused),
        ({"error": "invalid_auth"}, SlackTokenDead),
        ({"error": "account_inactive"}, SlackTokenDead),
        ({"error": "missing_scope"}, SlackScopeMissing),
    ],
)
def test_f12_f13_a_call_that_goes_wrong_is_told_apart(
    fault: dict[str, Any], expected: type[SlackError], gateway: Gateway, slack: LocalSlackClient
) -> None:
    slack.faults(methods=[{"method": "chat.postMessage", **fault}])
    with pytest.raises(SlackError) as raised:
        _post(gateway)
    assert expected is type(raised.value)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 30),
        ("5", 5),
        ("0", 30),
        ("-1", 30),
        ("1000000000", 900),
        ("abc", 30),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 30),
        ("\u0665", 30),
    ],
)
def test_f15_any_retry_after_becomes_a_sensible_pause(
    header: str | None, seconds: int, gateway: Gateway, server: LocalSlackServer
) -> None:
    fault = {"method": "chat.postMessage", "status": 429}
    if header is not None and header.isascii():
        fault["retry_after"] = header
    server.slack.faults.set({"methods": [fault]})
    with pytest.raises(SlackRateLimited) as raised:
        _post(gateway)
    assert timedelta(seconds=seconds) == raised.value.retry_after


def test_nobody_listening_means_that_nothing_was_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(SlackUnreachable):
        _post(_gateway(f"http://127.0.0.1:{port}/"))


def test_a_name_that_does_not_resolve_means_that_nothing_was_sent() -> None:
    with pytest.raises(SlackUnreachable):
        _post(_gateway("http://slack.invalid/"))


def test_a_dead_token_is_told_from_a_wrong_channel(server: LocalSlackServer) -> None:
    with pytest.raises(SlackTokenDead):
        _post(_gateway(server.url, "xoxb-stolen"))
    with pytest.raises(SlackRefused, match="not_in_channel"):
        _gateway(server.url).post("T1", "C0GENERAL", HELLO, MARK)


def test_a_post_is_found_again_by_its_mark(gateway: Gateway) -> None:
    gateway.post("T1", CHANNEL, HELLO, uuid4())
    sent = _post(gateway)
    assert sent == gateway.find_posted("T1", CHANNEL, None, MARK, TUESDAY)
    assert gateway.find_posted("T1", CHANNEL, None, uuid4(), TUESDAY) is None
    assert gateway.find_posted("T1", CHANNEL, None, MARK, TUESDAY + timedelta(days=1)) is None


def test_a_direct_message_and_a_reply_are_found_again(gateway: Gateway) -> None:
    direct = gateway.post("T1", "U0TOM0000", HELLO, MARK)
    assert direct == gateway.find_posted("T1", "U0TOM0000", None, MARK, TUESDAY)
    root = gateway.post("T1", CHANNEL, HELLO, uuid4())
    reply = gateway.post("T1", CHANNEL, HELLO | {"thread_ts": root.ts}, MARK)
    assert reply == gateway.find_posted("T1", CHANNEL, root.ts, MARK, TUESDAY)
    assert gateway.find_posted("T1", CHANNEL, None, MARK, TUESDAY) is None


def test_a_post_is_found_behind_many_pages(gateway: Gateway, slack: LocalSlackClient) -> None:
    sent = _post(gateway)
    for number in range(250):
        slack.person("Tom").says("#web-relaunch", f"message {number}")
    assert sent == gateway.find_posted("T1", CHANNEL, None, MARK, TUESDAY)


def test_links_are_never_unfurled_and_the_mark_is_all_that_is_attached(
    gateway: Gateway, slack: LocalSlackClient
) -> None:
    _post(gateway)
    call = [each for each in slack.traffic() if each["what"] == "chat.postMessage"][-1]["detail"]
    assert (call["unfurl_links"], call["unfurl_media"]) == (False, False)
    assert {"k": str(MARK)} == call["metadata"]["event_payload"]


def test_t03_h13_nothing_that_leaves_is_parsed_or_previewed(
    gateway: Gateway, slack: LocalSlackClient
) -> None:
    hello = {"text": "@channel see https://evil.example"}
    sent = gateway.post("T0TIDELINE", CHANNEL, hello, MARK)
    gateway.whisper("T0TIDELINE", CHANNEL, hello | {"user": "U0TOM0000"})
    gateway.update("T0TIDELINE", sent, hello)
    calls = {each["what"]: each["detail"] for each in slack.traffic()}
    for method in ("chat.postMessage", "chat.postEphemeral", "chat.update"):
        assert calls[method]["parse"] == "none", method
        assert calls[method]["link_names"] is False, method
    for preview in ("unfurl_links", "unfurl_media"):
        assert calls["chat.postMessage"][preview] is False


def test_members_are_read_page_by_page(gateway: Gateway, server: LocalSlackServer) -> None:
    members = server.slack.world.channels[CHANNEL].members
    members += [f"U{number:08d}" for number in range(450)]
    assert members == gateway.members("T1", CHANNEL)


@pytest.mark.parametrize(
    ("name", "is_member"),
    [("U0TOM0000", True), ("U0GIL0000", False), ("U0DORA000", False), ("U0DEPLOY0", False)],
)
def test_guests_apps_and_people_who_left_are_no_members(
    name: str, is_member: bool, gateway: Gateway
) -> None:
    assert is_member is gateway.person("T0TIDELINE", name).is_member


def test_people_of_another_workspace_are_no_members(gateway: Gateway) -> None:
    assert not gateway.person("T0ELSEWHERE", "U0TOM0000").is_member


def test_an_unknown_person_is_nobody(gateway: Gateway) -> None:
    person = gateway.person("T0TIDELINE", "U0NOBODY0")
    assert (person.name, person.is_member) == ("somebody", False)


def test_a_channel_that_cannot_be_seen_is_none(gateway: Gateway) -> None:
    assert gateway.channel("T1", "G0LEADS00") is None
    website = gateway.channel("T1", CHANNEL)
    assert website is not None
    assert (website.name, website.is_private, website.is_member) == ("web-relaunch", False, True)


def test_who_we_are_comes_with_what_was_granted(gateway: Gateway, manifest: dict[str, Any]) -> None:
    workspace = gateway.identify(BOT_TOKEN)
    assert (workspace.team_id, workspace.bot_user_id) == ("T0TIDELINE", BOT_USER_ID)
    asked = manifest["oauth_config"]["scopes"]
    assert frozenset([*asked["bot"], *asked["bot_optional"]]) == workspace.scopes


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.evil.example/",
        "https://evil.example/hooks.slack.com",
        "https://hooks.slack.com@evil.example/",
        "file:///etc/passwd",
    ],
)
def test_h34_only_slacks_own_response_urls_are_called(url: str) -> None:
    gateway = _gateway("https://slack.com/")
    with pytest.raises(SlackRefused, match="response_url_not_slacks"):
        gateway.respond(url, Message(mrkdwn("x")), replace=False)


def test_permalinks_are_made_without_asking(gateway: Gateway, server: LocalSlackServer) -> None:
    workspace = gateway.identify(BOT_TOKEN)
    root, reply = "1791273600.000100", "1791273660.000200"
    assert f"{server.url}archives/C1/p1791273600000100" == workspace.permalink("C1", root, root)
    assert workspace.permalink("C1", reply, root).endswith(
        "p1791273660000200?thread_ts=1791273600.000100&cid=C1"
    )
