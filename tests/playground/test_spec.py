"""The local Slack against Slack's own published specifications."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jsonschema
import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.playground import routes, web_api
from bot.playground.app import APP_TOKEN, BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.oauth import CLIENT_ID, CLIENT_SECRET, Consent
from bot.playground.server import LocalSlackServer
from bot.playground.web_api import Token
from bot.playground.world import Json
from tests.support.town import TUESDAY, Town

SPEC = Path(__file__).parents[1] / "slack_spec"
WEB_API = json.loads((SPEC / "web-api.openapi.json").read_text())
EVENTS = json.loads((SPEC / "events-api.json").read_text())
LATER = {  # arguments and methods that Slack added after the specification of 2021
    "chat.postMessage": {"metadata"},
    "chat.update": {"metadata"},
    "conversations.history": {"include_all_metadata"},
    "conversations.replies": {"include_all_metadata"},
    "apps.connections.open": set(),
    "auth.teams.list": {"limit", "cursor", "include_icon"},
    "files.getUploadURLExternal": {"filename", "length", "alt_txt", "snippet_type"},
    "files.completeUploadExternal": {
        "files",
        "channel_id",
        "channels",
        "initial_comment",
        "thread_ts",
        "blocks",
    },
    "functions.completeSuccess": {"function_execution_id", "outputs"},
    "functions.completeError": {"function_execution_id", "error"},
}
REQUIRED_TODAY = {  # the specification of 2021 leaves these open; the methods fail without them
    "conversations.history": {"channel"},
    "conversations.replies": {"channel", "ts"},
    "conversations.info": {"channel"},
    "conversations.members": {"channel"},
    "conversations.open": {"users"},
    "conversations.create": {"name"},
    "conversations.invite": {"channel", "users"},
    "conversations.setTopic": {"channel", "topic"},
    "conversations.archive": {"channel"},
    "users.info": {"user"},
    "views.update": {"view"},
    "files.getUploadURLExternal": {"filename", "length"},
    "files.completeUploadExternal": {"files"},
    "functions.completeSuccess": {"function_execution_id", "outputs"},
    "functions.completeError": {"function_execution_id", "error"},
}


def _parameters(method: str) -> dict[str, bool]:
    path = WEB_API["paths"].get(f"/{method}", {})
    return {
        each["name"]: bool(each.get("required"))
        for operation in path.values()
        for each in operation["parameters"]
        if each["name"] != "token"
    }


@pytest.mark.parametrize("name", sorted(web_api.METHODS))
def test_a_method_takes_only_arguments_that_slack_knows(name: str) -> None:
    assert routes.Routes is not None  # importing it registers every method
    method, known = web_api.METHODS[name], _parameters(name)
    assert f"/{name}" in WEB_API["paths"] or name in LATER
    unknown = {*method.required, *method.optional} - set(known) - LATER.get(name, set())
    assert set() == unknown
    required = {argument for argument, is_required in known.items() if is_required}
    assert required | REQUIRED_TODAY.get(name, set()) == set(method.required)


@pytest.mark.slow
def test_every_call_of_the_bot_has_known_and_all_required_arguments(quiet: Town) -> None:
    quiet.sets("coach.mode", "on")
    quiet.nobody_is_new()
    quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.advance(seconds=95)
    quiet.tom.says("#web-relaunch", "@design which logo?")
    quiet.tom.opens_home()
    quiet.sam.moves_to("Asia/Tokyo")
    quiet.settle()
    calls = [each for each in quiet.slack.traffic() if each["direction"] == "from app"]
    used = {"chat.postEphemeral", "users.info", "views.publish", "usergroups.users.list"}
    assert used <= {call["what"] for call in calls}
    assert {"ok"} == {call["outcome"] for call in calls}
    for call in calls:
        known = _parameters(call["what"])
        given = set(call["detail"])
        if "form" in given:
            given = {pair.partition("=")[0] for pair in call["detail"]["form"].split("&")}
        assert given - set(known) - LATER.get(call["what"], set()) == set(), call


@pytest.mark.slow
def test_every_event_has_the_published_shape(quiet: Town) -> None:
    ts = quiet.tom.says("#web-relaunch", "Hi @Ana")
    quiet.ana.says("#web-relaunch", "Hi.", reply_to=ts)
    quiet.tom.edits("#web-relaunch", ts, "Hi @Ana and @Mei")
    quiet.ana.reacts("#web-relaunch", ts, "eyes")
    quiet.ana.reacts("#web-relaunch", ts, "eyes", add=False)
    quiet.tom.invites("Dora", "#web-relaunch")
    quiet.tom.removes("Mei", "#infra")
    quiet.slack.act("Tom", "rename", channel="#infra", name="platform")
    quiet.tom.shares("#web-relaunch")
    quiet.tom.unshares("#web-relaunch")
    quiet.tom.deletes("#web-relaunch", ts)
    quiet.tom.opens_home()
    quiet.tom.sets_status(":palm_tree:", "Vacationing")
    quiet.tom.sets_group("design", "Sam", "Mei")
    attachment = {"fallback": "Build 4711 failed", "text": "3 tests failed"}
    posted = quiet.slack.app_says("CI", "#platform", "Build 4711", attachments=[attachment])
    quiet.slack.app_edits("#platform", posted, "Build 4711 passed")
    quiet.slack.app_deletes("#platform", posted)
    quiet.settle()
    sent = [each["detail"] for each in quiet.slack.traffic() if each["what"] == "events_api"]
    kinds = {payload["event"]["type"] for payload in sent}
    assert {
        "message",
        "reaction_added",
        "reaction_removed",
        "member_joined_channel",
        "member_left_channel",
        "channel_rename",
        "channel_shared",
        "channel_unshared",
        "app_home_opened",
        "user_change",
        "subteam_updated",
        "subteam_members_changed",
    } == kinds
    for payload in sent:
        _validate(payload)
    by_app = [each["event"] for each in sent if each["event"].get("bot_profile")]
    assert [each["username"] for each in by_app] == ["CI"]
    bot_profile = WEB_API["definitions"]["objs_bot_profile"]
    shape = bot_profile | {"definitions": WEB_API["definitions"]}
    assert list(jsonschema.Draft4Validator(shape).iter_errors(by_app[0]["bot_profile"])) == []
    updated, changed = (
        next(each["event"] for each in sent if each["event"]["type"] == kind)
        for kind in ("subteam_updated", "subteam_members_changed")
    )
    shape = {"$ref": "#/definitions/objs_subteam", "definitions": WEB_API["definitions"]}
    assert list(jsonschema.Draft4Validator(shape).iter_errors(updated["subteam"])) == []
    assert changed["added_users"] == ["U0SAM0000"]
    assert changed["removed_users"] == ["U0ANA0000"]


def _validate(payload: Json) -> None:
    wrapper = EVENTS["components"]["schemas"]["GenericEventWrapper"]
    # authed_users gave way to authorizations in 2021
    required = [name for name in wrapper["required"] if name != "authed_users"]
    jsonschema.validate(payload, wrapper | {"required": required})
    assert payload["authorizations"][0]["is_bot"]
    if payload["event"]["type"] == "message":
        message = EVENTS["topics"]["message"]["subscribe"]["payload"]
        jsonschema.validate(payload["event"], _optional(message["properties"]["event"]))


def _optional(shape: Any) -> Any:
    """The shape with every field optional: it was made from one message about a file."""
    if isinstance(shape, list):
        return [_optional(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    return {name: _optional(value) for name, value in shape.items() if name != "required"}


def test_the_sdks_own_types_read_what_is_sent(quiet: Town) -> None:
    quiet.tom.says("#web-relaunch", "Hi @Ana and @design, see https://docs.example and `code`")
    quiet.tom.types("#web-relaunch", "/baton")
    quiet.settle()
    for each in quiet.slack.traffic():
        if each["direction"] == "to app":
            frame = {"type": each["what"], "envelope_id": "e", "payload": each["detail"]}
            assert SocketModeRequest.from_dict(frame) is not None
    for person in (quiet.tom, quiet.ana):
        for message in person.messages("#web-relaunch"):
            parsed = Block.parse_all(message["blocks"])
            assert len(message["blocks"]) == len(parsed)
            for block in parsed:
                block.validate_json()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", sorted(name for name in web_api.METHODS if f"/{name}" in WEB_API["paths"])
)
def test_an_answer_has_the_published_shape(name: str, manifest: dict[str, Any]) -> None:
    with LocalSlackServer(manifest, start=TUESDAY) as server, LocalSlackClient(server.url) as slack:
        root = slack.person("Tom").says("#web-relaunch", "Hi")
        slack.person("Ana").says("#web-relaunch", "Hi.", reply_to=root)
        answer = _inside(server, lambda: _call(server, name, root))
    assert answer["ok"], answer
    published = WEB_API["paths"][f"/{name}"]
    (operation,) = published.values()
    shape = operation["responses"]["200"]["schema"] | {"definitions": WEB_API["definitions"]}
    problems = [
        f"{problem.json_path}: {problem.message}"
        for problem in jsonschema.Draft4Validator(shape).iter_errors(answer)
        if problem.validator != "additionalProperties"  # fields that came later
        and not problem.json_path.endswith(".blocks")  # a list, as its own examples show
    ]
    assert problems == []


def _inside(server: LocalSlackServer, work: Callable[[], Json]) -> Json:
    """Does something in the thread that alone changes the local Slack."""

    async def run() -> Json:
        return work()

    assert server._loop is not None
    return asyncio.run_coroutine_threadsafe(run(), server._loop).result(10)


def _call(server: LocalSlackServer, name: str, root: str) -> Json:
    slack = server.slack
    trigger = slack.triggers.grant("t1", "U0TOM0000")
    text = {"type": "plain_text", "text": "x"}
    modal = {"type": "modal", "title": text, "blocks": [{"type": "divider"}]}
    opened = slack.open_view("U0ANA0000", modal)
    card = slack.post("U0APPBOT0", slack.world.channels["C0WEBSITE"], "card", by_app=True)
    own = slack.create("U0APPBOT0", "inc-1", "channel")
    channel, home = {"channel": "C0WEBSITE"}, {"type": "home", "blocks": []}
    given: dict[str, Json] = {
        "auth.test": {},
        "auth.revoke": {"test": "1"},
        "apps.uninstall": {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
        "oauth.v2.access": {
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "code": server.installs.give_code(Consent("U0TOM0000", "T0TIDELINE", frozenset())),
        },
        "chat.postMessage": {**channel, "text": "x"},
        "chat.postEphemeral": {**channel, "user": "U0TOM0000", "text": "x"},
        "chat.update": {**channel, "ts": card.ts, "text": "x"},
        "conversations.history": channel,
        "conversations.replies": {**channel, "ts": root},
        "conversations.info": channel,
        "conversations.members": channel,
        "conversations.open": {"users": "U0TOM0000"},
        "conversations.create": {"name": "inc-20261006-checkout"},
        "conversations.invite": {"channel": own.id, "users": "U0NOOR000"},
        "conversations.setTopic": {**channel, "topic": "x"},
        "conversations.archive": channel,
        "users.info": {"user": "U0TOM0000"},
        "users.conversations": {},
        "usergroups.list": {"include_users": "true", "include_count": "true"},
        "usergroups.users.list": {"usergroup": "S0DESIGN0"},
        "views.open": {"trigger_id": trigger, "view": modal},
        "views.push": {"trigger_id": trigger, "view": modal},
        "views.update": {"view_id": opened.id, "view": modal},
        "views.publish": {"user_id": "U0TOM0000", "view": home},
    }
    method = web_api.METHODS[name]
    token = APP_TOKEN if method.token is Token.APP else BOT_TOKEN
    headers = {"authorization": f"Bearer {token}"}
    if method.takes_json:
        headers["content-type"] = "application/json"
        body = json.dumps(given[name]).encode()
    else:
        body = urlencode(given[name]).encode()
    return web_api.answer(server.installs, name, headers, body)
