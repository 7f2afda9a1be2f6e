"""Installing at the local Slack: who may ask, what is asked, what becomes of a yes."""

from collections.abc import Iterator
from typing import Any, Final

import httpx2
import pytest

from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient, NotPossible
from bot.playground.oauth import CODE_LASTS
from bot.playground.oauth_browser import Browser, Page
from bot.playground.server import LocalSlackServer
from tests.support.landing import NEEDED, OPTIONAL, Landing, exchange, install, link
from tests.support.small_app import SmallApp, small_app
from tests.support.town import TUESDAY

FIRST: Final = "T0TIDELINE"
SECOND: Final = "T0SECOND0"


@pytest.fixture
def server(installable: dict[str, Any]) -> Iterator[LocalSlackServer]:
    """Two workspaces with the app in none of them."""
    with LocalSlackServer(installable, start=TUESDAY, workspaces=2, installed=False) as running:
        yield running


@pytest.fixture
def second(server: LocalSlackServer) -> Iterator[LocalSlackClient]:
    with LocalSlackClient(server.url, team=SECOND) as client:
        yield client


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


def test_a_yes_becomes_a_token_for_one_workspace(
    slack: LocalSlackClient, second: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    answer = install(second, server, landing)
    assert landing.brought["state"] == "a state"
    token = answer.pop("access_token")
    assert token.startswith("xoxb-")
    assert answer == {
        "ok": True,
        "token_type": "bot",
        "scope": ",".join(sorted([*NEEDED, *OPTIONAL])),
        "bot_user_id": "U0APPBOT0",
        "app_id": "A0APP0000",
        "team": {"id": SECOND, "name": "Driftwood"},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": "U0TOM0000"},
    }
    assert second.see("Tom")["app"]["commands"]
    assert not slack.see("Tom")["app"]["commands"]


def test_two_installs_never_read_each_other(
    slack: LocalSlackClient,
    second: LocalSlackClient,
    server: LocalSlackServer,
    landing: Landing,
    app: SmallApp,
) -> None:
    mine, other = (install(each, server, landing)["access_token"] for each in (slack, second))
    assert mine != other
    for client, token in ((slack, mine), (second, other)):
        client.person("Tom").invites("Baton", "#infra")
        client.person("Tom").says("#infra", f"only {token[-4:]}")
    for token, team in ((mine, FIRST), (other, SECOND)):
        assert app.call("auth.test", token=token)["team_id"] == team
        found = app.read("conversations.history", token=token, channel="C0INFRA00", team_id=SECOND)
        assert [each["text"] for each in found["messages"]] == [f"only {token[-4:]}"]


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"secret": "x"}, "bad_client_secret"),
        ({"redirect_uri": "https://evil.example/back"}, "bad_redirect_uri"),
        ({"redirect_uri": ""}, "bad_redirect_uri"),
        ({"code": "1.2.3"}, "invalid_code"),
        ({}, None),
    ],
)
def test_a_code_is_worth_nothing_to_others(
    slack: LocalSlackClient,
    server: LocalSlackServer,
    landing: Landing,
    wrong: dict[str, str],
    error: str | None,
) -> None:
    slack.installs("Tom", link(server, landing))
    given = {"code": landing.brought["code"], "redirect_uri": landing.address} | wrong
    assert exchange(server, **given).get("error") == error


