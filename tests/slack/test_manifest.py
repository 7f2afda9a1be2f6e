"""The manifest: Slack's own schema accepts it, and it asks for nothing that is not used."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.app import Application
from bot.playground.world import Json
from bot.settings import Settings

SCHEMA = json.loads((Path(__file__).parents[1] / "slack_spec/manifest.schema.json").read_text())
NEVER = ("presence", "search:", "users:read.email", "chat:write.public", "admin")


def _manifest(*, socket_mode: bool, **settings: Any) -> Json:
    application = Application(Settings(_env_file=None, **settings))
    return application.manifest(socket_mode=socket_mode)


@pytest.mark.parametrize("socket_mode", [True, False])
def test_slacks_schema_accepts_it(socket_mode: bool) -> None:
    validator = jsonschema.Draft7Validator(SCHEMA)
    assert list(validator.iter_errors(_manifest(socket_mode=socket_mode))) == []


def test_over_http_every_address_is_the_public_one() -> None:
    made = _manifest(socket_mode=False, baton_public_url="https://baton.acme.example")
    url = "https://baton.acme.example/slack/events"
    assert url == made["settings"]["event_subscriptions"]["request_url"]
    assert url == made["settings"]["interactivity"]["request_url"]
    assert {url} == {command["url"] for command in made["features"]["slash_commands"]}


def test_over_sockets_there_is_no_address() -> None:
    assert "http" not in json.dumps(_manifest(socket_mode=True))


def test_a_prefix_keeps_commands_apart() -> None:
    made = _manifest(socket_mode=True, baton_command_prefix="bt-")
    names = {command["command"] for command in made["features"]["slash_commands"]}
    assert names
    assert all(name.startswith("/bt-") for name in names)


def test_it_asks_for_no_scope_to_watch_people() -> None:
    scopes = _manifest(socket_mode=True)["oauth_config"]["scopes"]
    assert {"bot", "bot_optional"} == set(scopes), "no token of a person's own"
    asked = [*scopes["bot"], *scopes["bot_optional"]]
    assert [scope for scope in asked if scope.startswith(NEVER)] == []
    assert len(asked) == len(set(asked)), "what is needed is not optional"


def test_pictures_are_the_only_thing_an_admin_may_leave_out() -> None:
    scopes = _manifest(socket_mode=True)["oauth_config"]["scopes"]
    assert scopes["bot_optional"] == ["files:write", "channels:manage", "groups:write"]
