"""One local Slack with several workspaces: nothing of one is in another."""

from collections.abc import Iterator
from typing import Any, Final

import httpx2
import pytest

from bot.playground.app import BOT_TOKEN, bot_token
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from tests.support.small_app import SmallApp, small_app
from tests.support.town import TUESDAY

SECOND: Final = "T0SECOND0"


@pytest.fixture
def server(manifest: dict[str, Any]) -> Iterator[LocalSlackServer]:
    with LocalSlackServer(manifest, start=TUESDAY, workspaces=2) as running:
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
def tokens(server: LocalSlackServer) -> list[str]:
    """The app's token in each workspace."""
    return [bot_token(slack.world.team) for slack in server.workspaces]


def test_each_workspace_has_the_same_ids_and_a_name_of_its_own(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp, tokens: list[str]
) -> None:
    def ids(client: LocalSlackClient) -> list[str]:
        seen = client.see("Tom")
        return [each["id"] for each in [*seen["people"], *seen["channels"], *seen["groups"]]]

    assert ids(slack) == ids(second)
    first, other = (app.call("auth.test", token=token) for token in tokens)
    assert first["bot_id"] == other["bot_id"]
    assert first["user_id"] == other["user_id"]
    assert (first["team_id"], other["team_id"]) == ("T0TIDELINE", SECOND)
    assert first["url"] != other["url"]


def test_what_is_said_in_one_stays_there(slack: LocalSlackClient, second: LocalSlackClient) -> None:
    second.person("Tom").says("#infra", "only here")
    assert [each["text"] for each in second.person("Ana").messages("#infra")] == ["only here"]
    assert slack.person("Ana").messages("#infra") == []
    assert slack.journal() == []
    assert [entry["text"] for entry in second.journal()] == ["only here"]


def test_an_event_names_its_workspace_and_has_an_id_of_its_own(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp
) -> None:
    for client in (slack, second):
        client.person("Tom").says("#infra", "hello")
    payloads = [app.envelope(), app.envelope()]
    assert [each["team_id"] for each in payloads] == ["T0TIDELINE", SECOND]
    assert [each["authorizations"][0]["team_id"] for each in payloads] == ["T0TIDELINE", SECOND]
    assert [each["event"]["team"] for each in payloads] == ["T0TIDELINE", SECOND]
    assert len({each["event_id"] for each in payloads}) == len(payloads)
    assert len({each["event"]["channel"] for each in payloads}) == 1


def test_a_token_opens_its_own_workspace_alone(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp, tokens: list[str]
) -> None:
    app.call("chat.postMessage", token=tokens[1], channel="C0INFRA00", text="over there")
    assert slack.person("Tom").messages("#infra") == []
    assert len(second.person("Tom").messages("#infra")) == 1
    traffic = [each["what"] for each in second.traffic() if each["direction"] == "from app"]
    assert traffic == ["chat.postMessage"]
    assert tokens[0] == BOT_TOKEN
    assert app.call("auth.test", token=f"{tokens[1]}-9")["error"] == "invalid_auth"


def _command(client: LocalSlackClient, app: SmallApp) -> Json:
    client.person("Tom").types("#infra", "/baton")
    return app.interaction()


def test_a_command_and_its_answer_stay_in_their_workspace(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp
) -> None:
    mine, other = _command(slack, app), _command(second, app)
    assert (mine["team_id"], mine["team_domain"]) == ("T0TIDELINE", "tideline")
    assert (other["team_id"], other["team_domain"]) == (SECOND, "driftwood")
    assert mine["response_url"] != other["response_url"]
    httpx2.post(other["response_url"], json={"text": "psst"}, trust_env=False).raise_for_status()
    assert [each["text"] for each in second.person("Tom").messages("#infra")] == ["psst"]
    assert slack.person("Tom").messages("#infra") == []


def test_a_form_opens_where_its_trigger_was_made(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp, tokens: list[str]
) -> None:
    text = {"type": "plain_text", "text": "Settings"}
    view = {"type": "modal", "title": text, "blocks": []}
    trigger = _command(second, app)["trigger_id"]
    refused = app.call("views.open", trigger_id=trigger, view=view)
    assert refused["error"] == "invalid_trigger_id"
    opened = app.call("views.open", token=tokens[1], trigger_id=trigger, view=view)
    assert opened["view"]["team_id"] == SECOND
    assert second.person("Tom").form
    assert slack.person("Tom").form is None


def test_a_file_is_where_its_address_was_handed_out(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp, tokens: list[str]
) -> None:
    files = []
    for token in tokens:
        given = {"filename": "a.png", "length": 2}
        files.append(app.read("files.getUploadURLExternal", token=token, **given))
    assert files[0]["file_id"] == files[1]["file_id"]
    for token, file, content in zip(tokens, files, (b"AA", b"BB"), strict=True):
        httpx2.post(file["upload_url"], content=content, trust_env=False).raise_for_status()
        listed = [{"id": file["file_id"]}]
        app.call("files.completeUploadExternal", token=token, files=listed, channel_id="C0INFRA00")
    assert slack.file("Tom", files[0]["file_id"]) == b"AA"
    assert second.file("Tom", files[1]["file_id"]) == b"BB"


def test_what_goes_wrong_goes_wrong_in_one_of_them(
    second: LocalSlackClient, app: SmallApp, tokens: list[str]
) -> None:
    second.faults(methods=[{"method": "auth.test", "error": "account_inactive"}])
    assert app.call("auth.test", token=tokens[0])["ok"]
    assert app.call("auth.test", token=tokens[1])["error"] == "account_inactive"


def test_all_live_by_one_clock(slack: LocalSlackClient, second: LocalSlackClient) -> None:
    slack.next_morning("Mei")
    assert abs((slack.now() - second.now()).total_seconds()) < 1


def test_a_permalink_leads_into_its_workspace(
    server: LocalSlackServer, second: LocalSlackClient
) -> None:
    ts = second.person("Tom").says("#infra", "hello")
    path = f"archives/C0INFRA00/p{ts.replace('.', '')}"
    host = {"host": "driftwood.localhost"}
    led = httpx2.get(f"{server.url}{path}", headers=host, trust_env=False)
    assert f"team={SECOND}" in led.headers["location"]
    assert "team" not in httpx2.get(f"{server.url}{path}", trust_env=False).headers["location"]


def test_nobody_knows_a_workspace_that_is_not_there(server: LocalSlackServer) -> None:
    answer = httpx2.get(f"{server.url}local/see?team=T0NOWHERE", trust_env=False)
    assert answer.status_code == httpx2.codes.NOT_FOUND


def test_workspaces_can_have_ids_of_their_own(manifest: dict[str, Any]) -> None:
    with LocalSlackServer(manifest, workspaces=2, equal_ids=False) as server:
        first, other = server.workspaces
        assert not first.world.users.keys() & other.world.users.keys()
        assert not first.world.channels.keys() & other.world.channels.keys()
        assert first.bot != other.bot
        assert all(user.team == SECOND for user in other.world.users.values())
        assert first.world.new_id("C") != other.world.new_id("C")
