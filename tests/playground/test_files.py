"""Uploads to the local Slack: three steps, with the refusals that Slack documents."""

from collections.abc import Iterator

import httpx2
import pytest

from bot.playground.app import BOT_TOKEN
from bot.playground.client import LocalSlackClient
from bot.playground.server import LocalSlackServer
from bot.playground.world import Json
from tests.support.town import TUESDAY

PNG = b"\x89PNG\r\n\x1a\n"
HEADERS = {"authorization": f"Bearer {BOT_TOKEN}"}


class App:
    """Whoever holds the app's token."""

    def __init__(self, http: httpx2.Client) -> None:
        self._http = http

    def wants_to_upload(self, **given: object) -> Json:
        answer: Json = self._http.post(
            "api/files.getUploadURLExternal", data=given, headers=HEADERS
        ).json()
        return answer

    def sends(self, url: str, content: bytes = PNG) -> int:
        return self._http.post(url, content=content).status_code

    def completes(self, file_id: str, **given: object) -> Json:
        body = {"files": [{"id": file_id}], **given}
        answer: Json = self._http.post(
            "api/files.completeUploadExternal", json=body, headers=HEADERS
        ).json()
        return answer


@pytest.fixture
def app(server: LocalSlackServer) -> Iterator[App]:
    with httpx2.Client(base_url=server.url, trust_env=False) as http:
        yield App(http)


def test_what_is_uploaded_is_seen_where_it_is_shared_and_shared_once(
    app: App, slack: LocalSlackClient
) -> None:
    given = app.wants_to_upload(filename="a.png", length=len(PNG), alt_txt="a chart")
    assert app.sends(given["upload_url"]) == 200
    assert slack.file("Tom", given["file_id"]) is None
    done = app.completes(given["file_id"], channel_id="C0WEBSITE", initial_comment="look")
    assert done["files"] == [{"id": given["file_id"], "title": "a.png"}]
    message = slack.person("Tom").messages("#web-relaunch")[-1]
    assert (message["text"], message["subtype"]) == ("look", "file_share")
    assert message["files"][0]["alt_txt"] == "a chart"
    assert message["files"][0]["mimetype"] == "image/png"
    assert slack.file("Tom", given["file_id"]) == PNG
    assert app.completes(given["file_id"])["error"] == "file_not_found"
    assert "[picture: a chart]" in slack.journal()[-1]["text"]


def test_what_is_wrong_is_refused(app: App) -> None:
    assert app.wants_to_upload(filename="a.png", length="many")["error"] == "invalid_arguments"
    assert app.wants_to_upload(filename="a.png")["error"] == "invalid_arguments"
    assert app.wants_to_upload(filename="a.png", length=10**12)["error"].startswith("file_upload")
    given = app.wants_to_upload(filename="a.png", length=len(PNG))
    assert app.completes(given["file_id"])["error"] == "file_not_found", "its bytes never came"
    assert app.completes("F000000000")["error"] == "file_not_found"
    assert app.sends(given["upload_url"], b"another length") == 400
    assert app.sends(f"{given['upload_url']}x") == 400
    assert app.sends(given["upload_url"]) == 200
    assert app.sends(given["upload_url"]) == 400, "once"
    for nowhere in ("C0NOWHERE", "U0TOM0000", "C0GENERAL"):
        assert app.completes(given["file_id"], channel_id=nowhere)["error"] == "channel_not_found"


def test_an_app_that_was_not_granted_the_scope_is_told_so(manifest: Json) -> None:
    declined = ["files:write"]
    with (
        LocalSlackServer(manifest, start=TUESDAY, declined=declined) as server,
        httpx2.Client(base_url=server.url, trust_env=False) as http,
    ):
        answer = App(http).wants_to_upload(filename="a.png", length=len(PNG))
    assert (answer["error"], answer["needed"]) == ("missing_scope", "files:write")
