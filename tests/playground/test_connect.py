"""A channel that two workspaces share, with people of both in it (Slack Connect)."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from bot.playground.app import bot_token
from bot.playground.client import LocalSlackClient, NotPossible
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from tests.support.small_app import SmallApp, small_app
from tests.support.town import TUESDAY

FIRST: Final = "T0TIDELINE"
SECOND: Final = "T0SECOND0"
SHARED: Final = "C0INFRA00"
TOM, OTHER_ANA, OTHER_BOT = "U0TOM0000", "U2ANA0000", "U2APPBOT0"


@pytest.fixture
def server(manifest: dict[str, Any]) -> Iterator[LocalSlackServer]:
    with LocalSlackServer(manifest, start=TUESDAY, workspaces=2, equal_ids=False) as running:
        yield running


@pytest.fixture
def second(server: LocalSlackServer, slack: LocalSlackClient) -> Iterator[LocalSlackClient]:
    """The workspace with which #infra of the first is shared; its Ana is in there."""
    slack.person("Tom").shares("#infra", SECOND)
    with LocalSlackClient(server.url, team=SECOND) as client:
        client.person("Ana").joins(SHARED)
        yield client


@pytest.fixture
def token(server: LocalSlackServer) -> str:
    """The app's token in the second workspace."""
    _, other = server.workspaces
    return bot_token(other.world.team)


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[SmallApp]:
    with small_app(server) as running:
        yield running


def test_both_sides_read_and_write_and_see_who_is_from_elsewhere(
    slack: LocalSlackClient, second: LocalSlackClient
) -> None:
    slack.person("Tom").says("#infra", "hello")
    second.person("Ana").says(SHARED, "hi")
    for client, other in ((slack, OTHER_ANA), (second, TOM)):
        assert [each["text"] for each in client.person("Ana").messages(SHARED)] == ["hello", "hi"]
        teams = [each["team"] for each in client.person("Ana").messages(SHARED)]
        assert teams == [FIRST, SECOND]
        people = {each["id"]: each["is_external"] for each in client.see("Ana")["people"]}
        assert people[other] is True
        assert [each["text"] for each in client.journal()][-2:] == ["hello", "hi"]
    assert second.person("Ana").messages("C2INFRA00") == []


def test_other_channels_stay_closed_to_the_others(
    slack: LocalSlackClient, second: LocalSlackClient
) -> None:
    assert SHARED in {each["id"] for each in second.see("Ana")["channels"]}
    assert "C0WEBSITE" not in {each["id"] for each in second.see("Ana")["channels"]}
    assert "C2INFRA00" not in {each["id"] for each in slack.see("Tom")["channels"]}
    with pytest.raises(NotPossible, match="in their own workspace"):
        slack.person(OTHER_ANA).says("#infra", "hi")


def test_one_event_goes_out_with_one_authorization_though_both_have_the_app(
    slack: LocalSlackClient, second: LocalSlackClient, app: SmallApp, server: LocalSlackServer
) -> None:
    second.person("Ana").invites(OTHER_BOT, SHARED)
    slack.settled()
    said = len(slack.traffic()) + len(second.traffic())
    second.person("Ana").says(SHARED, "hi")
    slack.person("Tom").says("#infra", "hello")
    slack.settled()
    assert len(slack.traffic()) + len(second.traffic()) == said + 2
    told: dict[str, Json] = {}
    while len(told) < 2:
        envelope = app.envelope()
        if envelope["event"]["type"] == "message":
            told[envelope["event"]["text"]] = envelope
    for text, team in (("hi", SECOND), ("hello", FIRST)):
        (authorization,) = told[text]["authorizations"]
        assert (authorization["team_id"], told[text]["event"]["team"]) == (team, team)
        assert told[text]["is_ext_shared_channel"] is True
    assert server.slack.bot != OTHER_BOT


def test_what_others_do_is_told_the_only_app_that_is_in_the_channel(
    second: LocalSlackClient, app: SmallApp
) -> None:
    second.person("Ana").says(SHARED, "hi")
    envelope = app.envelope()
    while envelope["event"].get("text") != "hi":
        envelope = app.envelope()
    assert (envelope["team_id"], envelope["event"]["team"]) == (SECOND, SECOND)
    assert [each["team_id"] for each in envelope["authorizations"]] == [FIRST]
    assert envelope["context_team_id"] == FIRST


def test_the_app_is_told_little_of_people_from_elsewhere(
    second: LocalSlackClient, app: SmallApp, token: str
) -> None:
    assert second.see("Ana")["me"] == OTHER_ANA
    external = app.read("users.info", user=OTHER_ANA, include_locale="true")["user"]
    own = app.read("users.info", token=token, user=OTHER_ANA, include_locale="true")["user"]
    assert (external["team_id"], own["team_id"]) == (SECOND, SECOND)
    assert "locale" in own
    assert "locale" not in external
    channel = app.read("conversations.info", channel=SHARED)["channel"]
    assert channel["is_ext_shared"] is True


def test_a_button_is_answered_by_the_app_that_posted_it(
    second: LocalSlackClient, app: SmallApp
) -> None:
    text = {"type": "plain_text", "text": "Done"}
    button = {"type": "button", "action_id": "done", "value": "1", "text": text}
    blocks = [{"type": "actions", "elements": [button]}]
    app.call("chat.postMessage", channel=SHARED, text="x", blocks=blocks)
    second.person("Ana").presses("Done")
    pressed = app.interaction()
    assert pressed["team"]["id"] == FIRST
    assert (pressed["user"]["id"], pressed["user"]["team_id"]) == (OTHER_ANA, SECOND)


def test_who_shared_it_keeps_it_and_the_others_keep_a_copy(
    slack: LocalSlackClient, second: LocalSlackClient
) -> None:
    slack.person("Tom").says("#infra", "before")
    slack.person("Tom").unshares("#infra")
    slack.person("Tom").says("#infra", "after")
    seen = {each["name"]: each["id"] for each in second.see("Ana")["channels"] if each["is_member"]}
    copies = [each for each in second.see("Ana")["channels"] if each["name"] == "infra"]
    assert SHARED not in seen.values()
    (copy,) = (each["id"] for each in copies if each["id"] != "C2INFRA00")
    assert [each["text"] for each in second.person("Ana").messages(copy)] == ["before"]
    assert OTHER_ANA not in slack.channel("Tom", "#infra")["members"]


def test_workspaces_with_equal_ids_cannot_share_a_channel(manifest: dict[str, Any]) -> None:
    with (
        LocalSlackServer(manifest, workspaces=2) as server,
        LocalSlackClient(server.url) as slack,
        pytest.raises(NotPossible, match="equal ids"),
    ):
        slack.person("Tom").shares("#infra", SECOND)
