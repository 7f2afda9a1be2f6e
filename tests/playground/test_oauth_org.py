"""An organisation's install at the local Slack: one token for the workspaces that admins choose."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from bot.playground.client import LocalSlackClient, NotPossible
from bot.playground.oauth_browser import Browser
from bot.playground.oauth_events import GRANTED, REVOKED, UNINSTALLED, WITHDRAWN
from bot.playground.oauth_pages import ADD
from bot.playground.server import LocalSlackServer
from tests.support.landing import Landing, exchange, install, link
from tests.support.small_app import SmallApp, small_app
from tests.support.town import TUESDAY

FIRST: Final = "T0TIDELINE"
SECOND: Final = "T0SECOND0"
GROUP: Final = {"id": "E0TIDELINE", "name": "Tideline Group"}


@pytest.fixture
def server(installable: dict[str, Any]) -> Iterator[LocalSlackServer]:
    """Two workspaces of one organisation, with equal ids."""
    with LocalSlackServer(
        installable, start=TUESDAY, workspaces=2, installed=False, enterprise=True
    ) as running:
        yield running


@pytest.fixture
def second(server: LocalSlackServer) -> Iterator[LocalSlackClient]:
    with LocalSlackClient(server.url, team=SECOND) as client:
        yield client


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


@pytest.fixture
def token(slack: LocalSlackClient, server: LocalSlackServer, landing: Landing) -> str:
    """The organisation's; it works nowhere yet."""
    given: str = install(slack, server, landing, everywhere=True)["access_token"]
    return given


def test_what_the_app_is_given_names_no_workspace(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing, app: SmallApp
) -> None:
    answer = install(slack, server, landing, everywhere=True)
    assert answer["team"] is None
    assert answer["enterprise"] == GROUP
    assert answer["is_enterprise_install"] is True
    who = app.call("auth.test", token=answer["access_token"])
    assert (who["team_id"], who["enterprise_id"]) == (GROUP["id"], GROUP["id"])
    assert who["is_enterprise_install"] is True


def test_one_workspace_of_an_organisation_can_be_installed_alone(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    answer = install(slack, server, landing)
    assert answer["team"]["id"] == FIRST
    assert answer["enterprise"] == GROUP
    assert answer["is_enterprise_install"] is False


def test_only_admins_install_for_all(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    page = slack.installs("Ana", link(server, landing))
    assert page.url.startswith(landing.address)
    assert exchange(server, landing.brought["code"], redirect_uri=landing.address)["team"]


def test_it_works_where_admins_let_it(second: LocalSlackClient, app: SmallApp, token: str) -> None:
    assert app.read("auth.teams.list", token=token)["teams"] == []
    second.adds_app("Tom")
    granted = app.envelope()
    assert granted["event"]["type"] == GRANTED
    assert granted["event"]["team_ids"] == [SECOND]
    assert (granted["team_id"], granted["enterprise_id"]) == (None, GROUP["id"])
    listed = app.read("auth.teams.list", token=token)["teams"]
    assert listed == [{"id": SECOND, "name": "Driftwood"}]
    with pytest.raises(NotPossible):
        second.adds_app("Tom")
    second.removes_app("Tom")
    withdrawn = app.envelope()
    assert withdrawn["event"]["type"] == WITHDRAWN
    assert withdrawn["event"]["team_ids"] == [SECOND]
    assert app.call("auth.test", token=token)["ok"]


def test_a_call_says_which_workspace_it_means(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp, token: str
) -> None:
    second.adds_app("Tom")
    refused = app.read("users.conversations", token=token)
    assert refused["error"] == "missing_argument"
    refused = app.read("users.conversations", token=token, team_id=FIRST)
    assert refused["error"] == "team_access_not_granted"
    second.person("Tom").invites("Baton", "#infra")
    found = app.read("users.conversations", token=token, team_id=SECOND)
    assert [each["id"] for each in found["channels"]] == ["C0INFRA00"]
    posted = {"channel": "C0INFRA00", "text": "here"}
    assert app.call("chat.postMessage", token=token, **posted)["ok"]  # it can be but one
    slack.adds_app("Tom")
    assert app.call("chat.postMessage", token=token, **posted)["error"] == "missing_argument"
    assert app.call("chat.postMessage", token=token, team_id=SECOND, **posted)["ok"]
    assert slack.person("Tom").messages("#infra") == []


@pytest.mark.usefixtures("token")
def test_what_the_app_is_sent_tells_that_it_is_the_organisations(
    second: LocalSlackClient, app: SmallApp
) -> None:
    second.adds_app("Tom")
    second.person("Tom").invites("Baton", "#infra")
    assert app.envelope()["event"]["type"] == GRANTED
    joined = app.envelope()
    assert (joined["team_id"], joined["enterprise_id"]) == (SECOND, GROUP["id"])
    assert joined["authorizations"][0]["is_enterprise_install"] is True
    second.person("Tom").types("#infra", "/baton")
    command = app.interaction()
    assert (command["team_id"], command["enterprise_id"]) == (SECOND, GROUP["id"])
    assert command["is_enterprise_install"] == "true"
    second.person("Tom").uses_global_shortcut("Ask async")
    picked = app.interaction()
    assert picked["team"] is None
    assert picked["enterprise"] == GROUP
    assert picked["is_enterprise_install"] is True
    assert picked["user"]["team_id"] == SECOND


@pytest.mark.usefixtures("token")
def test_a_workspace_cannot_install_what_its_organisation_has(
    slack: LocalSlackClient, server: LocalSlackServer, landing: Landing
) -> None:
    slack.adds_app("Tom")
    assert install(slack, server, landing)["error"] == "cannot_install_an_org_installed_app"


@pytest.mark.parametrize("names_team", [False, True])
def test_it_ends_everywhere_at_once(
    slack: LocalSlackClient,
    second: LocalSlackClient,
    app: SmallApp,
    token: str,
    *,
    names_team: bool,
) -> None:
    for client in (slack, second):
        client.adds_app("Tom")
        app.envelope()
    second.uninstalls("Tom", names_team=names_team)
    ended = [app.envelope(), app.envelope()]
    assert {each["event"]["type"] for each in ended} == {REVOKED, UNINSTALLED}
    for each in ended:
        assert each["enterprise_id"] == GROUP["id"]
        assert each["team_id"] == (SECOND if names_team else None)
        assert ("authorizations" in each) is names_team
    assert app.call("auth.test", token=token)["error"] == "account_inactive"
    assert not slack.see("Tom")["app"]["is_installed"]


def test_an_admin_adds_it_on_the_page_for_that(
    server: LocalSlackServer, app: SmallApp, token: str
) -> None:
    with Browser() as browser:
        browser.opens(f"{server.url}{ADD[1:]}")
        assert "Where in Tideline Group is Baton to work?" in browser.page.text
        page = browser.presses("Add to workspaces", unticked=[FIRST])
        assert "Driftwood" not in page.text
        listed = app.read("auth.teams.list", token=token)["teams"]
        assert [each["id"] for each in listed] == [SECOND]
