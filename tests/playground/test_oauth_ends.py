"""How an install at the local Slack ends, what the app hears of it, and what is worth nothing."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import jsonschema
import pytest

from bot.playground.client import LocalSlackClient, NotPossible
from bot.playground.oauth_events import REVOKED, UNINSTALLED
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from tests.support.landing import Landing, install
from tests.support.small_app import SmallApp, small_app
from tests.support.town import TUESDAY

SPEC: Final = Path(__file__).parents[1] / "slack_spec"
WRAPPER: Final = json.loads((SPEC / "events-api.json").read_text())["components"]["schemas"][
    "GenericEventWrapper"
]


@pytest.fixture
def server(installable: dict[str, Any]) -> Iterator[LocalSlackServer]:
    with LocalSlackServer(installable, start=TUESDAY, workspaces=2, installed=False) as running:
        yield running


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


@pytest.fixture
def token(slack: LocalSlackClient, server: LocalSlackServer, landing: Landing) -> str:
    """Of an app that is in a channel of the first workspace."""
    given: str = install(slack, server, landing)["access_token"]
    slack.person("Tom").invites("Baton", "#infra")
    slack.settled()
    return given


def _heard(app: SmallApp, count: int) -> list[Json]:
    """The next events about the install itself."""
    found: list[Json] = []
    while len(found) < count:
        envelope = app.envelope()
        if envelope["event"]["type"] != "member_joined_channel":
            found.append(envelope)
    return found


@pytest.mark.parametrize("order", [(REVOKED, UNINSTALLED), (UNINSTALLED, REVOKED)])
def test_the_app_hears_that_it_was_uninstalled_in_either_order(
    slack: LocalSlackClient, app: SmallApp, token: str, order: Sequence[str]
) -> None:
    slack.uninstalls("Tom", order=order)
    heard = _heard(app, 2)
    assert [each["event"]["type"] for each in heard] == list(order)
    for each in heard:
        required = [name for name in WRAPPER["required"] if name != "authed_users"]
        jsonschema.validate(each, WRAPPER | {"required": required})
        assert each["team_id"] == "T0TIDELINE"
        assert "authorizations" not in each
    revoked = next(each["event"] for each in heard if each["event"]["type"] == REVOKED)
    assert revoked["tokens"] == {"oauth": [], "bot": ["U0APPBOT0"]}
    assert app.call("auth.test", token=token)["error"] == "account_inactive"


def test_what_the_app_hears_late_tells_when_it_happened(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing, app: SmallApp, token: str
) -> None:
    slack.uninstalls("Tom", late=[REVOKED])
    (first,) = _heard(app, 1)
    again = install(slack, server, landing)["access_token"]
    assert again != token
    slack.move_to(TUESDAY.replace(hour=12))
    slack.catches_up()
    (late,) = _heard(app, 1)
    assert late["event"]["type"] == REVOKED
    assert late["event_time"] == first["event_time"]
    assert app.call("auth.test", token=again)["ok"]


def test_nothing_of_the_app_is_left_where_it_was_uninstalled(
    slack: LocalSlackClient, app: SmallApp, token: str
) -> None:
    tom = slack.person("Tom")
    app.call("chat.postMessage", token=token, channel="C0INFRA00", text="hello")
    slack.uninstalls("Tom")
    slack.settled()
    before = len([each for each in slack.traffic() if each["direction"] == "to app"])
    tom.says("#infra", "nobody hears this")
    with pytest.raises(NotPossible, match="not installed"):
        tom.types("#infra", "/baton")
    with pytest.raises(NotPossible, match="not installed"):
        tom.opens_home()
    with pytest.raises(NotPossible, match="not installed"):
        tom.invites("Baton", "#general")
    slack.settled()
    assert len([each for each in slack.traffic() if each["direction"] == "to app"]) == before
    bot = next(each for each in slack.see("Tom")["people"] if each["id"] == "U0APPBOT0")
    assert bot["deleted"]
    assert tom.messages("#infra")[0]["text"] == "hello"


def test_an_app_that_is_installed_anew_starts_outside_of_every_channel(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing, app: SmallApp, token: str
) -> None:
    slack.uninstalls("Tom")
    again = install(slack, server, landing)["access_token"]
    assert app.read("users.conversations", token=again)["channels"] == []
    assert app.call("auth.test", token=token)["error"] == "account_inactive"
    refused = app.call("chat.postMessage", token=again, channel="C0INFRA00", text="hello")
    assert refused["error"] == "not_in_channel"


def test_a_token_that_the_app_gives_back_ends_it_without_an_uninstall(
    app: SmallApp, token: str
) -> None:
    assert app.read("auth.revoke", token=token, test="1")["revoked"] is False
    assert app.call("auth.test", token=token)["ok"]
    assert app.read("auth.revoke", token=token)["revoked"] is True
    assert [each["event"]["type"] for each in _heard(app, 1)] == [REVOKED]
    assert app.call("auth.test", token=token)["error"] == "token_revoked"


def test_slack_can_take_a_token_back(slack: LocalSlackClient, app: SmallApp, token: str) -> None:
    slack.revokes_tokens()
    assert [each["event"]["type"] for each in _heard(app, 1)] == [REVOKED]
    assert app.call("auth.test", token=token)["error"] == "token_revoked"
    with pytest.raises(NotPossible, match="not installed"):
        slack.revokes_tokens()


def test_an_app_can_uninstall_itself(server: LocalSlackServer, app: SmallApp, token: str) -> None:
    own = {"client_id": server.client_id, "client_secret": server.client_secret}
    for wrong, error in (
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"client_secret": "x"}, "bad_client_secret"),
    ):
        assert app.read("apps.uninstall", token=token, **(own | wrong))["error"] == error
    assert app.read("apps.uninstall", token=token, **own)["ok"]
    assert {each["event"]["type"] for each in _heard(app, 2)} == {REVOKED, UNINSTALLED}
    assert app.call("auth.test", token=token)["error"] == "account_inactive"