def test_a_code_is_good_once_and_for_ten_minutes(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    assert install(slack, server, landing)["ok"]
    again = exchange(server, landing.brought["code"], redirect_uri=landing.address)
    assert again["error"] == "code_already_used"
    slack.installs("Tom", link(server, landing))
    slack.advance(CODE_LASTS)
    late = exchange(server, landing.brought["code"], redirect_uri=landing.address)
    assert late["error"] == "invalid_code"


def test_id_and_secret_may_come_as_fields(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    slack.installs("Tom", link(server, landing))
    form = {
        "client_id": server.client_id,
        "client_secret": server.client_secret,
        "code": landing.brought["code"],
        "redirect_uri": landing.address,
    }
    assert httpx2.post(f"{server.url}api/oauth.v2.access", data=form, trust_env=False).json()["ok"]


def test_a_no_brings_back_no_code(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    slack.installs("Tom", link(server, landing), allows=False)
    assert landing.brought == {"error": "access_denied", "state": "a state"}


def test_what_begins_on_slacks_own_page_has_no_state(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    slack.installs("Tom")
    assert set(landing.brought) == {"code"}
    assert exchange(server, landing.brought["code"])["team"]["id"] == FIRST


def test_the_page_says_who_asks_for_what_and_where(
    server: LocalSlackServer, landing: Landing
) -> None:
    with Browser() as browser:
        browser.opens(link(server, landing, team=SECOND))
        page = browser.page
    assert "Baton wants to be installed in Driftwood" in page.text
    assert "Messages in public channels that it was added to" in page.text
    boxes = {each.value for each in page.forms[0].fields if each.kind == "checkbox"}
    assert boxes == set(OPTIONAL)


def test_an_optional_scope_can_be_left_out_and_given_later(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing, app: SmallApp
) -> None:
    first = install(slack, server, landing, without=["files:write"])
    assert first["scope"] == ",".join(sorted([*NEEDED, "groups:write"]))
    token, file = first["access_token"], {"filename": "a.png", "length": 3}
    refused = app.read("files.getUploadURLExternal", token=token, **file)
    assert (refused["error"], refused["needed"]) == ("missing_scope", "files:write")
    assert refused["provided"] == first["scope"]
    later = install(slack, server, landing)
    assert later["access_token"] == token
    assert app.read("files.getUploadURLExternal", token=token, **file)["ok"]


def test_the_scopes_of_a_token_stand_in_a_header(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    granted = install(slack, server, landing, without=OPTIONAL)
    with httpx2.Client(base_url=server.url, trust_env=False) as http:
        headers = {"authorization": f"Bearer {granted['access_token']}"}
        assert (
            http.post("api/auth.test", headers=headers).headers["x-oauth-scopes"]
            == (granted["scope"])
        )
        assert "x-oauth-scopes" not in http.post("api/auth.test").headers


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"client_id": "1.1"}, "invalid_client_id"),
        ({"redirect_uri": "https://evil.example/back"}, "bad_redirect_uri"),
        ({"scope": "channels:read,search:read"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"user_scope": "search:read"}, "invalid_scope"),
    ],
)
def test_a_link_that_is_wrong_asks_nobody(
    server: LocalSlackServer, landing: Landing, wrong: dict[str, str], code: str
) -> None:
    with Browser() as browser:
        page = browser.opens(link(server, landing, **wrong))
    assert page.status == 400
    assert code in page.text
    assert page.forms == []


def test_a_redirect_uri_may_only_be_below_one_of_the_manifests(
    server: LocalSlackServer, landing: Landing
) -> None:
    def opens(address: str) -> Page:
        with Browser() as browser:
            return browser.opens(link(server, landing, redirect_uri=address))

    assert opens(f"{landing.url}/further/back").status == 200
    assert opens(f"{landing.url}.evil.example/back").status == 400
    assert opens(f"{landing.url}@evil.example/back").status == 400


def test_a_guest_installs_nothing(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    assert slack.installs("Gil", link(server, landing)).status == 403
    assert landing.journal == []


def test_no_wrong_token_is_let_in(server: LocalSlackServer, app: SmallApp) -> None:
    none = httpx2.post(f"{server.url}api/auth.test", trust_env=False).json()
    assert none["error"] == "not_authed"
    for token in (BOT_TOKEN, "xoxb-1-2-3", "xoxp-1"):
        assert app.call("auth.test", token=token)["error"] == "invalid_auth"


def test_only_admins_uninstall(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    with pytest.raises(NotPossible, match="not installed"):
        slack.uninstalls("Tom")
    install(slack, server, landing)
    with pytest.raises(NotPossible, match="no admin"):
        slack.uninstalls("Ana")
