"""Setting Baton up for many workspaces: what is missing is said, and Bolt's own way stays off."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.app import Application
from bot.core.encryption import new_key
from bot.settings import Settings, SettingsError, load
from bot.slack.http import HttpServer
from bot.slack.manifest import OPTIONAL

SCHEMA = json.loads((Path(__file__).parents[1] / "slack_spec/manifest.schema.json").read_text())
MANY = {
    "slack_client_id": "1605.1606",
    "slack_client_secret": "a-client-secret-canary",
    "slack_signing_secret": "a-signing-secret-canary",
    "baton_public_url": "https://baton.acme.example",
    "baton_encryption_keys": new_key(),
}


def _problems(**changed: Any) -> list[str]:
    given = {name: value for name, value in (MANY | changed).items() if value is not None}
    return Settings(_env_file=None, **given).problems_to_receive()


def test_nothing_is_missing() -> None:
    assert _problems() == []
    assert _problems(slack_signing_secret=None, slack_app_token="xapp-1") == []
    assert _problems(baton_allowed_teams="T0ACME,E0GROUP") == []
    assert _problems(baton_allowed_teams=" T0ACME, E0GROUP,") == []
    loopback = {"baton_public_url": "http://127.0.0.1:3000", "slack_api_url": "http://127.0.0.1/"}
    assert _problems(**loopback) == [], "the local Slack needs no https"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"slack_client_id": None}, "SLACK_CLIENT_ID is missing"),
        ({"slack_client_secret": None}, "SLACK_CLIENT_SECRET is missing"),
        ({"slack_signing_secret": None}, "Neither SLACK_APP_TOKEN"),
        ({"baton_public_url": None}, "BATON_PUBLIC_URL is missing"),
        ({"baton_public_url": "http://127.0.0.1:3000"}, "must start with https://: Slack sends"),
        ({"baton_encryption_keys": None}, "`baton keys new`"),
        ({"slack_bot_token": "xoxb-1"}, "SLACK_BOT_TOKEN is for one workspace"),
        ({"slack_app_token": "xoxb-1"}, "SLACK_APP_TOKEN must start with xapp-"),
    ],
)
def test_what_is_missing_or_contradicts_is_one_sentence(changed: dict[str, Any], said: str) -> None:
    (problem,) = _problems(**changed)
    assert said in problem
    assert "canary" not in problem


def test_a_list_of_who_may_install_is_of_no_use_where_nobody_can() -> None:
    alone = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1"}
    assert Settings(_env_file=None, **alone).problems_to_receive() == []  # type: ignore[arg-type]
    (problem,) = _problems(**dict.fromkeys(MANY), **alone, baton_allowed_teams="T0ACME")
    assert "BATON_ALLOWED_TEAMS" in problem


@pytest.mark.parametrize(
    "url",
    [
        "http://baton.example",
        "ftp://127.0.0.1/",
        "https://",
        "https://user@baton.example",
        "https://baton.example/?x=1",
        "https://baton.example#x",
        "https://baton.example:99999",
        "https://[baton",
        "https://baton.example/base",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="BATON_PUBLIC_URL"):
        load(_env_file=None, baton_public_url=url)


def test_blanks_between_ids_are_no_part_of_them() -> None:
    given = Settings(_env_file=None, baton_allowed_teams="T0ACME, E0GROUP")
    assert given.allowed_teams == {"T0ACME", "E0GROUP"}
    with pytest.raises(SettingsError, match="BATON_ALLOWED_TEAMS must be ids such as"):
        load(_env_file=None, baton_allowed_teams="T0ACME E0GROUP")


@pytest.mark.parametrize("socket_mode", [True, False])
def test_the_manifest_for_many_says_where_slack_returns_to(socket_mode: bool) -> None:
    application = Application(Settings(_env_file=None, **MANY))  # type: ignore[arg-type]
    made = application.manifest(socket_mode=socket_mode)
    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(made)) == []
    redirect = "https://baton.acme.example/slack/oauth_redirect"
    assert made["oauth_config"]["redirect_urls"] == [redirect]
    assert made["settings"]["org_deploy_enabled"] is True
    assert made["settings"]["token_rotation_enabled"] is False


def test_the_manifest_for_one_names_no_place_to_return_to() -> None:
    url = "https://baton.acme.example"
    application = Application(Settings(_env_file=None, baton_public_url=url))
    assert "redirect_urls" not in application.manifest(socket_mode=False)["oauth_config"]
    asked = application.manifest(socket_mode=False, is_for_many=True)["oauth_config"]
    assert asked["redirect_urls"] == [f"{url}/slack/oauth_redirect"]


def test_every_optional_scope_has_somebody_who_says_what_is_off_without_it() -> None:
    bot = Application(Settings(_env_file=None)).bot
    assert set(bot.optional_scopes) == set(OPTIONAL)
    assert len(bot.off_with([])) >= len(OPTIONAL)
    assert bot.off_with(OPTIONAL) == []


def _paths(application: Application) -> list[set[str]]:
    doors = [part for part in application._receivers() if isinstance(part, HttpServer)]
    served: list[Any] = [door._server.config.app for door in doors]
    return [{route.path for route in app.routes} for app in served]


def test_the_door_is_open_over_http_and_over_sockets() -> None:
    door = {"/slack/install", "/slack/oauth_redirect"}
    (over_http,) = _paths(Application(Settings(_env_file=None, **MANY)))  # type: ignore[arg-type]
    assert door < over_http
    given = MANY | {"slack_app_token": "xapp-1"}
    (beside,) = _paths(Application(Settings(_env_file=None, **given)))  # type: ignore[arg-type]
    assert door <= beside
    alone = {**MANY, "slack_bot_token": "xoxb-1"}
    del alone["slack_client_id"], alone["slack_client_secret"]
    (closed,) = _paths(Application(Settings(_env_file=None, **alone)))  # type: ignore[arg-type]
    assert not door & closed


def test_bolts_own_files_of_tokens_are_never_switched_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1605.1606")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "a-client-secret-canary")
    monkeypatch.setenv("HOME", str(tmp_path))
    for given in ({}, MANY):
        application = Application(Settings(_env_file=None, **given))  # type: ignore[arg-type]
        bolt = application._dispatch._app
        assert bolt.oauth_flow is None
        assert bolt.installation_store is None
    assert list(tmp_path.iterdir()) == []
