"""What the command line tells whoever sets Baton up for many workspaces."""

import json

import pytest

from bot.core.encryption import new_key
from tests.support.shell import Shell

GIVEN = {
    "SLACK_CLIENT_ID": "1605.1606",
    "SLACK_CLIENT_SECRET": "a-client-secret-canary",
    "SLACK_SIGNING_SECRET": "a-signing-secret-canary",
    "BATON_PUBLIC_URL": "https://baton.acme.example",
    "BATON_ENCRYPTION_KEYS": new_key(),
}


@pytest.mark.slow
def test_the_command_line_tells_where_workspaces_install(house: Shell) -> None:
    told = house("config", "check", **GIVEN)
    assert told.stdout.splitlines() == [
        "The settings are complete. Events arrive over HTTP.",
        "Workspaces install Baton at https://baton.acme.example/slack/install",
    ]
    unreachable = {"SLACK_API_URL": "http://127.0.0.1:1/api/", "BATON_ALLOWED_TEAMS": "T0B,E0A"}
    told = house("doctor", "--json", **GIVEN, **unreachable)
    lines = {each["about"]: each["found"] for each in json.loads(told.stdout)}
    assert lines["installing"] == ("at https://baton.acme.example/slack/install, open to E0A, T0B")
    assert lines["slack"] == "not asked: tokens are tried when they are used"
    assert "canary" not in told.stdout + told.stderr
    made = json.loads(house("manifest", "--many-workspaces", "--format", "json").stdout)
    assert made["oauth_config"]["redirect_urls"]
